package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.holdfast.legal.Duty;
import io.holdfast.legal.Notice;
import io.holdfast.legal.Silence;
import io.holdfast.legal.Step;
import io.holdfast.legal.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The format's reference names every word of an obligation, with the sentence that the program shows. */
class PolicyFormatTest {

    @Test
    void the_reference_has_a_row_for_every_word() throws IOException {
        List<String> rows = new ArrayList<>();
        for (Duty duty : Duty.values()) {
            rows.add("| `" + duty.code() + "` | " + duty.sentence() + " |");
        }
        for (Step step : Step.values()) {
            rows.add("| `" + ObligationsReader.key(step) + "` | " + step.sentence() + " | " + step.from() + " |");
        }
        for (Stop stop : Stop.values()) {
            rows.add("| `" + stop.code() + "` | " + stop.sentence() + " |");
        }
        for (Notice notice : Notice.values()) {
            rows.add("| `" + notice.code() + "` | ");
        }
        for (Silence silence : Silence.values()) {
            rows.add("`" + silence.code() + "`");
        }
        String reference = Files.readString(Path.of("docs/reference/policy-format.md"));
        rows.removeIf(reference::contains);
        assertEquals(List.of(), rows);
    }
}
