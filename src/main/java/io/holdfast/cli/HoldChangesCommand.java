package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "changes",
        description =
                "Shows the changes of holds that are proposed and can still take effect; or one, whatever became of it.")
final class HoldChangesCommand implements Runnable {

    @Parameters(
            index = "0",
            paramLabel = "PROPOSAL",
            arity = "0..1",
            description = "One proposal, with the holds that it would put in force.")
    private String proposal;

    @Option(
            names = "--why",
            description =
                    "Open the reason of this proposal too. For those who could approve it; that it was opened is recorded.")
    private boolean why;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public void run() {
        if (proposal != null) {
            GatewayClient gateway = server.connect();
            ObjectNode answer = gateway.get(HoldChangeView.path(proposal));
            if (why) {
                answer.set(
                        "reason",
                        gateway.post(HoldChangeView.path(proposal) + "/reason").path("reason"));
            }
            output.print(one(answer), answer);
            return;
        }
        if (why) {
            throw new CommandFailure(ExitCode.USAGE, "--why is for one proposal; name it");
        }
        ObjectNode answer = server.connect().get("/v1/hold-changes");
        output.print(all(answer), answer);
    }

    private static List<String> one(ObjectNode answer) {
        List<String> lines = new ArrayList<>(HoldChangeView.lines(answer));
        if (answer.has("reason")) {
            lines.add("");
            lines.add("reason: " + Terminal.safe(answer.path("reason").asText()));
        }
        for (JsonNode hold : answer.path("holds")) {
            Table table = new Table();
            Flat.rows("", hold, table::row);
            lines.add("");
            lines.addAll(table.lines());
        }
        return lines;
    }

    private static List<String> all(ObjectNode answer) {
        Table table = new Table(
                "changes", "state", "missing", "given more", "approve by", "effective", "effective by", "proposal");
        for (JsonNode change : answer.path("hold-changes")) {
            table.row(
                    HoldChangeView.changes(change),
                    change.path("state").asText(),
                    change.path("missing").asText(),
                    PreviewView.brief(change),
                    change.path("approve-by").asText(),
                    change.path("effective").asText("-"),
                    change.path("effective-by").asText(),
                    change.path("proposal").asText());
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add(Counted.of(answer.path("hold-changes").size(), "change") + " open, epoch "
                + answer.path("epoch").asText());
        return lines;
    }
}
