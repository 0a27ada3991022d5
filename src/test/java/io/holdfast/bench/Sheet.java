package io.holdfast.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that was measured, as one table for people and one file for programs. */
final class Sheet {

    /** @param name what the row is about, such as {@code 64 callers} */
    private record Row(String name, List<Measure> measures) {}

    private final Map<String, List<Row>> sections = new LinkedHashMap<>();
    private final List<Goal> goals = new ArrayList<>();
    private final Map<String, String> machine;

    Sheet(Map<String, String> machine) {
        this.machine = machine;
    }

    void row(String section, String name, List<Measure> measures) {
        sections.computeIfAbsent(section, ignored -> new ArrayList<>()).add(new Row(name, List.copyOf(measures)));
    }

    void goal(Goal goal) {
        goals.add(goal);
    }

    void print(PrintStream out) {
        machine.forEach((name, value) -> out.println(name + ": " + value));
        out.println("each figure: median of the repetitions (lowest-highest)");
        sections.forEach((section, rows) -> {
            out.println();
            out.println(section);
            table(rows).forEach(line -> out.println("  " + line));
        });
        if (!goals.isEmpty()) {
            out.println();
            out.println("goals");
            goals.forEach(goal -> out.println("  " + goal.text() + ": " + goal.verdict()));
        }
    }

    private static List<String> table(List<Row> rows) {
        List<String> columns = rows.stream()
                .flatMap(row -> row.measures().stream())
                .map(Measure::column)
                .distinct()
                .toList();
        List<List<String>> cells = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of(""));
        header.addAll(columns);
        cells.add(header);
        for (Row row : rows) {
            List<String> line = new ArrayList<>(List.of(row.name()));
            for (String column : columns) {
                line.add(row.measures().stream()
                        .filter(measure -> measure.column().equals(column))
                        .map(Measure::text)
                        .findFirst()
                        .orElse(""));
            }
            cells.add(line);
        }
        return cells.stream().map(line -> padded(line, cells)).toList();
    }

    private static String padded(List<String> line, List<List<String>> all) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < line.size(); i++) {
            int column = i;
            int width = all.stream()
                    .mapToInt(other -> other.get(column).length())
                    .max()
                    .orElse(0);
            String gap = " ".repeat(width - line.get(i).length());
            text.append(i == 0 ? line.get(i) + gap : "  " + gap + line.get(i));
        }
        return text.toString().stripTrailing();
    }

    void write(Path file) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = mapper.createObjectNode();
        machine.forEach(json.putObject("machine")::put);
        ArrayNode figures = json.putArray("figures");
        sections.forEach((section, rows) -> rows.forEach(row -> row.measures()
                .forEach(measure -> figures.addObject()
                        .put("section", section)
                        .put("row", row.name())
                        .put("what", measure.what())
                        .put("unit", measure.unit())
                        .put("median", measure.median())
                        .put("lowest", measure.lowest())
                        .put("highest", measure.highest()))));
        ArrayNode verdicts = json.putArray("goals");
        goals.forEach(goal -> verdicts.addObject()
                .put("goal", goal.text())
                .put("wanted", goal.wanted())
                .put("measured", goal.measured().median())
                .put("reached", goal.reached()));
        Files.write(file, mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    }
}
