package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "letter",
        description = {
            "Prints what the sender of a request is told of it in plain words: received, on hold, returned, refused, granted or handed over.",
            "It is made from the signed record, names it, and names nobody."
        })
final class RequestLetterCommand implements Runnable {

    private static final int MOST_BYTES = 1024 * 1024;

    @Parameters(index = "0", paramLabel = "ID", description = "The request's id.")
    private String id;

    @Option(
            names = "--language",
            paramLabel = "TAG",
            description =
                    "en or zh-Hant; without it English, and the language of the sender's papers where there is one.")
    private String language;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public void run() {
        if (language != null && !List.of("en", "zh-Hant").contains(language)) {
            throw new CommandFailure(ExitCode.USAGE, "--language must be en or zh-Hant");
        }
        String path =
                "/v1/requests/" + Names.request(id) + "/letter" + (language == null ? "" : "?language=" + language);
        String letter = new String(
                server.connect()
                        .find(path, MOST_BYTES)
                        .orElseThrow(() -> new CommandFailure(
                                ExitCode.UNREACHABLE, "no request has this id, or it is not yours to see")),
                StandardCharsets.UTF_8);
        ObjectNode json = Json.object().put("request", id).put("letter", letter);
        output.print(letter.lines().map(Terminal::safe).toList(), json);
    }
}
