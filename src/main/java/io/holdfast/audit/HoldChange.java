package io.holdfast.audit;

import io.holdfast.tlog.Hash;
import java.util.List;
import java.util.Optional;

/** What happens to one hold when people agree on it. Placing and tightening are none of these: one person can do that alone. */
public sealed interface HoldChange {

    String holdId();

    /** The version of the hold that it is about, and no other. */
    int version();

    /** SHA-256 of the document that the hold's way out asks for. */
    Optional<Hash> evidence();

    /** The hold that stands afterwards; nothing if none does. */
    Optional<RecordedHold> next();

    /** The hold is gone. What it had held is not released by that: it is decided again. */
    record Lift(String holdId, int version, Optional<Hash> evidence) implements HoldChange {
        @Override
        public Optional<RecordedHold> next() {
            return Optional.empty();
        }
    }

    /** @param hold the next version, whole: wider, or with another exception */
    record Replace(RecordedHold hold, Optional<Hash> evidence) implements HoldChange {
        @Override
        public String holdId() {
            return hold.hold().id();
        }

        @Override
        public int version() {
            return hold.hold().version() - 1;
        }

        @Override
        public Optional<RecordedHold> next() {
            return Optional.of(hold);
        }
    }

    /** {@code id@version} of the hold that it is about. */
    default String reference() {
        return holdId() + "@" + version();
    }

    static List<RecordedHold> nextOf(List<HoldChange> changes) {
        return changes.stream().flatMap(change -> change.next().stream()).toList();
    }
}
