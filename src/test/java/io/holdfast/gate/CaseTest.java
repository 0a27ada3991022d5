package io.holdfast.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Entry;
import io.holdfast.audit.EntryWriter;
import io.holdfast.audit.Envelope;
import io.holdfast.audit.Event;
import io.holdfast.audit.KeyHistory;
import io.holdfast.audit.Stored;
import io.holdfast.audit.TestLog;
import io.holdfast.tlog.Hash;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rows that somebody may have planted in the database of a gateway whose record key was rotated. */
class CaseTest {

    private static final String REQUEST = "both-keys";
    private static final Event BLOCKED = new Event.ApprovalBlocked(Event.Blocked.OTHER_VERSION);

    private final TestLog log = TestLog.rotated();
    private final KeyHistory keys = log.standing().keys();
    private final List<Stored> entries = new ArrayList<>(log.entries().stream()
            .filter(stored -> stored.entry().envelope().subject().equals(REQUEST))
            .toList());

    @Test
    void entries_count_that_were_signed_by_a_key_while_it_was_in_force() {
        plant(2, TestLog.firstWriter());
        plant(3, TestLog.nextWriter());
        plant(log.standing().epoch(), TestLog.nextWriter());

        assertEquals(4, Case.of(REQUEST, entries, keys).orElseThrow().entries().size());
    }

    @Test
    void an_entry_that_a_retired_key_has_signed_does_not_count() {
        plant(log.standing().epoch(), TestLog.firstWriter());

        refused();
    }

    @Test
    void a_retired_key_gains_nothing_by_naming_an_epoch_of_the_past() {
        plant(log.standing().epoch(), TestLog.nextWriter());
        plant(2, TestLog.firstWriter());

        refused();
    }

    @Test
    void a_key_does_not_count_before_the_log_has_named_it() {
        plant(1, TestLog.nextWriter());

        refused();
    }

    @Test
    void a_key_that_the_log_never_named_does_not_count() {
        plant(log.standing().epoch(), TestLog.foreignWriter());

        refused();
    }

    private void refused() {
        // The second time, those before it were seen.
        Set<Hash> checked = new HashSet<>();
        for (int time = 0; time < 2; time++) {
            String message = assertThrows(IllegalStateException.class, () -> Case.of(REQUEST, entries, keys, checked))
                    .getMessage();
            assertTrue(message.contains("not this log's own"), message);
        }
    }

    private void plant(long epoch, EntryWriter by) {
        Envelope envelope = new Envelope(
                TestLog.ORIGIN,
                log.standing().last(),
                "planted-" + entries.size(),
                REQUEST,
                epoch,
                log.standing().rulebook(),
                OptionalLong.empty());
        Entry entry = Entry.parse(by.write(envelope, BLOCKED, List.of()));
        entries.add(new Stored(100 + entries.size(), entry));
    }
}
