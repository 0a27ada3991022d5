package io.holdfast.audit;

import io.holdfast.legal.DataCategory;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What becomes of a copy that the store keeps because an order to keep data was released. No data leaves with any of it. */
public sealed interface CopyStep {

    EntryKind kind();

    /**
     * The store has said that it keeps the copy, or a person has.
     *
     * @param accounts how many accounts there were; nothing is kept of one that is not there
     * @param until from this instant on it is not kept any more, unless it is extended
     * @param by if a person said so, a tag of theirs, as in {@link Event.ApprovalGiven}
     */
    record Preserved(Set<DataCategory> categories, int accounts, Instant until, Optional<String> by)
            implements CopyStep {
        public Preserved {
            categories = Collections.unmodifiableSet(EnumSet.copyOf(categories));
        }

        @Override
        public EntryKind kind() {
            return EntryKind.PRESERVED;
        }
    }

    /** It is not known that anything is kept. */
    record Failed(Event.Blocked blocked) implements CopyStep {
        @Override
        public EntryKind kind() {
            return EntryKind.PRESERVATION_FAILED;
        }
    }

    /** The sender asked for the one extension that the law has. */
    record Extended(Instant until) implements CopyStep {
        @Override
        public EntryKind kind() {
            return EntryKind.PRESERVATION_EXTENDED;
        }
    }

    /** @param request the id of the same sender's request for production */
    record Linked(String request) implements CopyStep {
        @Override
        public EntryKind kind() {
            return EntryKind.PRESERVATION_LINKED;
        }
    }

    /** From here on the copy must not be kept for this request. */
    record Ended(Because because) implements CopyStep {
        @Override
        public EntryKind kind() {
            return EntryKind.PRESERVATION_ENDED;
        }
    }

    /** The store has said that it keeps it no more, or a person has. */
    record Dropped(Optional<String> by) implements CopyStep {
        @Override
        public EntryKind kind() {
            return EntryKind.COPY_DROPPED;
        }
    }

    /** Why a copy is kept no more. */
    enum Because {
        /** What it was kept for was handed over. */
        PRODUCED,
        EXPIRED,
        /** The sender wants it no more. */
        WITHDRAWN
    }

    /** What the sender can ask for, as an attempt at it is recorded. */
    enum Attempt {
        EXTEND,
        LINK,
        WITHDRAW
    }
}
