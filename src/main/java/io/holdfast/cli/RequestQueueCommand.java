package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "queue",
        description = {
            "Shows the requests that wait for people, what is due first before all others.",
            "With `--output json` there is more of each: version, machine findings, duties, clocks."
        })
final class RequestQueueCommand implements Runnable {

    @Option(
            names = "--limit",
            paramLabel = "NUMBER",
            defaultValue = "50",
            description = "So many at most, 1 to 200; default ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--jurisdiction", paramLabel = "CODE", description = "Only what comes from there, such as US.")
    private String jurisdiction;

    @Option(names = "--overdue", description = "Only those on which a time is over.")
    private boolean overdue;

    @Option(
            names = "--after",
            paramLabel = "CURSOR",
            description = "Go on where another page ended, which said this word.")
    private String after;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public void run() {
        String path = path();
        ObjectNode answer = server.connect().get(path);
        output.print(lines(answer), answer);
    }

    private String path() {
        if (limit < 1 || limit > 200) {
            throw new CommandFailure(ExitCode.USAGE, "--limit must be 1 to 200");
        }
        StringBuilder path = new StringBuilder("/v1/reviews?limit=").append(limit);
        if (jurisdiction != null) {
            path.append("&jurisdiction=").append(Names.jurisdiction(jurisdiction));
        }
        if (overdue) {
            path.append("&overdue=true");
        }
        if (after != null) {
            path.append("&after=").append(Names.cursor(after));
        }
        return path.toString();
    }

    private static List<String> lines(ObjectNode answer) {
        Table table = new Table(
                "due",
                "clock",
                "since",
                "from",
                "instrument",
                "emergency",
                "would give",
                "approvals",
                "you",
                "request");
        for (JsonNode one : answer.path("reviews")) {
            table.row(
                    one.path("due").asText("-"),
                    clock(one),
                    one.path("since").asText(),
                    one.path("issuer-jurisdiction").asText(),
                    one.path("instrument").asText(),
                    one.path("emergency").asText(),
                    Flat.words(one.path("scope").path("granted")),
                    one.path("approvals").asText() + " of "
                            + one.path("approvals-needed").asText(),
                    you(one),
                    one.path("request").asText());
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add(answer.path("reviews").size() + " shown, "
                + Counted.of(answer.path("waiting").asInt(), "request") + " in the queue");
        if (answer.has("next")) {
            lines.add("more: --after " + Terminal.safe(answer.path("next").asText()));
        }
        return lines;
    }

    /** The one that is due first. */
    private static String clock(JsonNode one) {
        for (JsonNode clock : one.path("clocks")) {
            if (clock.path("due").equals(one.path("due"))) {
                return clock.path("clock").asText() + " " + clock.path("state").asText();
            }
        }
        return "-";
    }

    private static String you(JsonNode one) {
        if (one.path("approved-by-you").asBoolean()) {
            return "have approved";
        }
        return one.path("located-there").asBoolean() ? "are located there" : "-";
    }
}
