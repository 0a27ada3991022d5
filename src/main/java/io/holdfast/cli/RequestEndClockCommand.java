package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "end-clock",
        description = {
            "Says that what a time of the law was for has happened: the authority raises no ground, the order was validated,",
            "ordinary process came, no more live data are taken."
        })
final class RequestEndClockCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "ID", description = "The request's id.")
    private String id;

    @Option(
            names = "--clock",
            paramLabel = "CLOCK",
            required = true,
            description = "AUTHORITY-OBJECTS, VALIDATE, FOLLOW-UP or RUN.")
    private String clock;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        String path = "/v1/requests/" + Names.request(id) + "/clocks/end";
        ObjectNode body = Json.object().put("clock", clock);
        ObjectNode request = server.connect().post(path, body);
        output.print(RequestView.lines(request), request);
        return RequestView.exitCode(request);
    }
}
