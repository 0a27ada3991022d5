package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "stop-clock",
        description = {
            "Says that something has stopped the times on a request: a question to the issuer, an objection, or a ground for",
            "refusal that another authority raises. While one of the last two stands nothing is handed over."
        })
final class RequestStopClockCommand implements Callable<Integer> {

    /** Of the longest question, in any script. */
    private static final int MOST_BYTES = 8000;

    @Parameters(index = "0", paramLabel = "ID", description = "The request's id.")
    private String id;

    @Option(
            names = "--stop",
            paramLabel = "CODE",
            required = true,
            description = "QUESTION, OBJECTION or GROUND-RAISED.")
    private String stop;

    @Option(
            names = "--question-file",
            paramLabel = "FILE",
            description =
                    "A file, or - for what is piped in, with what the issuer is asked, at most 2000 characters. It is sealed.")
    private String question;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        String path = "/v1/requests/" + Names.request(id) + "/clocks/stop";
        ObjectNode body = Json.object().put("stop", stop);
        if (question != null) {
            body.put("question", new String(LocalFile.read(question, MOST_BYTES), StandardCharsets.UTF_8).strip());
        }
        ObjectNode request = server.connect().post(path, body);
        output.print(RequestView.lines(request), request);
        return RequestView.exitCode(request);
    }
}
