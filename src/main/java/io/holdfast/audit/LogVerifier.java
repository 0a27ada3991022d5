package io.holdfast.audit;

import io.holdfast.note.Checkpoint;
import io.holdfast.note.JudgedCheckpoint;
import io.holdfast.note.SignedNote;
import io.holdfast.note.UntrustedException;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.Tile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks a whole log, and trusts nobody but the keys that the auditor brings. It tells everything it finds and goes on where
 * it can. Memory does not grow with the log but for some 40 bytes for each entry, against repeated ids.
 *
 * <p>What it proves, if it finds nothing: the log's key signed exactly these entries in this order; the witnesses of the
 * auditor's policy have seen it do so; each entry was signed by a record key that the entries before it put in force, and
 * reads as nothing else; the log names no other log keys than those of the auditor; none is there twice, counts the control
 * entries wrongly or runs back in time; and the rulebooks and time-stamps they name are here, to the byte. Whether the decisions were right
 * is for {@link Replay} to say.
 *
 * <p>What it cannot see: entries after the checkpoint, and without witnesses another checkpoint that the log showed to
 * somebody else. What it was told not to look at, it says in its remarks.
 */
public final class LogVerifier {

    /** Then the rest is not looked for any more: a checkpoint can claim any size. */
    private static final int MOST_MISSING_IN_A_ROW = 16;

    private final LogSource log;
    private final Anchors anchors;
    private final Scrutiny scrutiny;
    private final Progress progress;
    private final Noted<Finding> findings = new Noted<>();
    private final List<String> remarks = new ArrayList<>();
    private final EntryForms forms = new EntryForms();
    private final KeyTrail keys = new KeyTrail(findings);

    /** The record key of the genesis, which is known before the entries are followed. */
    private Optional<RecordKey.Public> firstKey = Optional.empty();

    private long signaturesFrom;

    /** What the genesis says. */
    private Optional<FormerLog> former = Optional.empty();

    /** An earlier checkpoint that is of another log: then it must be the one that this log continues. */
    private Optional<Checkpoint> ofFormer = Optional.empty();

    private LogVerifier(LogSource log, Anchors anchors, Scrutiny scrutiny, Progress progress) {
        this.log = log;
        this.anchors = anchors;
        this.scrutiny = scrutiny;
        this.progress = progress;
    }

    /** @param anchors from the auditor, and never from the log */
    public static Verification verify(LogSource log, Anchors anchors, Scrutiny scrutiny, Progress progress) {
        return new LogVerifier(log, anchors, scrutiny, progress).run();
    }

    private Verification run() {
        CheckedFiles files = new CheckedFiles(log, findings);
        Optional<SignedNote> note = note(files);
        if (note.isEmpty()) {
            return verification(new Checkpoint("unknown", 0, Hash.ofNothing()), "");
        }
        Checkpoint claimed = Checkpoint.parse(note.get().text());
        Optional<JudgedCheckpoint> judged = judge(note.get());
        Optional<Checkpoint> earlier = earlier(claimed);
        if (!scrutiny.recordSignatures()) {
            remarks.add("NO RECORD SIGNATURE WAS CHECKED: who wrote the records is not known");
        }
        Succession succession = entries(claimed, earlier, files);
        former();
        NamedCheck named = new NamedCheck(log, findings, remarks);
        named.check(succession);
        Set<String> timestamps = new TimestampCheck(log, files, findings, remarks, scrutiny.timestamps())
                .check(claimed, succession.timestamps());
        keys.compare(anchors.logKeys(), judged.map(JudgedCheckpoint::logKeys).orElse(List.of()), LogLayout.CHECKPOINT);
        log.list().ifPresent(paths -> foreign(paths, claimed.size(), named.files(), timestamps));
        new Freshness(anchors, scrutiny).judge(judged, succession.last(), findings, remarks);
        return verification(claimed, claimed.origin());
    }

    private Verification verification(Checkpoint claimed, String origin) {
        return new Verification(origin, claimed.size(), claimed.root(), findings.kept(), findings.rest(), remarks);
    }

