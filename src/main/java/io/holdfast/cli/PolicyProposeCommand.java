package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "propose",
        description = {
            "Proposes that the rulebook in the gateway's directory comes into force. Needed where it opens something, which",
            "`holdfast policy status` tells. Exits with 5: another person gives `holdfast policy activate` within 30 days."
        })
final class PolicyProposeCommand implements Callable<Integer> {

    @Mixin
    private RulebookOption rulebook;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        ObjectNode answer = server.connect().post(rulebook.path("proposal"), Json.object());
        List<String> lines = new ArrayList<>(RulebookOption.lines(answer));
        lines.addAll(PreviewView.requests(answer));
        lines.add("");
        lines.add("another person looks at it (`holdfast policy status`) and agrees with");
        lines.add("holdfast policy activate " + rulebook.digest());
        output.print(lines, answer);
        return ExitCode.WAITING;
    }
}
