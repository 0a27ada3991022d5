package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.tlog.Hash;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = {
            "Shows a report that was published, or one that waits for a second person if you may agree to it.",
            "Exits with 1 if what the gateway gives is not what the digest names."
        })
final class ReportShowCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "DIGEST", description = "The report, as `holdfast report list` says it.")
    private String digest;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        byte[] bytes = server.connect()
                .find("/v1/reports/" + ReportView.digest(digest), GatewayClient.MOST_ANSWER)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.UNREACHABLE,
                        "the gateway shows no such report; `holdfast report list` has those it does"));
        if (!Hash.sha256(bytes).hex().equals(digest)) {
            throw new CommandFailure(ExitCode.CHECK_FAILED, "what the gateway gave is not the report of this digest");
        }
        ObjectNode report = Json.read("the report", bytes);
        Table table = new Table();
        Flat.rows("", report, table::row);
        output.print(table.lines(), report);
        return ExitCode.OK;
    }
}
