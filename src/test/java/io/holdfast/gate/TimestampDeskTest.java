package io.holdfast.gate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Event;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.TimestampResponse;
import io.holdfast.note.Checkpoint;
import io.holdfast.note.SignedNote;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimestampDeskTest {

    @TempDir
    Path folder;

    private static Checkpoint head(WorkingGate gate) {
        return Checkpoint.parse(SignedNote.parse(gate.log.ledger().checkpoint()).text());
    }

    private static Event.CheckpointTimestamped stamp(WorkingGate gate, byte[] response) {
        Checkpoint head = head(gate);
        Receipt receipt = new TimestampDesk(gate.gate)
                .record(head.size(), head.root(), new TimestampResponse(response))
                .toCompletableFuture()
                .join();
        return (Event.CheckpointTimestamped) receipt.stored().entry().event();
    }

    @Test
    void what_was_stamped_is_named_and_kept_and_raises_no_epoch() {
        try (WorkingGate gate = WorkingGate.open(folder, Clock.systemUTC())) {
            assertEquals(Optional.empty(), new TimestampDesk(gate.gate).newest());
            long epoch = gate.log.ledger().standing().epoch();

            Event.CheckpointTimestamped first = stamp(gate, new byte[] {1, 2, 3});

            assertEquals(1, first.size());
            assertArrayEquals(
                    new byte[] {1, 2, 3},
                    gate.log
                            .ledger()
                            .content("timestamp:" + first.response().hex())
                            .orElseThrow());
            assertEquals(epoch, gate.log.ledger().standing().epoch());
            assertEquals(1, new TimestampDesk(gate.gate).newest().orElseThrow().index());
            gate.whole();
        }
    }

    @Test
    void a_log_that_grew_by_names_of_stamps_alone_has_not_moved() {
        try (WorkingGate gate = WorkingGate.open(folder, Clock.systemUTC())) {
            TimestampDesk desk = new TimestampDesk(gate.gate);
            Event.CheckpointTimestamped first = stamp(gate, new byte[] {1});
            assertFalse(desk.hasMoved(first, head(gate).size()));
            Event.CheckpointTimestamped second = stamp(gate, new byte[] {2});
            assertFalse(desk.hasMoved(first, head(gate).size()));

            gate.referred();

            assertTrue(desk.hasMoved(first, head(gate).size()));
            assertTrue(desk.hasMoved(second, head(gate).size()));
            gate.whole();
        }
    }
}
