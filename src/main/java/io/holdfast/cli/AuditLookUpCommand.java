package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "look-up",
        description = {
            "Tells in which entries an officer or an account was seen, as far as they can still be opened.",
            "That you asked is an entry of the log; about whom is not, and stands in no command line either."
        })
final class AuditLookUpCommand implements Runnable {

    private static final int MOST_BYTES = 1024;

    @Parameters(
            index = "0",
            paramLabel = "TYPE",
            description = {
                "OFFICER for a mail address of a person who sends requests; for an account ACCOUNT-EMAIL, ACCOUNT-PHONE,",
                "ACCOUNT-USER-ID, ACCOUNT-HANDLE or ACCOUNT-IP-ADDRESS."
            })
    private String type;

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "A file with the address, number or name in it, and nothing else; '-' reads standard input.")
    private String file;

    @Mixin
    private ProofOption proof;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public void run() {
        ObjectNode body = Json.object().put("type", type).put("value", value());
        ObjectNode answer = proof.keep(() -> server.connect().post("/v1/look-ups", body));
        List<String> indices = new ArrayList<>();
        for (JsonNode index : answer.path("entries")) {
            indices.add(index.asText());
        }
        boolean isAll = answer.path("all").asBoolean();
        output.print(
                new Table()
                        .row("seen in", indices.isEmpty() ? "no entry" : String.join(", ", indices))
                        .row("these are", isAll ? "all that can be opened" : "the newest; there are more")
                        .row("record", answer.path("record").path("index").asText())
                        .lines(),
                answer);
    }

    /** Never quoted, since it names a person. */
    private String value() {
        byte[] bytes = LocalFile.read(file, MOST_BYTES);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .replaceFirst("\r?\n\\z", "");
        } catch (CharacterCodingException e) {
            throw new CommandFailure(ExitCode.UNREACHABLE, Terminal.safe(file) + " is not UTF-8");
        }
    }
}
