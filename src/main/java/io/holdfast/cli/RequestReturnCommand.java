package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "return",
        description = {
            "Returns a request that was referred to people, and says what the sender has to mend.",
            "One person does it at once, and it stays so: the sender hands in another request."
        })
final class RequestReturnCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "ID", description = "The request's id.")
    private String id;

    @Option(
            names = "--version",
            paramLabel = "HEX",
            required = true,
            description = "What you have read, and no other version: `holdfast request show` says it.")
    private String version;

    @Option(
            names = "--missing",
            paramLabel = "WORD",
            required = true,
            description =
                    "What is missing; can be given again. A fact, such as issued-at, a check, such as DOCUMENT-SEALED, or TRANSLATION and the like.")
    private List<String> words;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        String path = "/v1/requests/" + Names.request(id) + "/return";
        ObjectNode body = Json.object().put("version", Names.version(version, id));
        body.set("missing", Json.texts(words));
        ObjectNode request = server.connect().post(path, body);
        output.print(RequestView.lines(request), request);
        return RequestView.exitCode(request);
    }
}
