package io.holdfast.report;

import java.util.ArrayList;
import java.util.List;

/** A report for people, as lines of text that stand under each other in a terminal. */
public final class ReportTable {

    private static final String GAP = "  ";

    private ReportTable() {}

    public static List<String> write(TransparencyReport report, LogHead log) {
        List<String> lines = new ArrayList<>();
        lines.add("Requests first decided from " + report.from() + " until before " + report.to());
        lines.add(report.counted()
                .map(span -> "counted from entries " + span.first() + " to " + span.last() + " of " + log.origin()
                        + ", " + log.size() + " entries, root " + log.root())
                .orElse("no entry of " + log.origin() + " falls into this period"));
        lines.add("");
        lines.addAll(aligned(cells(report)));
        return lines;
    }

    private static List<List<String>> cells(TransparencyReport report) {
        List<List<String>> cells = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("issuer", "instrument"));
        for (Column column : Column.values()) {
            header.add(column.code());
        }
        cells.add(header);
        report.rows().forEach(row -> cells.add(cells(row.issuer(), row.instrument(), row.counts())));
        cells.add(cells("total", "", report.total()));
        return cells;
    }

    private static List<String> cells(String issuer, String instrument, Counts counts) {
        List<String> cells = new ArrayList<>(List.of(issuer, instrument));
        for (Column column : Column.values()) {
            cells.add(Long.toString(column.of(counts)));
        }
        return cells;
    }

    /** Words to the left, numbers to the right. */
    private static List<String> aligned(List<List<String>> rows) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                int column = i;
                int width = rows.stream()
                        .mapToInt(other -> other.get(column).length())
                        .max()
                        .orElse(0);
                String padding = " ".repeat(width - row.get(i).length());
                line.append(i < 2 ? row.get(i) + padding : padding + row.get(i));
                line.append(GAP);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
