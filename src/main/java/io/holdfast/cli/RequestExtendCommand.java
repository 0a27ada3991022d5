package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "extend",
        description = {
            "Asks for the one extension that the law has for a copy that is kept. The request passes the same gate again."
        })
final class RequestExtendCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "ID", description = "The id of the request to keep data.")
    private String id;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        String path = "/v1/requests/" + Names.request(id) + "/preservation/extension";
        ObjectNode request = server.connect().post(path);
        output.print(RequestView.lines(request), request);
        return ExitCode.OK;
    }
}
