package io.holdfast.audit;

import io.holdfast.note.Checkpoint;
import io.holdfast.note.SignedNote;
import io.holdfast.note.UntrustedException;
import io.holdfast.note.VerifierKey;
import io.holdfast.tlog.Bundle;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.Tile;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Checks a whole log, and trusts nobody but the keys that the auditor brings. It tells everything it finds and goes on where
 * it can. Memory does not grow with the log but for some 40 bytes for each entry, against repeated ids.
 *
 * <p>What it proves, if it finds nothing: the log's key signed exactly these entries in this order; each of them was signed
 * by the record key of the genesis, and reads as nothing else; none is there twice, counts the control entries wrongly or
 * runs back in time; and the rulebooks they name are here, to the byte. Whether the decisions were right is for
 * {@link Replay} to say.
 *
 * <p>What it cannot see: entries after the checkpoint, and another checkpoint that the log showed to somebody else.
 */
public final class LogVerifier {

    /** Then the rest is not looked for any more: a checkpoint can claim any size. */
    private static final int MOST_MISSING_IN_A_ROW = 16;

    private final LogSource log;
    private final Collection<VerifierKey> trusted;
    private final Optional<String> expectedOrigin;
    private final Progress progress;
    private final Noted<Finding> findings = new Noted<>();
    private final CheckedFiles files;
    private Optional<RecordKey.Public> recordKey = Optional.empty();

    private LogVerifier(
            LogSource log, Collection<VerifierKey> trusted, Optional<String> expectedOrigin, Progress progress) {
        this.log = log;
        this.trusted = List.copyOf(trusted);
        this.expectedOrigin = expectedOrigin;
        this.progress = progress;
        this.files = new CheckedFiles(log, findings);
    }

    /**
     * @param trusted the log's keys, from the auditor and never from the log
     * @param origin the log's name, if the auditor knows it
     */
    public static Verification verify(
            LogSource log, Collection<VerifierKey> trusted, Optional<String> origin, Progress progress) {
        return new LogVerifier(log, trusted, origin, progress).run();
    }

    private Verification run() {
        Optional<Checkpoint> checkpoint = checkpoint();
        if (checkpoint.isEmpty()) {
            return new Verification("", 0, Hash.ofNothing(), findings.kept(), findings.rest());
        }
        Checkpoint claimed = checkpoint.get();
        Set<String> rulebookFiles = new HashSet<>();
        entries(claimed)
                .rulebooks()
                .forEach(digest -> new RulebookFiles(digest, files, findings)
                        .read()
                        .keySet()
                        .forEach(path -> rulebookFiles.add(LogLayout.rulebookFile(digest, path))));
        log.list().ifPresent(paths -> foreign(paths, claimed.size(), rulebookFiles));
        return new Verification(claimed.origin(), claimed.size(), claimed.root(), findings.kept(), findings.rest());
    }

    /** What the checkpoint claims, also where its signature does not hold: then there is more to be found. */
    private Optional<Checkpoint> checkpoint() {
        Optional<byte[]> bytes = files.read(LogLayout.CHECKPOINT);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            Checkpoint claimed = Checkpoint.parse(SignedNote.parse(bytes.get()).text());
            try {
                Checkpoint.open(bytes.get(), trusted, expectedOrigin.orElse(claimed.origin()));
            } catch (UntrustedException e) {
                findings.add(Finding.in(LogLayout.CHECKPOINT, e.getMessage()));
            }
            return Optional.of(claimed);
        } catch (MalformedException e) {
            findings.add(Finding.in(LogLayout.CHECKPOINT, e.getMessage()));
            return Optional.empty();
        }
    }

    private Succession entries(Checkpoint claimed) {
        long size = claimed.size();
        if (size == 0) {
            findings.add(Finding.in(LogLayout.CHECKPOINT, "the log has no entry; a log begins with its genesis"));
        }
        TreeCheck tree = new TreeCheck(size, files, findings);
        Succession succession = new Succession(expectedOrigin.orElse(claimed.origin()), trusted, findings);
        int missing = 0;
        for (long index = 0; index * Tile.FULL_WIDTH < size && missing < MOST_MISSING_IN_A_ROW; index++) {
            Tile.Entries bundle = Tile.Entries.at(index, size);
            Optional<List<CheckedLeaf>> leaves = leaves(bundle);
            leaves.ifPresentOrElse(
                    found -> follow(found, bundle, succession), () -> succession.unreadable(bundle.width()));
            boolean isThere = tree.next(
                    bundle,
                    leaves.map(found -> found.stream().map(CheckedLeaf::hash).toList()));
            missing = isThere ? 0 : missing + 1;
            progress.at(bundle.first() + bundle.width(), size);
        }
        if (missing == MOST_MISSING_IN_A_ROW) {
            findings.add(Finding.in(
                    LogLayout.CHECKPOINT,
                    "so much of its " + size + " entries is missing that nobody looked for the rest"));
        }
        if (size > 0 && recordKey.isEmpty()) {
            findings.add(Finding.of(
                    0,
                    Tile.Entries.at(0, size).path(),
                    "is no genesis with a record key, so that no entry's signature could be checked"));
        }
        tree.finish(claimed);
        return succession;
    }

    /** The entries of a bundle, read and checked each for itself, on all cores: that is where the time goes. */
    private Optional<List<CheckedLeaf>> leaves(Tile.Entries bundle) {
        Optional<byte[]> bytes = files.read(bundle.path());
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            List<byte[]> entries = Bundle.decode(bundle, bytes.get());
            if (bundle.first() == 0) {
                recordKey = CheckedLeaf.recordKey(entries.get(0));
            }
            return Optional.of(IntStream.range(0, entries.size())
                    .parallel()
                    .mapToObj(i -> CheckedLeaf.of(entries.get(i), recordKey))
                    .toList());
        } catch (MalformedException e) {
            findings.add(Finding.in(bundle.path(), e.getMessage()));
            return Optional.empty();
        }
    }

    private void follow(List<CheckedLeaf> leaves, Tile.Entries bundle, Succession succession) {
        for (int i = 0; i < leaves.size(); i++) {
            long index = bundle.first() + i;
            CheckedLeaf leaf = leaves.get(i);
            leaf.trouble().ifPresent(sentence -> findings.add(Finding.of(index, bundle.path(), sentence)));
            leaf.entry()
                    .ifPresentOrElse(
                            entry -> succession.next(index, entry, bundle.path()), () -> succession.unreadable(1));
        }
    }

    private void foreign(List<String> paths, long size, Set<String> rulebookFiles) {
        for (String path : paths) {
            boolean belongs =
                    path.equals(LogLayout.CHECKPOINT) || LogLayout.isTileOf(size, path) || rulebookFiles.contains(path);
            if (!belongs) {
                findings.add(Finding.in(path, "does not belong to this export"));
            }
        }
    }
}
