package io.holdfast.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What happened, as it happens: told to people line by line, or kept for a program; and every check with its result. */
final class Story {

    /** One thing that must be so. */
    record Check(String claim, boolean held, String seen) {}

    private final Consumer<String> listener;
    private final List<Check> checks = new ArrayList<>();
    private final Map<String, List<String>> grid = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();

    Story(Consumer<String> listener) {
        this.listener = listener;
    }

    void tell(String line) {
        lines.add(line);
        listener.accept(line);
    }

    void row(String stance, List<String> cells) {
        grid.put(stance, List.copyOf(cells));
    }

    /** @param seen what was there instead, said if the check fails */
    void check(String claim, boolean held, String seen) {
        checks.add(new Check(claim, held, seen));
        if (!held) {
            tell("   FAILED: " + claim + " (" + seen + ")");
        }
    }

    /** A check that is also worth a line. */
    void show(String claim, boolean held, String seen) {
        if (held) {
            tell("   " + claim);
        }
        check(claim, held, seen);
    }

    boolean held() {
        return checks.stream().allMatch(Check::held);
    }

    String summary() {
        long failed = checks.stream().filter(check -> !check.held()).count();
        return failed == 0
                ? "All " + checks.size() + " checks held."
                : failed + " of " + checks.size() + " checks FAILED.";
    }

    String json() {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("held", held());
        ObjectNode rows = json.putObject("grid");
        grid.forEach((stance, cells) -> cells.forEach(rows.withArray("/" + stance)::add));
        ArrayNode all = json.putArray("checks");
        checks.forEach(check -> all.addObject()
                .put("claim", check.claim())
                .put("held", check.held())
                .put("seen", check.seen()));
        lines.forEach(json.putArray("story")::add);
        return json.toPrettyString();
    }
}
