package io.holdfast.audit;

import io.holdfast.tlog.Bundle;
import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.Tile;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files that the entries of a log name: their rulebooks, the texts of their holds, published reports and time-stamps.
 * What cannot be read is passed over: a damaged log is copied as it is, and the check of the copy says what is damaged.
 */
final class NamedFiles {

    private final LogSource log;
    private final EntryForms forms = new EntryForms();
    private final SortedSet<String> rulebooks = new TreeSet<>();
    private final SortedSet<String> others = new TreeSet<>();
    private final SortedSet<String> missing = new TreeSet<>();

    NamedFiles(LogSource log) {
        this.log = log;
    }

    /** Takes note of what the entries of a bundle name. */
    void note(Tile.Entries bundle, byte[] bytes) {
        try {
            for (byte[] entry : Bundle.decode(bundle, bytes)) {
                CheckedLeaf leaf = CheckedLeaf.of(entry, forms, id -> Optional.empty());
                leaf.head().ifPresent(head -> rulebooks.add(head.envelope().rulebook()));
                leaf.entry().ifPresent(whole -> {
                    rulebookNamedBy(whole.event()).ifPresent(rulebooks::add);
                    others.addAll(namedBy(whole.event()));
                });
            }
        } catch (MalformedException e) {
            // No bundle, so no entries that name anything.
        }
    }

    /** The rulebook that comes into force with an entry, and that the next one will name. */
    static Optional<String> rulebookNamedBy(Event event) {
        return event instanceof Event.RulebookActivated activated
                ? Optional.of(activated.change().next())
                : Optional.empty();
    }

    /** What an entry names besides its rulebook. */
    static SortedSet<String> namedBy(Event event) {
        SortedSet<String> named = new TreeSet<>();
        if (event instanceof Event.Genesis genesis) {
            genesis.holds()
                    .forEach(hold -> named.add(LogLayout.holdFile(hold.texts().hex())));
        } else if (event instanceof Event.HoldPlaced placed) {
            named.add(LogLayout.holdFile(placed.hold().texts().hex()));
        } else if (event instanceof Event.HoldTightened tightened) {
            named.add(LogLayout.holdFile(tightened.hold().texts().hex()));
        } else if (event instanceof Event.HoldChangeProposed proposed) {
            HoldChange.nextOf(proposed.changes())
                    .forEach(hold -> named.add(LogLayout.holdFile(hold.texts().hex())));
        } else if (event instanceof Event.HoldsChanged changed) {
            HoldChange.nextOf(changed.changes())
                    .forEach(hold -> named.add(LogLayout.holdFile(hold.texts().hex())));
        } else if (event instanceof Event.ReportPublished published) {
            named.add(LogLayout.reportFile(published.report().digest()));
        } else if (event instanceof Event.CheckpointTimestamped stamped) {
            named.add(LogLayout.timestampFile(stamped.response()));
        }
        return named;
    }

    /** Copies all of it, in the order of the paths. */
    void copy(ExportTarget to) {
        SortedMap<String, byte[]> files = new TreeMap<>(LogLayout.ORDER);
        for (String digest : rulebooks) {
            if (LogLayout.isDigest(digest)) {
                rulebook(digest, files);
            }
        }
        for (String path : others) {
            Optional<byte[]> bytes = log.read(path);
            bytes.ifPresentOrElse(found -> files.put(path, found), () -> missing.add(path));
        }
        files.forEach(to::file);
    }

    private void rulebook(String digest, SortedMap<String, byte[]> files) {
        String lockPath = LogLayout.rulebookFile(digest, RulebookFiles.LOCK);
        Optional<byte[]> lock = log.read(lockPath);
        if (lock.isEmpty()) {
            missing.add(lockPath);
            return;
        }
        files.put(lockPath, lock.get());
        long room = RulebookFiles.MOST_BYTES;
        for (String line : new String(lock.get(), StandardCharsets.UTF_8).split("\n")) {
            int gap = line.indexOf("  ");
            String path = gap > 0 ? LogLayout.rulebookFile(digest, line.substring(gap + 2)) : "";
            if (LogLayout.isPath(path) && room > 0) {
                Optional<byte[]> file = log.read(path);
                room -= file.map(bytes -> bytes.length).orElse(0);
                file.ifPresentOrElse(bytes -> files.put(path, bytes), () -> missing.add(path));
            }
        }
    }

    /** What is named and is not there. */
    SortedSet<String> missing() {
        return missing;
    }
}
