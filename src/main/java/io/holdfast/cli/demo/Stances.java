package io.holdfast.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** The first act: the same six requests to nine gateways, each with another stance and a log of its own. */
final class Stances {

    private static final int AT_A_TIME = 2;

    private final Stage stage;
    private final Clock clock;
    private final Story story;

    Stances(Stage stage, Clock clock, Story story) {
        this.stage = stage;
        this.clock = clock;
        this.story = story;
    }

    void play() {
        Grid expected = Grid.derivedByHand();
        story.tell("Six requests through nine stances of July 2020, each a gateway with a log of its own:");
        story.tell("");
        story.tell(line("", SampleRequest.SIX.stream().map(SampleRequest::title).toList()));
        Map<String, List<String>> rows = ask(expected.stances());
        int askedBefore = stage.store().asked();
        for (String stance : expected.stances()) {
            List<String> cells = rows.get(stance);
            story.row(stance, cells);
            story.tell(line(stance, cells.stream().map(Stances::brief).toList()));
            for (int i = 0; i < cells.size(); i++) {
                String claim = stance + ", " + SampleRequest.SIX.get(i).title() + ": " + expected.cell(stance, i);
                story.check(claim, cells.get(i).equals(expected.cell(stance, i)), cells.get(i));
            }
        }
        story.tell("");
        story.tell("   REFERRED: it meets the bar, and two people must approve before anything leaves.  *: narrowed.");
        story.tell("   " + reasons(rows));
        story.show(
                "54 cells as derived by hand in docs/explanation/the-grid.md; the store was asked nothing.",
                askedBefore == 0,
                "the store was asked " + askedBefore + " times");
        story.tell("");
    }

    /** Two gateways at a time: they start on as many cores as a small machine has. */
    private Map<String, List<String>> ask(List<String> stances) {
        Map<String, List<String>> rows = new ConcurrentHashMap<>();
        for (int i = 0; i < stances.size(); i += AT_A_TIME) {
            stances.subList(i, Math.min(i + AT_A_TIME, stances.size())).parallelStream()
                    .forEach(stance -> rows.put(stance, ask(stance)));
        }
        return rows;
    }

    private List<String> ask(String stance) {
        try (GatewayProcess gateway = stage.gateway("stance-" + stance, stance)) {
            List<String> cells = new ArrayList<>();
            for (SampleRequest request : SampleRequest.SIX) {
                Person agent =
                        new Person(gateway.url(), gateway.token("agent-1", "le-agent", Optional.of(request.sender())));
                cells.add(cell(agent.post("/v1/requests", request.body(stage.authorities(), clock.instant()))));
            }
            return cells;
        }
    }

    static String cell(Person.Answer answer) {
        JsonNode json = answer.json();
        if (answer.status() != 201) {
            return "none/status-" + answer.status() + " " + json;
        }
        boolean narrowed = !json.at("/decision/scope/withheld").isEmpty();
        return answer.outcome() + "/" + json.at("/reasons/0/code").asText("none") + (narrowed ? "+narrowed" : "");
    }

    private static String brief(String cell) {
        return cell.substring(0, cell.indexOf('/')) + "." + code(cell).substring(0, 3)
                + (cell.endsWith("+narrowed") ? "*" : "");
    }

    private static String code(String cell) {
        return cell.replaceAll(".*/|\\+narrowed", "");
    }

    private static String reasons(Map<String, List<String>> rows) {
        Map<String, String> legend = new TreeMap<>();
        rows.values()
                .forEach(cells -> cells.forEach(cell -> legend.put(code(cell).substring(0, 3), code(cell))));
        StringBuilder text = new StringBuilder();
        legend.forEach((brief, code) -> text.append(text.isEmpty() ? "" : "  ")
                .append(brief)
                .append(' ')
                .append(code));
        return text.toString();
    }

    private static String line(String head, List<String> cells) {
        StringBuilder line = new StringBuilder(String.format("   %-24s", head));
        IntStream.range(0, cells.size()).forEach(i -> line.append(String.format("%-17s", cells.get(i))));
        return line.toString().stripTrailing();
    }
}
