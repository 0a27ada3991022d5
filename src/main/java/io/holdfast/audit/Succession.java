package io.holdfast.audit;

import io.holdfast.tlog.Hash;
import io.holdfast.tlog.Tile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What every entry owes to those before it. Fed in order; keeps no entry. */
final class Succession {

    private final String origin;
    private final Noted<Finding> findings;
    private final SeenIds ids = new SeenIds();
    private final SortedSet<String> rulebooks = new TreeSet<>();
    private final SortedMap<String, RecordedHold> holds = new TreeMap<>();
    private final Set<Hash> reports = new LinkedHashSet<>();
    private final List<Stamped> timestamps = new ArrayList<>();
    private Instant last = Instant.MIN;
    private long epoch;
    private long unreadable;

    Succession(String origin, Noted<Finding> findings) {
        this.origin = origin;
        this.findings = findings;
    }

    /** Entries that nobody can read may have been control entries: the next one may count them, or not. */
    void unreadable(int entries) {
        unreadable += entries;
    }

    /** @param entry the whole of it, where it was read in full */
    void next(long index, EntryHead head, Optional<Entry> entry, Tile.Entries bundle) {
        Noter note = sentence -> findings.add(Finding.of(index, bundle.path(), sentence));
        genesis(index, head.kind(), entry, note);
        envelope(index, head.envelope(), note);
        epoch(head, note);
        rulebook(head.envelope().rulebook(), note);
        entry.map(Entry::event).ifPresent(event -> {
            NamedFiles.rulebookNamedBy(event).ifPresent(digest -> rulebook(digest, note));
            holdsOf(event).forEach(hold -> holds.put(hold.texts().hex(), hold));
            if (event instanceof Event.ReportPublished published) {
                reports.add(published.report().digest());
            }
        });
        entry.ifPresent(whole -> timestamp(index, whole, bundle));
    }

    /** An entry that names a time-stamp, and the path of its bundle. */
    record Stamped(long index, String bundle, Envelope envelope, Event.CheckpointTimestamped event) {}

    private void timestamp(long index, Entry entry, Tile.Entries bundle) {
        if (entry.event() instanceof Event.CheckpointTimestamped stamped) {
            timestamps.add(new Stamped(index, bundle.path(), entry.envelope(), stamped));
        }
    }

    /** Every entry that names a time-stamp, in their order. */
    List<Stamped> timestamps() {
        return timestamps;
    }

    private static List<RecordedHold> holdsOf(Event event) {
        if (event instanceof Event.Genesis genesis) {
            return genesis.holds();
        }
        if (event instanceof Event.HoldPlaced placed) {
            return List.of(placed.hold());
        }
        if (event instanceof Event.HoldChangeProposed proposed) {
            return HoldChange.nextOf(proposed.changes());
        }
        if (event instanceof Event.HoldsChanged changed) {
            return HoldChange.nextOf(changed.changes());
        }
        return event instanceof Event.HoldTightened tightened ? List.of(tightened.hold()) : List.of();
    }

    @FunctionalInterface
    private interface Noter {
        void add(String sentence);
    }

    private void genesis(long index, EntryKind kind, Optional<Entry> entry, Noter note) {
        if ((index == 0) != (kind == EntryKind.GENESIS)) {
            note.add(
                    index == 0
                            ? "is of kind " + kind.code() + "; a log begins with its genesis"
                            : "is another genesis; a log has one, and it is entry 0");
        }
    }

    private void envelope(long index, Envelope envelope, Noter note) {
        if (!envelope.issuer().equals(origin)) {
            note.add("iss is not the log's origin");
        }
        if (!ids.add(envelope.id())) {
            note.add("jti is that of an earlier entry");
        }
        if (envelope.at().isBefore(last)) {
            note.add(
                    "iat is " + envelope.at() + ", and an earlier entry has " + last + "; time does not run backwards");
        } else {
            last = envelope.at();
        }
        if (envelope.previous().isPresent() && envelope.previous().getAsLong() >= index) {
            note.add("prev is " + envelope.previous().getAsLong() + "; an entry can only answer an earlier one");
        }
    }

    private void epoch(EntryHead head, Noter note) {
        long named = head.envelope().epoch();
        if (named >= epoch && named <= epoch + unreadable) {
            epoch = named;
            unreadable = 0;
        } else {
            note.add("epoch is " + named + ", and there are " + epoch + " control entries before it");
        }
        if (head.kind().isControl()) {
            epoch++;
        }
    }

    private void rulebook(String digest, Noter note) {
        if (rulebooks.contains(digest)) {
            return;
        }
        if (LogLayout.isDigest(digest)) {
            rulebooks.add(digest);
        } else {
            note.add("rulebook is not a digest");
        }
    }

    /** The time of the last entry, as the log says; far in the past if there is none. */
    Instant last() {
        return last;
    }

    /** The digest of every rulebook that an entry names. */
    SortedSet<String> rulebooks() {
        return rulebooks;
    }

    /** Every version of a hold that an entry names, by the digest of its texts. */
    SortedMap<String, RecordedHold> holds() {
        return holds;
    }

    /** The digest of every report that was published. */
    Set<Hash> reports() {
        return reports;
    }
}
