package io.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void words_stand_under_each_other() {
        List<String> lines =
                new Table("id", "mode").row("hk-nsl-2020", "PAUSE").row("us", 7).lines();
        assertEquals(List.of("id           mode", "hk-nsl-2020  PAUSE", "us           7"), lines);
    }

    @Test
    void letters_stay_and_what_moves_the_cursor_does_not() {
        assertEquals("暫停 é", Terminal.safe("暫停 é"));
        assertEquals("a\\u000ab\\u001b[2J\\u202e\\u2028", Terminal.safe("a\nb\u001b[2J\u202e\u2028"));
    }

    @Test
    void no_rows_are_no_lines() {
        assertEquals(List.of(), new Table().lines());
    }
}
