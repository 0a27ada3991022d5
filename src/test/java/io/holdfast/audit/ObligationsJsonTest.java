package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.legal.Deadline;
import io.holdfast.legal.Duty;
import io.holdfast.legal.Notice;
import io.holdfast.legal.Obligations;
import io.holdfast.legal.Preservation;
import io.holdfast.legal.Silence;
import io.holdfast.legal.Step;
import io.holdfast.legal.Stop;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObligationsJsonTest {

    private static final Obligations ALL = new Obligations(
            2,
            Notice.ISSUER_NOTIFIES,
            List.of(
                    new Deadline(
                            Step.ANSWER,
                            Duration.ofDays(10),
                            Set.of(Stop.QUESTION, Stop.GROUND_RAISED),
                            Optional.empty()),
                    new Deadline(Step.AUTHORITY_OBJECTS, Duration.ofHours(96), Set.of(), Optional.of(Silence.OBLIGES))),
            Optional.of(new Preservation(Duration.ofDays(60), Optional.of(Duration.ofDays(30)), true)),
            Set.of(Duty.PRESERVE_AT_ONCE, Duty.AWAIT_ENFORCING_AUTHORITY));

    private static final String WRITTEN = """
            {"approvals":2,"notice":"ISSUER-NOTIFIES","clocks":[\
            {"step":"ANSWER","within":"P10D","stops":["GROUND-RAISED","QUESTION"]},\
            {"step":"AUTHORITY-OBJECTS","within":"P4D","stops":[],"silence":"OBLIGES"}],\
            "preserve":{"for":"P60D","extend":"P30D","until-produced":true},\
            "duties":["AWAIT-ENFORCING-AUTHORITY","PRESERVE-AT-ONCE"]}""";

    private static Obligations read(String json) {
        try {
            return ObligationsJson.read(new Claims("obligations", (ObjectNode) new ObjectMapper().readTree(json)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void obligations_are_written_in_codes_and_durations_and_come_back_equal() {
        assertEquals(WRITTEN, ObligationsJson.write(ALL).toString());
        assertEquals(ALL, read(WRITTEN));
        assertEquals(
                Obligations.NONE, read(ObligationsJson.write(Obligations.NONE).toString()));
    }

    @Test
    void that_data_may_leave_in_clear_is_written_only_where_they_may() {
        String clear = WRITTEN.substring(0, WRITTEN.length() - 1) + ",\"unencrypted\":true}";
        Obligations asked =
                new Obligations(ALL.approvals(), ALL.notice(), ALL.clocks(), ALL.preservation(), ALL.duties(), true);

        assertEquals(clear, ObligationsJson.write(asked).toString());
        assertEquals(asked, read(clear));
        for (String other : List.of("false", "\"true\"", "1")) {
            String changed = clear.replace("\"unencrypted\":true", "\"unencrypted\":" + other);
            assertThrows(UnreadableException.class, () -> read(changed), other);
        }
    }

    @Test
    void what_was_not_written_so_is_not_read() {
        for (String[] change : new String[][] {
            {"\"P10D\"", "\"PT240H\""},
            {"\"P10D\"", "\"ten days\""},
            {"\"P10D\"", "\"-P10D\""},
            {"\"GROUND-RAISED\"", "\"GROUND_RAISED\""},
            {"\"step\":\"ANSWER\"", "\"step\":\"VALIDATE\""},
            {"\"step\":\"ANSWER\"", "\"step\":\"AUTHORITY-OBJECTS\""},
            {"\"silence\":\"OBLIGES\"", "\"silence\":\"CONSENTS\""},
            {"\"P60D\"", "\"PT0S\""},
            {"\"until-produced\":true", "\"until-produced\":\"true\""},
            {"\"PRESERVE-AT-ONCE\"", "\"KEEP\""}
        }) {
            assertTrue(WRITTEN.contains(change[0]), change[0]);
            String changed = WRITTEN.replace(change[0], change[1]);
            assertThrows(UnreadableException.class, () -> read(changed), change[1]);
        }
    }
}
