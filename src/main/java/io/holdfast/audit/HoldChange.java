package io.holdfast.audit;

import io.holdfast.tlog.Hash;
import java.util.List;
import java.util.Optional;

/** What happens to one hold when people agree on it. To place or to tighten alone takes one person only, and is none of these. */
public sealed interface HoldChange {

    String holdId();

    /** The version of the hold that it is about, and no other; of a new one, its first. */
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

    /**
     * A new hold stands with the rest of the change, and not before: alone, one person can place it at once.
     *
     * @param hold its first version, whole
     */
    record Place(RecordedHold hold) implements HoldChange {
        @Override
        public String holdId() {
            return hold.hold().id();
        }

        @Override
        public int version() {
            return hold.hold().version();
        }

        @Override
        public Optional<Hash> evidence() {
            return Optional.empty();
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
