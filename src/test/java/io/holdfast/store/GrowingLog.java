package io.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Entry;
import io.holdfast.audit.EntryKind;
import io.holdfast.audit.Leaf;
import io.holdfast.audit.RecordKey;
import io.holdfast.fixture.TemporaryLog;
import io.holdfast.note.Checkpoint;
import io.holdfast.note.VerifierKey;
import io.holdfast.tlog.Bundle;
import io.holdfast.tlog.Frontier;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.Tile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What somebody outside has been told of a log, held against what the log has become. Each look reads the entries that are
 * new; that those before are still the same, the root says.
 */
final class GrowingLog {

    private final VerifierKey key;
    private final RecordKey.Public recordKey;
    private final Map<Long, Hash> acknowledged = new HashMap<>();
    private final Map<Long, Set<Hash>> signed = new HashMap<>();
    private final Set<String> subjects = new HashSet<>();
    private final List<Hash> leaves = new ArrayList<>();
    private Frontier frontier = Frontier.empty();
    private long checkpoints;
    private int lost;
    private int reused;
    private int forks;
    private int twice;

    GrowingLog(VerifierKey key, RecordKey.Public recordKey) {
        this.key = key;
        this.recordKey = recordKey;
    }

    void acknowledged(long index, Hash leaf) {
        if (index < leaves.size()) {
            // Made durable by a writer that was killed before it could say so, and called for again.
            lost += leaves.get((int) index).equals(leaf) ? 0 : 1;
            return;
        }
        Hash other = acknowledged.put(index, leaf);
        if (other != null && !other.equals(leaf)) {
            reused++;
        }
    }

    /** Somebody was given this checkpoint; the log has to stand by it. */
    void signed(byte[] note) {
        Checkpoint checkpoint = Checkpoint.open(note, List.of(key), key.label().name());
        if (signed.computeIfAbsent(checkpoint.size(), size -> new HashSet<>()).add(checkpoint.root())) {
            checkpoints++;
        }
    }

    /** Reads on. */
    void look(TemporaryLog log) {
        byte[] note = log.ledger().checkpoint();
        signed(note);
        Checkpoint now = Checkpoint.open(note, List.of(key), key.label().name());
        assertTrue(now.size() >= frontier.size(), "the log has become shorter");
        compare();
        while (frontier.size() < now.size()) {
            long from = frontier.size();
            Tile.Entries bundle = Tile.Entries.at(from / Tile.FULL_WIDTH, now.size());
            byte[] bytes = log.ledger().tile(bundle).orElseThrow();
            List<byte[]> all = Bundle.decode(bundle, bytes);
            all.subList((int) (from - bundle.first()), all.size()).forEach(leaf -> read(Leaf.of(leaf)));
        }
        if (!signed.isEmpty()) {
            forks += signed.size(); // larger than the log ever became
            signed.clear();
        }
        assertEquals(now.root(), frontier.root(), "the entries do not give the signed root");
        lost += acknowledged.size(); // at indices that are not there
        acknowledged.clear();
    }

    private void read(Leaf leaf) {
        Entry entry = Entry.parse(leaf);
        assertTrue(entry.isSignedBy(recordKey), "an entry is not signed by the record key");
        Hash told = acknowledged.remove(frontier.size());
        if (told != null && !told.equals(leaf.hash())) {
            lost++;
        }
        boolean isCall = entry.kind() == EntryKind.DELIVERY_FAILED;
        if (isCall && !subjects.add(entry.envelope().subject())) {
            twice++;
        }
        leaves.add(leaf.hash());
        frontier = frontier.append(leaf.hash());
        compare();
    }

    private void compare() {
        Set<Hash> roots = signed.remove(frontier.size());
        if (roots != null) {
            roots.remove(frontier.root());
            forks += roots.size();
        }
    }

    long size() {
        return frontier.size();
    }

    String counts() {
        return checkpoints + " signed checkpoints, " + size() + " entries, acknowledged lost " + lost
                + ", index reused " + reused + ", forks " + forks + ", calls written twice " + twice;
    }

    void assertNothingWrong(String hint) {
        assertEquals(List.of(0, 0, 0, 0), List.of(lost, reused, forks, twice), hint);
    }

    /** The lines of a process that was killed: what it began to say and did not end is not counted. */
    static List<String> whole(byte[] said) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < said.length; i++) {
            if (said[i] == '\n') {
                lines.add(new String(said, from, i - from, StandardCharsets.US_ASCII));
                from = i + 1;
            }
        }
        return lines;
    }
}