    /** The signed note, also where its signature does not hold: then there is more to be found. */
    private Optional<SignedNote> note(CheckedFiles files) {
        return files.read(LogLayout.CHECKPOINT).flatMap(bytes -> {
            try {
                SignedNote note = SignedNote.parse(bytes);
                Checkpoint.parse(note.text());
                return Optional.of(note);
            } catch (MalformedException e) {
                findings.add(Finding.in(LogLayout.CHECKPOINT, e.getMessage()));
                return Optional.empty();
            }
        });
    }

    private Optional<JudgedCheckpoint> judge(SignedNote note) {
        try {
            JudgedCheckpoint judged = anchors.judge(note, scrutiny.now());
            anchors.objections(judged).forEach(sentence -> findings.add(Finding.in(LogLayout.CHECKPOINT, sentence)));
            return Optional.of(judged);
        } catch (UntrustedException e) {
            findings.add(Finding.in(LogLayout.CHECKPOINT, e.getMessage()));
            return Optional.empty();
        }
    }

    /** The earlier checkpoint, if it is one of this log, and the log reaches as far. */
    private Optional<Checkpoint> earlier(Checkpoint claimed) {
        if (scrutiny.earlier().isEmpty()) {
            return Optional.empty();
        }
        List<String> objections = new ArrayList<>();
        try {
            JudgedCheckpoint judged = anchors.judge(scrutiny.earlier().get(), scrutiny.now());
            objections.addAll(anchors.objections(judged));
            Checkpoint earlier = judged.checkpoint();
            if (!earlier.origin().equals(claimed.origin()) && objections.isEmpty()) {
                ofFormer = Optional.of(earlier);
                return Optional.empty();
            } else if (earlier.size() > claimed.size()) {
                objections.add("has " + earlier.size() + " entries, and the log now shows " + claimed.size()
                        + ": it was cut back, or this is an older copy; keep both as evidence");
            }
            if (objections.isEmpty()) {
                signaturesFrom = earlier.size();
                remarks.add("the first " + earlier.size()
                        + " entries are those of the earlier checkpoint: their signatures were not checked again");
                return Optional.of(earlier);
            }
        } catch (MalformedException | UntrustedException e) {
            objections.add(e.getMessage());
        }
        objections.forEach(sentence -> findings.add(Finding.in(LogLayout.EARLIER, sentence)));
        return Optional.empty();
    }

    /** A log that continues another must say so of the right one, and leave out nothing that was signed of it. */
    private void former() {
        former.ifPresent(log -> remarks.add("it continues the log " + MalformedException.printable(log.origin())
                + ", of which " + log.size() + " entries were signed, root "
                + log.root().base64()
                + "; verify that one too"));
        ofFormer.flatMap(this::objection).ifPresent(sentence -> findings.add(Finding.in(LogLayout.EARLIER, sentence)));
    }

    private Optional<String> objection(Checkpoint earlier) {
        if (former.filter(log -> log.origin().equals(earlier.origin())).isEmpty()) {
            return Optional.of("is of another log; is it the right file?");
        }
        FormerLog log = former.get();
        if (earlier.size() > log.size()) {
            return Optional.of("has " + earlier.size() + " entries, and the log that continues it says that "
                    + log.size() + " were signed: the others were left out; keep both as evidence");
        }
        return earlier.size() == log.size() && !earlier.root().equals(log.root())
                ? Optional.of(
                        "has another root of " + log.size() + " entries than the log that continues it says: one of "
                                + "them is not what was signed; keep both as evidence")
                : Optional.empty();
    }

    private Succession entries(Checkpoint claimed, Optional<Checkpoint> earlier, CheckedFiles files) {
        long size = claimed.size();
        if (size == 0) {
            findings.add(Finding.in(LogLayout.CHECKPOINT, "the log has no entry; a log begins with its genesis"));
        }
        TreeCheck tree = new TreeCheck(size, earlier, files, findings);
        Succession succession = new Succession(anchors.origin().orElse(claimed.origin()), findings);
        int missing = 0;
        try (InOrder<CheckedBundle> bundles = new InOrder<>()) {
            long read = 0;
            for (long index = 0; index * Tile.FULL_WIDTH < size && missing < MOST_MISSING_IN_A_ROW; index++) {
                while (read * Tile.FULL_WIDTH < size && bundles.hasRoom()) {
                    read(Tile.Entries.at(read++, size), bundles);
                }
                CheckedBundle checked = bundles.next();
                findings.addAll(checked.findings());
                checked.leaves()
                        .ifPresentOrElse(
                                leaves -> follow(leaves, checked.bundle(), succession),
                                () -> succession.unreadable(checked.bundle().width()));
                missing = tree.next(checked) ? 0 : missing + 1;
                progress.at(checked.bundle().first() + checked.bundle().width(), size);
            }
        }
        if (missing == MOST_MISSING_IN_A_ROW) {
            findings.add(Finding.in(
                    LogLayout.CHECKPOINT,
                    "so much of its " + size + " entries is missing that nobody looked for the rest"));
        }
        if (size > 0 && !keys.isBegun()) {
            findings.add(Finding.of(
                    0,
                    Tile.Entries.at(0, size).path(),
                    "is no genesis with a record key, so that no entry's signature could be checked"));
        }
        tree.finish(claimed);
        return succession;
    }

