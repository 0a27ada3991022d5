package io.holdfast.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.CanonicalJson;

/**
 * A report for programs, in canonical form (RFC 8785), so that two who counted alike can compare digests:
 *
 * <pre>
 * {"counted":{"first":0,"last":41},"from":"2026-07-01T00:00:00Z",
 *  "log":{"origin":"holdfast.example/log","root":"...","size":42},
 *  "rows":[{"accounts":1,"held":1,"instrument":"HK-WARRANT","issuer":"HK","requests":1,...}],
 *  "schema":"holdfast/report/v1","to":"2027-01-01T00:00:00Z","total":{...}}
 * </pre>
 */
public final class ReportJson {

    private static final String SCHEMA = "holdfast/report/v1";

    private ReportJson() {}

    public static byte[] write(TransparencyReport report, LogHead log) {
        ObjectNode json = CanonicalJson.object();
        json.put("schema", SCHEMA);
        json.put("from", report.from().toString());
        json.put("to", report.to().toString());
        json.putObject("log")
                .put("origin", log.origin())
                .put("size", log.size())
                .put("root", log.root());
        report.counted()
                .ifPresent(span ->
                        json.putObject("counted").put("first", span.first()).put("last", span.last()));
        ArrayNode rows = json.putArray("rows");
        for (TransparencyReport.Row row : report.rows()) {
            ObjectNode one = rows.addObject().put("issuer", row.issuer()).put("instrument", row.instrument());
            numbers(row.counts(), one);
        }
        numbers(report.total(), json.putObject("total"));
        return CanonicalJson.write(json);
    }

    private static void numbers(Counts counts, ObjectNode json) {
        for (Column column : Column.values()) {
            json.put(column.code(), column.of(counts));
        }
    }
}
