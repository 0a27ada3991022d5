package io.holdfast.audit;

import io.holdfast.legal.DataCategory;
import io.holdfast.tlog.Hash;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is recorded of the package that is made of what was read. That it is handed over the first time is
 * {@link Event.Delivered}, how each handing over ended is {@link Event.Passed}. All of these but the first answer the first.
 */
public sealed interface PackageEvent extends Event.OfPackage {

    /** Why a package is not kept any more. */
    enum Because {
        /** The sender has said that they have it. */
        RECEIVED,
        /** It was handed over as often as it can be. */
        DOWNLOADS_USED,
        /** The time in which it can be collected is over. */
        WINDOW_OVER,
        /** What is in it is not released any more. */
        STOPPED;

        String code() {
            return name().replace('_', '-');
        }

        static Because parse(String code) {
            return Words.parse(values(), Because::code, code);
        }
    }

    /**
     * What was read is at hand for the sender. It commits to every byte of it before the first one leaves.
     *
     * @param accounts how many accounts data was found for
     * @param items how many fields and records are in it
     * @param manifest SHA-256 of its manifest, which names every file with its size and SHA-512
     * @param recipient SHA-256 of the certificate that it is encrypted to; nothing if the rulebook takes it unencrypted
     * @param until the first instant at which it cannot be collected any more
     * @param downloads how often it can be collected
     */
    record Made(
            Set<DataCategory> categories,
            int accounts,
            int items,
            Hash manifest,
            Optional<Hash> recipient,
            Instant until,
            int downloads)
            implements PackageEvent {

        /** No package waits for longer. */
        public static final Duration LONGEST = Duration.ofDays(30);

        /** None is handed over more often. */
        public static final int MOST_DOWNLOADS = 20;

        public Made {
            categories = Collections.unmodifiableSet(EnumSet.copyOf(categories));
        }

        @Override
        public EntryKind kind() {
            return EntryKind.PACKAGE_MADE;
        }
    }

    /** @param download how often it is handed over with this: 2 or more */
    record DeliveredAgain(int download) implements PackageEvent {
        @Override
        public EntryKind kind() {
            return EntryKind.DELIVERED_AGAIN;
        }
    }

    /**
     * The sender has opened it: they have named the SHA-512 of its manifest, which is told nowhere else.
     *
     * @param by a tag of the person, as in {@link Event.ApprovalGiven}
     */
    record Received(String by) implements PackageEvent {
        @Override
        public EntryKind kind() {
            return EntryKind.PACKAGE_RECEIVED;
        }
    }

    /** Nothing of it is left at the gateway. */
    record Deleted(Because because) implements PackageEvent {
        @Override
        public EntryKind kind() {
            return EntryKind.PACKAGE_DELETED;
        }
    }
}