    /** Files are read here, one after another; what is done with their bytes is done on all cores. */
    private void read(Tile.Entries bundle, InOrder<CheckedBundle> bundles) {
        CheckedBundle.Read files = CheckedBundle.read(log, bundle);
        if (bundle.first() == 0) {
            firstKey = files.entry(0).flatMap(LogVerifier::recordKey);
        }
        boolean isChecked = scrutiny.recordSignatures() && bundle.first() + bundle.width() > signaturesFrom;
        bundles.add(
                files.bytes(),
                () -> files.check(
                        bytes -> CheckedLeaf.of(bytes, forms, id -> isChecked ? likely(id) : Optional.empty())));
    }

    /** Entries are read ahead of those that say which keys are in force, so this is a guess. */
    private Optional<RecordKey.Public> likely(String keyId) {
        return keys.signer(keyId).or(() -> firstKey.filter(key -> key.id().equals(keyId)));
    }

    private static Optional<RecordKey.Public> recordKey(byte[] first) {
        try {
            return Entry.parse(Leaf.of(first)).event() instanceof Event.Genesis genesis
                    ? Optional.of(genesis.recordKey())
                    : Optional.empty();
        } catch (UnreadableException e) {
            return Optional.empty();
        }
    }

    private void follow(List<CheckedLeaf> leaves, Tile.Entries bundle, Succession succession) {
        for (int i = 0; i < leaves.size(); i++) {
            long index = bundle.first() + i;
            CheckedLeaf leaf = leaves.get(i);
            leaf.trouble().ifPresent(sentence -> findings.add(Finding.of(index, bundle.path(), sentence)));
            if (leaf.head().isPresent()) {
                signature(index, leaf, leaf.head().get().keyId(), bundle);
                succession.next(index, leaf.head().get(), leaf.entry(), bundle);
            } else {
                succession.unreadable(1);
            }
        }
    }

    private void signature(long index, CheckedLeaf leaf, String keyId, Tile.Entries bundle) {
        if (index == 0) {
            leaf.entry().ifPresent(first -> begin(bundle, first));
        }
        Optional<RecordKey.Public> signer = keys.signer(keyId);
        if (index > 0) {
            leaf.entry().ifPresent(entry -> keys.next(index, bundle.path(), entry, () -> isSigned(leaf, signer)));
        }
        boolean isChecked = scrutiny.recordSignatures() && index >= signaturesFrom && keys.isBegun();
        if (isChecked && !isSigned(leaf, signer)) {
            findings.add(
                    Finding.of(index, bundle.path(), "is not signed by a record key that is in force at its place"));
        }
    }

    private void begin(Tile.Entries bundle, Entry first) {
        keys.begin(bundle.path(), first);
        if (first.event() instanceof Event.Genesis genesis) {
            former = genesis.former();
        }
    }

    private static boolean isSigned(CheckedLeaf leaf, Optional<RecordKey.Public> signer) {
        return signer.isPresent() && leaf.isSignedBy(signer.get());
    }

    private void foreign(List<String> paths, long size, Set<String> named, Set<String> timestamps) {
        for (String path : paths) {
            boolean belongs = path.equals(LogLayout.CHECKPOINT)
                    || LogLayout.isTileOf(size, path)
                    || named.contains(path)
                    || timestamps.contains(path);
            if (!belongs) {
                findings.add(Finding.in(path, "does not belong to this export"));
            }
        }
    }
}
