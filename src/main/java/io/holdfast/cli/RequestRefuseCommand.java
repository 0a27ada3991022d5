package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "refuse",
        description = {
            "Refuses a request that was referred to people.",
            "One person does it at once, and it stays so: the sender hands in another request."
        })
final class RequestRefuseCommand implements Callable<Integer> {

    @Mixin
    private ExactVersion exact;

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
        ObjectNode body = exact.body();
        body.set("reasons", Json.texts(words));
        return exact.send("refusal", body, server, output);
    }
}
