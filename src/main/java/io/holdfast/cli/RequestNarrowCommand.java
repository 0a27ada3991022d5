package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "narrow",
        description = {
            "Narrows what a request that was referred to people is given.",
            "One person does it at once, and nobody widens it again. Approvals from before count for nothing.",
            "Exits with 5: people have to approve what is left."
        })
final class RequestNarrowCommand implements Callable<Integer> {

    @Mixin
    private ExactVersion exact;

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
        ObjectNode body = exact.body();
        body.set("categories", Json.texts(words));
        return exact.send("narrowing", body, server, output);
    }
}
