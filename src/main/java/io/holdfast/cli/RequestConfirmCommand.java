package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "confirm",
        description = {
            "Says that a copy is kept, or, once that has ended, that it is gone: whichever the log waits for.",
            "For platforms whose store is told by people and not by the gateway."
        })
final class RequestConfirmCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "ID", description = "The id of the request to keep data.")
    private String id;

    @Option(
            names = "--accounts",
            paramLabel = "COUNT",
            defaultValue = "0",
            description = "For how many accounts a copy is kept; nothing is kept of one that is not there.")
    private int accounts;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        String path = "/v1/requests/" + Names.request(id) + "/preservation/confirmation";
        ObjectNode request = server.connect().post(path, Json.object().put("accounts", accounts));
        output.print(RequestView.lines(request), request);
        return ExitCode.OK;
    }
}
