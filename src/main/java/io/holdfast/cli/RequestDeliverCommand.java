package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "deliver",
        description = {
            "Collects the data that was released for a request. They are handed over once.",
            "Exits with 1 if what came is not what the log says was handed over."
        })
final class RequestDeliverCommand implements Callable<Integer> {

    private static final int MOST_BYTES = 64 * 1024 * 1024;
    private static final byte[] NOTHING = {};

    @Parameters(index = "0", paramLabel = "ID", description = "The request's id.")
    private String id;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "Write the data here, readable for you only; without it they are printed.")
    private Path to;

    @Mixin
    private ProofOption proof;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        String path = "/v1/requests/" + Names.request(id) + "/delivery";
        GatewayClient gateway = server.connect();
        if (to == null) {
            ObjectNode answer = proof.keep(() -> collect(gateway, path));
            output.print(List.of(Json.pretty(answer.path("package"))), answer);
            return Handover.of(answer).check();
        }
        try (NewFile file = NewFile.reserve(to)) {
            ObjectNode answer = proof.keep(() -> collect(gateway, path));
            Handover handover = Handover.of(answer);
            file.write(handover.content());
            answer.remove("package");
            answer.put("file", to.toString());
            output.print(handover.lines(to), answer);
            return handover.check();
        }
    }

    private static ObjectNode collect(GatewayClient gateway, String path) {
        return gateway.post(path, NOTHING, Map.of(), MOST_BYTES);
    }
}
