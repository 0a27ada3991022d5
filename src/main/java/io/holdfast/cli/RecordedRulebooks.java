package io.holdfast.cli;

import io.holdfast.audit.Entry;
import io.holdfast.audit.Leaf;
import io.holdfast.audit.LogLayout;
import io.holdfast.audit.LogSource;
import io.holdfast.audit.UnreadableException;
import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.Tile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The rulebooks that the entries of a log name. What cannot be read is passed over: an export copies a damaged log as it is,
 * and the check of the export says what is damaged.
 */
final class RecordedRulebooks {

    private static final String LOCK = "bundle.lock";

    private final LogSource log;
    private final SortedSet<String> digests = new TreeSet<>();

    RecordedRulebooks(LogSource log) {
        this.log = log;
        LogEntries entries = new LogEntries(log);
        for (long number = 0; number * Tile.FULL_WIDTH < entries.checkpoint().size(); number++) {
            readable(entries, number).forEach(this::note);
        }
    }

    private static List<byte[]> readable(LogEntries entries, long number) {
        try {
            return entries.bundle(number);
        } catch (MalformedException e) {
            return List.of();
        }
    }

    private void note(byte[] leaf) {
        try {
            digests.add(Entry.parse(Leaf.of(leaf)).envelope().rulebook());
        } catch (UnreadableException e) {
            // An entry that is none names no rulebook.
        }
    }

    /** The files of each by path, the lock among them, by the rulebook's digest; a rulebook that is not there has none. */
    SortedMap<String, SortedMap<String, byte[]>> files() {
        SortedMap<String, SortedMap<String, byte[]>> rulebooks = new TreeMap<>();
        digests.forEach(digest -> rulebooks.put(digest, files(digest)));
        return rulebooks;
    }

    private SortedMap<String, byte[]> files(String digest) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        log.read(LogLayout.rulebookFile(digest, LOCK)).ifPresent(lock -> {
            files.put(LOCK, lock);
            for (String line : new String(lock, StandardCharsets.UTF_8).split("\n")) {
                int gap = line.indexOf("  ");
                if (gap > 0) {
                    String path = line.substring(gap + 2);
                    log.read(LogLayout.rulebookFile(digest, path)).ifPresent(bytes -> files.put(path, bytes));
                }
            }
        });
        return files;
    }
}
