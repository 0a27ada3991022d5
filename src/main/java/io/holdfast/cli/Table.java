package io.holdfast.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows whose words stand under each other, for people. Every row has as many cells as the first. */
final class Table {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /** @param header the names of the columns; none for a list of names and values */
    Table(String... header) {
        if (header.length > 0) {
            rows.add(List.of(header));
        }
    }

    Table row(Object... cells) {
        rows.add(Stream.of(cells).map(String::valueOf).map(Terminal::safe).toList());
        return this;
    }

    List<String> lines() {
        if (rows.isEmpty()) {
            return List.of();
        }
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i))
                    .append(" ".repeat(widths[i] - row.get(i).length()))
                    .append(GAP);
        }
        return line.toString().stripTrailing();
    }
}
