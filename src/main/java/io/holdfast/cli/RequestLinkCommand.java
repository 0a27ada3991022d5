package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "link",
        description = {"Names the request for production that a copy is kept for."})
final class RequestLinkCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "ID", description = "The id of the request to keep data.")
    private String id;

    @Option(
            names = "--production",
            paramLabel = "ID",
            required = true,
            description = "The id of another request of the same sender.")
    private String production;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        String path = "/v1/requests/" + Names.request(id) + "/preservation/production";
        ObjectNode request = server.connect().post(path, Json.object().put("request", Names.request(production)));
        output.print(RequestView.lines(request), request);
        return ExitCode.OK;
    }
}
