package io.holdfast.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.holdfast.audit.CanonicalJson;
import io.holdfast.audit.LogReader;
import io.holdfast.audit.LogSource;
import io.holdfast.audit.SomeFacts;
import io.holdfast.audit.TestLog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportFormatsTest {

    private static final Instant JULY = Instant.parse("2026-07-01T00:00:00Z");
    private static final Instant JANUARY = Instant.parse("2027-01-01T00:00:00Z");
    private static final LogHead HEAD = new LogHead("holdfast.example/log", 3, "cm9vdA==");

    @Test
    void json_says_what_was_counted_and_where() {
        assertEquals(
                "{\"counted\":{\"first\":0,\"last\":2},\"from\":\"2026-07-01T00:00:00Z\","
                        + "\"log\":{\"origin\":\"holdfast.example/log\",\"root\":\"cm9vdA==\",\"size\":3},"
                        + "\"rows\":[{\"accounts\":4,\"accounts-delivered\":0,\"awaiting-people\":0,\"delivered\":0,"
                        + "\"held\":0,\"instrument\":\"HK-WARRANT\",\"issuer\":\"CN\",\"items-delivered\":0,\"refused\":1,\"released\":0,"
                        + "\"requests\":1,\"returned\":0},{\"accounts\":1,\"accounts-delivered\":0,"
                        + "\"awaiting-people\":0,\"delivered\":0,\"held\":1,\"instrument\":\"HK-WARRANT\","
                        + "\"issuer\":\"HK\",\"items-delivered\":0,\"refused\":0,\"released\":0,\"requests\":1,\"returned\":0}],"
                        + "\"schema\":\"holdfast/report/v1\",\"to\":\"2027-01-01T00:00:00Z\","
                        + "\"total\":{\"accounts\":5,\"accounts-delivered\":0,\"awaiting-people\":0,\"delivered\":0,"
                        + "\"held\":1,\"items-delivered\":0,\"refused\":1,\"released\":0,\"requests\":2,\"returned\":0}}",
                text(ReportJson.write(report(), HEAD)));
    }

    @Test
    void json_is_canonical() {
        byte[] json = ReportJson.write(report(), HEAD);
        assertArrayEquals(json, CanonicalJson.write(CanonicalJson.readObject("a report", json)));
    }

    @Test
    void json_of_a_period_without_entries_names_none() {
        TransparencyReport empty =
                TransparencyReport.fold(TestLog.started().entries().stream(), JANUARY, JANUARY.plusSeconds(1));
        assertFalse(text(ReportJson.write(empty, HEAD)).contains("counted"));
    }

    @Test
    void csv_has_a_header_a_line_for_each_row_and_no_total() {
        assertEquals(
                "issuer,instrument,requests,accounts,held,refused,returned,awaiting-people,released,delivered,"
                        + "accounts-delivered,items-delivered\r\n"
                        + "CN,HK-WARRANT,1,4,0,1,0,0,0,0,0,0\r\n"
                        + "HK,HK-WARRANT,1,1,1,0,0,0,0,0,0,0\r\n",
                text(ReportCsv.write(report())));
    }

    @Test
    void csv_quotes_what_needs_it() {
        assertEquals("plain", ReportCsv.field("plain"));
        assertEquals("\"a,b\"", ReportCsv.field("a,b"));
        assertEquals("\"say \"\"no\"\"\"", ReportCsv.field("say \"no\""));
        assertEquals("\"two\r\nlines\"", ReportCsv.field("two\r\nlines"));
    }

    @Test
    void the_table_stands_in_columns() {
        assertEquals(
                List.of(
                        "Requests first decided from 2026-07-01T00:00:00Z until before 2027-01-01T00:00:00Z",
                        "counted from entries 0 to 2 of holdfast.example/log, 3 entries, root cm9vdA==",
                        "",
                        "issuer  instrument  requests  accounts  held  refused  returned  awaiting-people  released"
                                + "  delivered  accounts-delivered  items-delivered",
                        "CN      HK-WARRANT         1         4     0        1         0                0         0"
                                + "          0                   0                0",
                        "HK      HK-WARRANT         1         1     1        0         0                0         0"
                                + "          0                   0                0",
                        "total                      2         5     1        1         0                0         0"
                                + "          0                   0                0"),
                ReportTable.write(report(), HEAD));
    }

    @Test
    void whoever_has_the_export_counts_the_same() {
        LogSource export = log().files();
        TransparencyReport again = TransparencyReport.fold(LogReader.of(export).entries(), JULY, JANUARY);
        assertArrayEquals(ReportJson.write(report(), HEAD), ReportJson.write(again, HEAD));
    }

    @Test
    void published_figures_name_their_source() {
        assertEquals(
                List.of(43, 202),
                Published.HONG_KONG_2020_H2.stream().map(Published::requests).toList());
        assertEquals(
                "Facebook, 2020-07-01 to 2020-12-31, HK: 202 requests for 223 accounts, 0 answered with some data"
                        + " (Facebook, Transparency Report, July to December 2020; Hong Kong Free Press, 8 June 2021)",
                Published.HONG_KONG_2020_H2.get(1).line());
    }

    private static TestLog log() {
        TestLog log = TestLog.started();
        log.decide("held", SomeFacts.hongKongWarrant());
        log.decide("refused", SomeFacts.fromChina());
        return log;
    }

    private static TransparencyReport report() {
        return TransparencyReport.fold(log().entries().stream(), JULY, JANUARY);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
