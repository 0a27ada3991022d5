package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "narrow",
        description = {
            "Narrows what a request that was referred to people is given.",
            "One person does it at once, and nobody widens it again. Approvals from before count for nothing.",
            "Exits with 5: people have to approve what is left."
        })
final class RequestNarrowCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "ID", description = "The request's id.")
    private String id;

    @Option(
            names = "--version",
            paramLabel = "HEX",
            required = true,
            description = "What you have read, and no other version: `holdfast request show` says it.")
    private String version;

    @Option(
            names = "--keep",
            paramLabel = "CATEGORY",
            required = true,
            description = "What is still given; can be given again. Everything else is withheld.")
    private List<String> words;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        String path = "/v1/requests/" + Names.request(id) + "/narrowing";
        ObjectNode body = Json.object().put("version", Names.version(version, id));
        body.set("categories", Json.texts(words));
        ObjectNode request = server.connect().post(path, body);
        output.print(RequestView.lines(request), request);
        return RequestView.exitCode(request);
    }
}
