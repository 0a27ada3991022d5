package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "grant",
        description = {
            "Gets a grant for what was released for a request: for one call to the store, within minutes.",
            "The first line is the grant, for the header Holdfast-Grant."
        })
final class RequestGrantCommand implements Runnable {

    @Parameters(index = "0", paramLabel = "ID", description = "The request's id.")
    private String id;

    @Option(
            names = "--target",
            paramLabel = "PLACE",
            description = "An account, by its place in the request, from 0 on; can be given again. Without it all.")
    private List<Integer> targets = List.of();

    @Option(
            names = "--category",
            paramLabel = "CATEGORY",
            description =
                    "A category of data such as SUBSCRIBER; can be given again. Without it all that are released.")
    private List<String> categories = List.of();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "For how long, at most 300; ${DEFAULT-VALUE} by default.")
    private int seconds;

    @Option(
            names = "--holder",
            paramLabel = "THUMBPRINT",
            description = "The SHA-256 of the client certificate of whoever alone may use it, base64url.")
    private String holder;

    @Option(names = "--audience", paramLabel = "NAME", description = "Another store than the gateway's own.")
    private String audience;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "Write the grant here, readable for you only; without it it is printed.")
    private Path to;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public void run() {
        String path = "/v1/requests/" + Names.request(id) + "/grants";
        GatewayClient gateway = server.connect();
        if (to == null) {
            ObjectNode answer = gateway.post(path, body());
            output.print(List.of(answer.path("grant").asText()), answer);
            return;
        }
        try (NewFile file = NewFile.reserve(to)) {
            ObjectNode answer = gateway.post(path, body());
            file.write(answer.path("grant").asText().getBytes(StandardCharsets.US_ASCII));
            answer.remove("grant");
            answer.put("file", to.toString());
            output.print(
                    new Table()
                            .row("grant", to)
                            .row("until", answer.path("until").asText())
                            .row("record", answer.at("/record/index").asText())
                            .lines(),
                    answer);
        }
    }

    private ObjectNode body() {
        ObjectNode body = Json.object().put("seconds", seconds);
        if (!targets.isEmpty()) {
            ArrayNode places = body.putArray("targets");
            targets.forEach(places::add);
        }
        if (!categories.isEmpty()) {
            ArrayNode codes = body.putArray("categories");
            categories.forEach(codes::add);
        }
        if (holder != null) {
            body.put("holder", holder);
        }
        if (audience != null) {
            body.put("audience", audience);
        }
        return body;
    }
}
