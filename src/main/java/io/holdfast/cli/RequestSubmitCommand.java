package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "submit",
        description = {
            "Hands in a request for user data, and shows what was decided.",
            "Exits with 0 once it is decided, whatever the outcome, and with 5 if people have to look at it first."
        })
final class RequestSubmitCommand implements Callable<Integer> {

    private static final int MOST_BYTES = 1024 * 1024;

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "The request in JSON, as the interface takes it; '-' reads standard input.")
    private String file;

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "With the same key, a request that is sent again is recorded once. Made up if left out.")
    private String key;

    @Mixin
    private ProofOption proof;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        byte[] body = LocalFile.read(file, MOST_BYTES);
        GatewayClient gateway = server.connect();
        String once = key == null ? UUID.randomUUID().toString() : checked(key);
        ObjectNode answer = proof.keep(() -> submit(gateway, body, once));
        output.print(RequestView.lines(answer), answer);
        return RequestView.exitCode(answer);
    }

    private static ObjectNode submit(GatewayClient gateway, byte[] body, String once) {
        try {
            return gateway.post("/v1/requests", body, Map.of("Idempotency-Key", once), GatewayClient.MOST_ANSWER);
        } catch (CommandFailure e) {
            if (e.exitCode() != ExitCode.UNREACHABLE) {
                throw e;
            }
            throw new CommandFailure(
                    e.exitCode(), e.getMessage() + "\nto be sure, send it again with --idempotency-key " + once);
        }
    }

    private static String checked(String key) {
        if (!key.matches("[!-~]{1,64}")) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--idempotency-key must be 1 to 64 printable ASCII characters without spaces");
        }
        return key;
    }
}
