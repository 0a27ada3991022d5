package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "start-clock",
        description = {"Says since when a time of the law runs that began elsewhere."})
final class RequestStartClockCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "ID", description = "The request's id.")
    private String id;

    @Option(
            names = "--clock",
            paramLabel = "CLOCK",
            required = true,
            description = "AUTHORITY-OBJECTS, from its notification; or RUN, from when live data were taken.")
    private String clock;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            required = true,
            description = "When it began, such as 2026-12-01T08:00:00Z or 2026-12-01T09:00[Europe/Berlin].")
    private String from;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        String path = "/v1/requests/" + Names.request(id) + "/clocks/start";
        ObjectNode body = Json.object()
                .put("clock", clock)
                .put("from", ZonedTime.parse("--from", from).toString());
        ObjectNode request = server.connect().post(path, body);
        output.print(RequestView.lines(request), request);
        return RequestView.exitCode(request);
    }
}
