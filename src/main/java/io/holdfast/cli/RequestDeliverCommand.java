package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "deliver",
        description = {
            "Has the data that was released for a request collected and packed, and takes the package over.",
            "It is encrypted for the certificate that the platform has enrolled for the sender: open it with `holdfast package open`,"
                    + " and say with `holdfast request receipt` that you have.",
            "Exits with 5 if the package is not made within the time to wait; the gateway goes on, so call it again."
        })
final class RequestDeliverCommand implements Callable<Integer> {

    private static final byte[] NOTHING = {};
    private static final Duration BETWEEN_TWO_CALLS = Duration.ofSeconds(2);

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "ID", description = "The request's id.")
    private String id;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            required = true,
            description = "Write the package here, readable for you only.")
    private Path to;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "Wait so long for the package to be made; default ${DEFAULT-VALUE}.")
    private int wait;

    @Mixin
    private ProofOption proof;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        String path = "/v1/requests/" + Names.request(id);
        GatewayClient gateway = server.connect();
        try (NewFile file = NewFile.reserve(to)) {
            ObjectNode answer = proof.keep(() -> packed(gateway, path + "/delivery"));
            if (!answer.has("package")) {
                throw new CommandFailure(ExitCode.WAITING, waiting(answer));
            }
            GatewayClient.Downloaded downloaded = file.write(out -> gateway.download(path + "/downloads", out));
            answer.put("file", to.toString());
            answer.put("bytes", downloaded.bytes());
            answer.put("delivered", downloaded.record());
            output.print(
                    new Table()
                            .row("written", to)
                            .row("bytes", downloaded.bytes())
                            .row("record", downloaded.record())
                            .row("accounts", answer.at("/package/accounts").asText())
                            .row("items", answer.at("/package/items").asText())
                            .row(
                                    "manifest sha-256",
                                    answer.at("/package/manifest").asText())
                            .row(
                                    "encrypted for",
                                    answer.at("/package/recipient").asText("nobody"))
                            .row("until", answer.at("/package/until").asText())
                            .lines(),
                    answer);
            return ExitCode.OK;
        }
    }

    private ObjectNode packed(GatewayClient gateway, String path) {
        Instant end = Instant.now().plusSeconds(wait);
        try (ProgressLine line = new ProgressLine(spec.commandLine().getErr(), Terminal.isThere())) {
            while (true) {
                ObjectNode answer = gateway.post(path, NOTHING, Map.of(), GatewayClient.MOST_ANSWER);
                if (answer.has("package") || !Instant.now().isBefore(end)) {
                    return answer;
                }
                line.say(waiting(answer));
                Thread.sleep(BETWEEN_TWO_CALLS.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.WAITING, "interrupted; the gateway goes on, so call it again");
        }
    }

    private static String waiting(JsonNode answer) {
        String why = answer.path("waits-for").asText();
        return why.isEmpty()
                ? "the package is being made"
                : "the package is being made, and waits: " + Terminal.safe(why);
    }
}
