package io.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.TestLog;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportDraftCommandTest {

    @TempDir
    Path temp;

    @BeforeEach
    void exportLog() {
        TestLog.honest().export(temp.resolve("log"));
    }

    @Test
    void the_last_day_is_counted_too() {
        Run run = draft("2026-11-23", "2026-11-23", "json").endsWith(ExitCode.OK);
        assertEquals("2026-11-24T00:00:00Z", run.json().get("to").textValue());
        assertEquals(5, run.json().at("/total/requests").intValue());
    }

    @Test
    void a_period_without_entries_counts_nothing() {
        assertEquals(
                0,
                draft("2026-01-01", "2026-06-30", "json")
                        .endsWith(ExitCode.OK)
                        .json()
                        .at("/total/requests")
                        .intValue());
    }

    @Test
    void a_report_is_a_table_or_a_spreadsheet() {
        assertTrue(draft("2026-07-01", "2026-12-31", "table").out().contains("HK      HK-WARRANT"));
        assertTrue(draft("2026-07-01", "2026-12-31", "csv").out().contains("HK,HK-WARRANT,1,1,1,0,0,0,0,0,0,0\r\n"));
    }

    @Test
    void a_period_that_ends_before_it_begins_is_a_wrong_command_line() {
        draft("2026-12-31", "2026-07-01", "table").endsWith(ExitCode.USAGE);
        draft("yesterday", "2026-07-01", "table").endsWith(ExitCode.USAGE);
    }

    private Run draft(String from, String to, String output) {
        String folder = temp.resolve("log").toString();
        return Run.of("report", "draft", "--folder", folder, "--from", from, "--to", to, "--output", output);
    }
}
