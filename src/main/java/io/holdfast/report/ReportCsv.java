package io.holdfast.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A report for spreadsheets (RFC 4180): a header, then a line for each row, each ending in CR LF. There is no line for the
 * total, so that whoever adds up a column does not count everything twice.
 */
public final class ReportCsv {

    private ReportCsv() {}

    public static byte[] write(TransparencyReport report) {
        StringBuilder out = new StringBuilder();
        List<String> header = new ArrayList<>(List.of("issuer", "instrument"));
        for (Column column : Column.values()) {
            header.add(column.code());
        }
        line(header, out);
        for (TransparencyReport.Row row : report.rows()) {
            List<String> fields = new ArrayList<>(List.of(row.issuer(), row.instrument()));
            for (Column column : Column.values()) {
                fields.add(Long.toString(column.of(row.counts())));
            }
            line(fields, out);
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void line(List<String> fields, StringBuilder out) {
        out.append(fields.stream().map(ReportCsv::field).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    /** RFC 4180 section 2, rules 6 and 7. */
    static String field(String text) {
        boolean isPlain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
