package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "resume-clock",
        description = {"Says that what had stopped the times on a request is over; they go on with what was left."})
final class RequestResumeClockCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "ID", description = "The request's id.")
    private String id;

    @Option(
            names = "--stop",
            paramLabel = "CODE",
            required = true,
            description = "What had stopped them: QUESTION, OBJECTION or GROUND-RAISED.")
    private String stop;

    @Option(
            names = "--because",
            paramLabel = "CODE",
            required = true,
            description = "ANSWERED or TIME-OVER of a question, ORDER-UPHELD of an objection, WITHDRAWN of any.")
    private String because;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        String path = "/v1/requests/" + Names.request(id) + "/clocks/resumption";
        ObjectNode body = Json.object().put("stop", stop).put("because", because);
        ObjectNode request = server.connect().post(path, body);
        output.print(RequestView.lines(request), request);
        return RequestView.exitCode(request);
    }
}
