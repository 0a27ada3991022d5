package io.holdfast.audit;

import io.holdfast.note.Checkpoint;
import io.holdfast.note.JudgedCheckpoint;
import io.holdfast.note.SignedNote;
import io.holdfast.note.UntrustedException;
import io.holdfast.note.VerifierKey;
import io.holdfast.tlog.Canonical;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.ProofCheck;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Two checkpoints that one log has signed, and that cannot both be of one log. Whoever trusts the log's key is convinced by
 * it, and needs nothing else: no log, no network, no word of the one who found it.
 *
 * <pre>
 * holdfast-fork@v1
 * The keys below signed two logs of holdfast.example/log that have different entries among the first 14.
 * key holdfast.example/log+6ed4c24a+AQ...
 * root ...                 only for two sizes: what the larger log has as the root of its first entries
 * hash ...                 and the consistency proof from there to the larger root (RFC 9162 section 2.1.4)
 *
 * holdfast.example/log     the checkpoint of the smaller size, as it was signed
 * 14
 * ...
 *
 * — holdfast.example/log ...
 *
 * holdfast.example/log     the other
 * ...
 * </pre>
 *
 * Of two sizes it is the proof that shows the contradiction: the larger log has one root for its first entries, and for as
 * many entries another was signed. A proof for two roots of one size would be a collision of SHA-256.
 *
 * @param keys of the log, that signed both
 * @param root what the larger log has at the smaller size; nothing if the sizes are equal
 * @param proof from there to the larger root
 */
public record ForkEvidence(
        List<VerifierKey> keys, Optional<Hash> root, List<Hash> proof, SignedNote smaller, SignedNote larger) {

    public static final int MOST_BYTES = 3 * SignedNote.MOST_BYTES;

    private static final String HEADER = "holdfast-fork@v1";
    private static final String KEY = "key ";
    private static final String ROOT = "root ";
    private static final String HASH = "hash ";
    private static final String EMPTY_LINE = "\n\n";

    /** @throws MalformedException if these are not two different checkpoints of one log, in this order */
    public ForkEvidence {
        keys = List.copyOf(keys);
        proof = List.copyOf(proof);
        Checkpoint first = Checkpoint.parse(smaller.text());
        Checkpoint second = Checkpoint.parse(larger.text());
        if (keys.isEmpty()) {
            throw new MalformedException("fork", "must name the log's keys", 0);
        }
        if (!first.origin().equals(second.origin())) {
            throw new MalformedException("fork", "must be of one log", second.origin());
        }
        if (first.size() > second.size() || (first.size() == second.size()) != root.isEmpty()) {
            throw new MalformedException(
                    "fork", "must have the smaller size first, and a root if the sizes differ", second.size());
        }
    }

    public static ForkEvidence parse(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new MalformedException("fork", "must be at most " + MOST_BYTES + " bytes", bytes.length);
        }
        String text = Canonical.utf8("fork", bytes);
        // Head, text and signatures of one note, text and signatures of the other: checkpoints have no empty line.
        String[] parts = text.split(EMPTY_LINE, -1);
        if (parts.length != 5 || !parts[0].startsWith(HEADER + "\n")) {
            throw new MalformedException("fork", "must be a head and two checkpoints, apart by empty lines", text);
        }
        List<VerifierKey> keys = new ArrayList<>();
        Optional<Hash> root = Optional.empty();
        List<Hash> proof = new ArrayList<>();
        for (String line : parts[0].split("\n")) {
            if (line.startsWith(KEY)) {
                keys.add(VerifierKey.parse(line.substring(KEY.length())));
            } else if (line.startsWith(ROOT)) {
                root = Optional.of(Hash.parseBase64(line.substring(ROOT.length())));
            } else if (line.startsWith(HASH)) {
                proof.add(Hash.parseBase64(line.substring(HASH.length())));
            }
        }
        ForkEvidence evidence = new ForkEvidence(
                keys,
                root,
                proof,
                note(parts[1] + EMPTY_LINE + parts[2] + "\n"),
                note(parts[3] + EMPTY_LINE + parts[4]));
        if (!Arrays.equals(evidence.print(), bytes)) {
            throw new MalformedException("fork", "must print back to the same bytes", text);
        }
        return evidence;
    }

    private static SignedNote note(String text) {
        return SignedNote.parse(Canonical.utf8("fork", text));
    }

    public byte[] print() {
        StringBuilder out =
                new StringBuilder(HEADER).append('\n').append(sentence()).append('\n');
        keys.forEach(key -> out.append(KEY).append(key).append('\n'));
        root.ifPresent(hash -> out.append(ROOT).append(hash.base64()).append('\n'));
        proof.forEach(hash -> out.append(HASH).append(hash.base64()).append('\n'));
        out.append('\n').append(Canonical.utf8("fork", smaller.print()));
        out.append('\n').append(Canonical.utf8("fork", larger.print()));
        return Canonical.utf8("fork", out.toString());
    }

    /** What it proves. */
    public String sentence() {
        Checkpoint checkpoint = Checkpoint.parse(smaller.text());
        return "The keys below signed two logs called " + checkpoint.origin()
                + " that have different entries among the first " + checkpoint.size() + ".";
    }

    public String origin() {
        return Checkpoint.parse(smaller.text()).origin();
    }

    /** Why it proves nothing to an auditor with these anchors; empty if it does. Nobody is asked to believe its keys. */
    public List<Finding> check(Anchors anchors, Instant now) {
        List<Finding> findings = new ArrayList<>();
        check("the smaller checkpoint", smaller, anchors, now, findings);
        check("the larger checkpoint", larger, anchors, now, findings);
        Checkpoint first = Checkpoint.parse(smaller.text());
        Checkpoint second = Checkpoint.parse(larger.text());
        if (first.root().equals(root.orElse(second.root()))) {
            findings.add(Finding.in("fork", "both have the same root, and do not contradict each other"));
        }
        if (root.isPresent() && !ProofCheck.consistent(first.size(), root.get(), second.size(), second.root(), proof)) {
            findings.add(Finding.in("fork", "the proof does not lead from its root to that of the larger checkpoint"));
        }
        return findings;
    }

    private static void check(String what, SignedNote note, Anchors anchors, Instant now, List<Finding> findings) {
        try {
            // That the log itself signed it is all that is asked: a fork is one however many witnesses there were.
            JudgedCheckpoint judged = anchors.judge(note, now);
            if (!anchors.origin().map(judged.checkpoint().origin()::equals).orElse(true)) {
                findings.add(Finding.in(what, "is of another log than the one that is meant"));
            }
        } catch (UntrustedException e) {
            findings.add(Finding.in(what, e.getMessage()));
        }
    }
}
