package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.policy.Difference.Fate;
import io.holdfast.policy.Difference.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** What a proposal would do, as whoever approves it reads it. */
final class PreviewView {

    private static final String NONE = "-";

    private PreviewView() {}

    /** What is decided differently over all requests; nothing if the answer does not say. */
    static List<String> classes(JsonNode answer) {
        if (!answer.has("under-holds")) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of("", "Of all requests that there can be:"));
        if (answer.path("under-holds").isEmpty()) {
            lines.add("  nothing is decided differently");
            return lines;
        }
        Table table = new Table("  from what to what", "classes", "");
        answer.path("under-holds")
                .forEach(move -> table.row(
                        "  " + fromTo(move),
                        move.path("classes").asText(),
                        fate(move.path("to")).isLooserThan(fate(move.path("from"))) ? "OPENS" : ""));
        lines.addAll(table.lines());
        return lines;
    }

    /** What recorded requests would meet; nothing if the answer does not say. */
    static List<String> requests(JsonNode answer) {
        JsonNode recorded = answer.path("recorded");
        if (!answer.has("recorded")) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(
                recorded.path("all").asBoolean()
                        ? "Of the requests of the 30 days before " + text(recorded.path("at")) + ":"
                        : "Of the latest requests only, since there are too many, before " + text(recorded.path("at"))
                                + ":");
        if (recorded.path("met").isEmpty()) {
            lines.add("  there are none");
            return lines;
        }
        Table table = new Table("  from what to what", "requests", "given more");
        recorded.path("met")
                .forEach(row -> table.row(
                        "  " + fromTo(row),
                        row.path("requests").asText(),
                        row.path("more").asText()));
        lines.addAll(table.lines());
        return lines;
    }

    /** How many of the recorded requests would be given more than now. */
    static String brief(JsonNode answer) {
        return answer.has("recorded") ? sum(answer, "more") + " of " + sum(answer, "requests") : NONE;
    }

    private static long sum(JsonNode answer, String count) {
        return StreamSupport.stream(answer.at("/recorded/met").spliterator(), false)
                .mapToLong(row -> row.path(count).asLong())
                .sum();
    }

    private static String fromTo(JsonNode row) {
        return fate(row.path("from")) + " to " + fate(row.path("to"));
    }

    private static Fate fate(JsonNode fate) {
        try {
            return new Fate(
                    Kind.valueOf(fate.path("fate").asText()),
                    fate.path("approvals").asInt(),
                    fate.path("unencrypted").asBoolean());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE, "the gateway tells of an outcome that this version does not know");
        }
    }

    private static String text(JsonNode node) {
        return Terminal.safe(node.asText());
    }
}
