package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "refuse",
        description = {
            "Refuses a request that was referred to people.",
            "One person does it at once, and it stays so: the sender hands in another request."
        })
final class RequestRefuseCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "ID", description = "The request's id.")
    private String id;

    @Option(
            names = "--version",
            paramLabel = "HEX",
            required = true,
            description = "What you have read, and no other version: `holdfast request show` says it.")
    private String version;

    @Option(
            names = "--reason-code",
            paramLabel = "CODE",
            required = true,
            description =
                    "Why; can be given again. One of the reasons that people can give, such as PRIVILEGE_OR_PRESS.")
    private List<String> words;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        String path = "/v1/requests/" + Names.request(id) + "/refusal";
        ObjectNode body = Json.object().put("version", Names.version(version, id));
        body.set("reasons", Json.texts(words));
        ObjectNode request = server.connect().post(path, body);
        output.print(RequestView.lines(request), request);
        return RequestView.exitCode(request);
    }
}
