package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "return",
        description = {
            "Returns a request that was referred to people, and says what the sender has to mend.",
            "One person does it at once, and it stays so: the sender hands in another request."
        })
final class RequestReturnCommand implements Callable<Integer> {

    @Mixin
    private ExactVersion exact;

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
        ObjectNode body = exact.body();
        body.set("missing", Json.texts(words));
        return exact.send("return", body, server, output);
    }
}
