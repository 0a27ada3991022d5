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
            "Has the gateway count its log and propose what comes out for publication. Exits with 5: publishing takes two",
            "people, and the second one gives `holdfast report publish` within 30 days. A period can be proposed once it is over."
        })
final class ReportProposeCommand implements Callable<Integer> {

    @Mixin
    private PeriodOption period;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        ObjectNode body = Json.object()
                .put("from", period.from().toString())
                .put("to", period.to().toString());
        ObjectNode answer = server.connect().post("/v1/reports", body);
        List<String> lines = new ArrayList<>(ReportView.lines(answer));
        lines.add("");
        lines.add("another person reads it (`holdfast report show`) and agrees with");
        lines.add("holdfast report publish " + answer.path("digest").asText());
        output.print(lines, answer);
        return ExitCode.WAITING;
    }
}
