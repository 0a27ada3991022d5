package io.holdfast.audit;

import io.holdfast.note.Checkpoint;
import io.holdfast.note.JudgedCheckpoint;
import io.holdfast.note.SignedNote;
import io.holdfast.note.UntrustedException;
import io.holdfast.note.VerifierKey;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.ProofCheck;
import io.holdfast.tlog.Proofs;
import io.holdfast.tlog.Tile;
import io.holdfast.tlog.TiledHashes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Compares the checkpoints that different people have seen. Two of one log and one size with different roots are a fork,
 * and so are two of different sizes, where the log's own hashes show that the larger one does not begin with the smaller.
 *
 * <p>It tells a log that shows different things to different people, and nothing about what is in it.
 */
public final class Gossip {

    private final Anchors anchors;
    private final Instant now;
    private final Map<String, Map<Long, Map<String, Heard>>> heard = new TreeMap<>();
    private final List<String> passedOver = new ArrayList<>();
    private final List<ForkEvidence> forks = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    public Gossip(Anchors anchors, Instant now) {
        this.anchors = anchors;
        this.now = now;
    }

    /**
     * One checkpoint, however often it was seen.
     *
     * @param places where, in the order in which they were given
     */
    public record Heard(JudgedCheckpoint judged, SignedNote note, List<String> places) {

        public Heard {
            places = List.copyOf(places);
        }

        public Checkpoint checkpoint() {
            return judged.checkpoint();
        }

        private Heard and(String place) {
            List<String> more = new ArrayList<>(places);
            more.add(place);
            return new Heard(judged, note, more);
        }
    }

    /** Takes in one more; what is not signed by a log of the anchors is passed over. */
    public void add(Sighting sighting) {
        try {
            JudgedCheckpoint judged = anchors.judge(sighting.note(), now);
            Checkpoint checkpoint = judged.checkpoint();
            if (!anchors.origin().map(checkpoint.origin()::equals).orElse(true)) {
                passedOver.add(sighting.place() + ": is of another log than the one that is meant");
                return;
            }
            Map<String, Heard> ofSize = heard.computeIfAbsent(checkpoint.origin(), origin -> new TreeMap<>())
                    .computeIfAbsent(checkpoint.size(), size -> new TreeMap<>());
            Heard known = ofSize.get(checkpoint.root().base64());
            ofSize.put(
                    checkpoint.root().base64(),
                    known == null
                            ? new Heard(judged, sighting.note(), List.of(sighting.place()))
                            : known.and(sighting.place()));
        } catch (UntrustedException | MalformedException e) {
            passedOver.add(sighting.place() + ": " + Printable.of(e.getMessage()));
        }
    }

    /** Compares those of one size with each other. To be called once, after all have been added. */
    public void compare() {
        for (Map<Long, Map<String, Heard>> ofLog : heard.values()) {
            for (Map<String, Heard> ofSize : ofLog.values()) {
                List<Heard> roots = List.copyOf(ofSize.values());
                for (Heard other : roots.subList(1, roots.size())) {
                    forks.add(fork(roots.get(0), other, Optional.empty(), List.of()));
                }
            }
        }
    }

    /**
     * Compares them with a log, and so those of different sizes with each other.
     *
     * @param log whose checkpoint has been added too
     */
    public void compareWith(LogSource log) {
        Checkpoint newest = LogReader.of(log).checkpoint();
        Map<Long, Map<String, Heard>> ofLog = heard.getOrDefault(newest.origin(), Map.of());
        Optional<Heard> signed = Optional.ofNullable(
                ofLog.getOrDefault(newest.size(), Map.of()).get(newest.root().base64()));
        if (signed.isEmpty()) {
            findings.add(
                    Finding.in(LogLayout.CHECKPOINT, "of the log is not one that can be believed; verify the log"));
            return;
        }
        TiledHashes hashes = new TiledHashes(newest.size(), tile -> read(log, tile));
        for (Map.Entry<Long, Map<String, Heard>> ofSize : ofLog.entrySet()) {
            for (Heard one : ofSize.getValue().values()) {
                compare(one, signed.get(), hashes);
            }
        }
    }

    private void compare(Heard one, Heard newest, TiledHashes hashes) {
        long size = one.checkpoint().size();
        if (size > newest.checkpoint().size()) {
            passedOver.add(String.join(", ", one.places()) + ": has " + size + " entries, and the log only "
                    + newest.checkpoint().size() + ", so that they were not compared");
            return;
        }
        try {
            Hash root = Proofs.root(size, hashes);
            List<Hash> proof = Proofs.consistency(size, newest.checkpoint().size(), hashes);
            boolean isProven = ProofCheck.consistent(
                    size, root, newest.checkpoint().size(), newest.checkpoint().root(), proof);
            if (!isProven) {
                findings.add(Finding.in(
                        String.join(", ", one.places()),
                        "cannot be compared: the hashes of the log do not lead from " + size
                                + " entries to its checkpoint; verify the log"));
            } else if (!root.equals(one.checkpoint().root())
                    && size < newest.checkpoint().size()) {
                forks.add(fork(one, newest, Optional.of(root), proof));
            }
        } catch (MalformedException | UnreadableException e) {
            findings.add(Finding.in(
                    String.join(", ", one.places()), "cannot be compared: " + e.getMessage() + "; verify the log"));
        }
    }

    private static byte[] read(LogSource log, Tile tile) {
        return log.read(tile.path()).orElseThrow(() -> new UnreadableException(tile.path() + " is missing"));
    }

    private static ForkEvidence fork(Heard smaller, Heard larger, Optional<Hash> root, List<Hash> proof) {
        List<VerifierKey> keys = new ArrayList<>(smaller.judged().logKeys());
        larger.judged().logKeys().stream().filter(key -> !keys.contains(key)).forEach(keys::add);
        return new ForkEvidence(keys, root, proof, smaller.note(), larger.note());
    }

    /** What was believed, by log and in the order of sizes; two of one size contradict each other. */
    public List<Heard> heard() {
        return heard.values().stream()
                .flatMap(ofLog -> ofLog.values().stream())
                .map(Map::values)
                .flatMap(Collection::stream)
                .toList();
    }

    public List<ForkEvidence> forks() {
        return List.copyOf(forks);
    }

    /** What could not be compared because the log itself does not hold. */
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** What was not compared, and why; safe to print. */
    public List<String> passedOver() {
        return List.copyOf(passedOver);
    }
}
