package io.holdfast.store;

import io.holdfast.audit.Draft;
import io.holdfast.audit.Entry;
import io.holdfast.audit.Leaf;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.tlog.Frontier;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.HashSource;
import io.holdfast.tlog.ProofCheck;
import io.holdfast.tlog.Proofs;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where the log ends, as its writer knows it: the right edge of the tree, what is in force there, and the newest hashes. It
 * moves in two ways, by entries of this writer and by those that others have appended, and it moves ahead of the commit: when
 * a transaction fails, it is thrown away and loaded again. For the writer's thread only.
 */
final class RightEdge {

    /** Entries of others are read so many at a time. */
    private static final int FOLLOWED_AT_ONCE = 1024;

    private final String origin;
    private final List<Leaf> newControl = new ArrayList<>();
    private Frontier frontier;
    private Standing standing = Standing.BEFORE_GENESIS;
    private RecentHashes hashes;

    private RightEdge(String origin, Frontier frontier) {
        this.origin = origin;
        this.frontier = frontier;
    }

    /**
     * Reads the right edge and the standing from the tables, and refuses what does not agree: a head that its own entries
     * contradict, or a log that is not a continuation of what was signed before. Reads control entries and the way from the
     * newest entry to the root; not the log.
     *
     * @param stored the hashes of the tree as the tables have them
     * @throws FrozenException if the mark says otherwise
     * @throws IllegalStateException if the database was damaged, or changed by somebody else
     */
    static RightEdge load(String origin, Tables tables, Frontier head, HashSource stored, Optional<HighWater.Mark> mark)
            throws SQLException {
        if (!Proofs.root(head.size(), stored).equals(head.root())) {
            throw new IllegalStateException("the stored root of " + head.size() + " entries disagrees with the "
                    + "entries; the database is damaged, restore it from a backup");
        }
        RightEdge edge = new RightEdge(origin, head);
        Optional<Stored> first = tables.entry(0);
        if (first.isPresent()) {
            // Before the mark is compared: that of another log says nothing about this one.
            edge.refuseOtherLog(first.get().entry().envelope().issuer());
        }
        mark.ifPresent(signed -> edge.refuseOtherPast(signed, stored));
        long signed = mark.map(HighWater.Mark::size).orElse(0L);
        List<Stored> control = tables.controlEntries();
        for (Stored entry : control) {
            edge.prove(entry, stored, signed);
        }
        Optional<Stored> last = tables.entry(head.size() - 1);
        if (last.isPresent() && !control.contains(last.get())) {
            if (last.get().entry().kind().isControl()) {
                throw changed(last.get().index()); // hidden from those who look for control entries
            }
            edge.prove(last.get(), stored, signed);
        }
        edge.hashes = new RecentHashes(head.size(), stored);
        return edge;
    }

    private void refuseOtherLog(String found) {
        if (!found.equals(origin)) {
            throw new IllegalStateException(
                    "the log in the database is " + found + ", and holdfast.origin is " + origin);
        }
    }

    private void refuseOtherPast(HighWater.Mark mark, HashSource stored) {
        if (mark.size() > frontier.size()) {
            throw new FrozenException("the log " + origin + " went back in time: " + mark.size()
                    + " entries were signed, root " + mark.root().base64() + ", and the database has "
                    + frontier.size() + ", root " + frontier.root().base64() + ".");
        }
        Hash root = Proofs.root(mark.size(), stored);
        if (!root.equals(mark.root())) {
            throw new FrozenException("the log " + origin + " has another past: the root of its first " + mark.size()
                    + " entries is " + root.base64() + ", and " + mark.root().base64() + " was signed.");
        }
    }

    /** What decides which holds are in force is believed only if the root proves it. */
    private void prove(Stored stored, HashSource hashes, long signed) {
        List<Hash> proof = Proofs.inclusion(stored.index(), frontier.size(), hashes);
        if (!ProofCheck.includes(
                stored.entry().leaf().hash(), stored.index(), frontier.size(), proof, frontier.root())) {
            throw changed(stored.index());
        }
        fold(stored.index(), stored.entry(), stored.index() >= signed);
    }

    /**
     * Takes over a control entry, or the last of some that are none. Its epoch counts the control entries before it, so one that
     * was hidden is missed here.
     *
     * @param unsigned whether nobody here has signed a checkpoint over it yet: then its own signature must hold
     */
    private void fold(long index, Entry entry, boolean unsigned) {
        Standing after = standing.after(entry.envelope(), entry.event());
        if (entry.envelope().epoch() != standing.epoch()
                || unsigned && !after.keys().hasSigned(entry)) {
            throw changed(index);
        }
        if (entry.kind().isControl()) {
            newControl.add(entry.leaf());
        }
        standing = after;
    }

    private static IllegalStateException changed(long index) {
        return new IllegalStateException("entry " + index + " is not one that this log has signed, or a control entry "
                + "before it is gone; the database was changed by somebody else, restore it from a backup");
    }

    /**
     * Takes over what others have appended.
     *
     * @param head as the tables have it
     * @throws IllegalStateException if it does not continue this edge; loading again finds out what that means
     */
    void follow(Tables tables, Frontier head) throws SQLException {
        while (frontier.size() < head.size()) {
            long to = Math.min(frontier.size() + FOLLOWED_AT_ONCE, head.size());
            for (Tables.Appended appended : tables.appended(frontier.size(), to)) {
                follow(appended);
            }
            if (frontier.size() != to) {
                throw new SQLException("entry " + frontier.size() + " is not in the tables; the log is damaged");
            }
        }
        if (!frontier.equals(head)) {
            throw new IllegalStateException("the database has " + head.size() + " entries, root "
                    + head.root().base64() + ", which do not continue what this process knows");
        }
    }

    private void follow(Tables.Appended appended) throws SQLException {
        if (appended.index() != frontier.size()) {
            throw new SQLException("entry " + frontier.size() + " is not in the tables; the log is damaged");
        }
        appended.entry().ifPresent(entry -> fold(appended.index(), entry, true));
        frontier = frontier.append(appended.hash(), hashes);
    }

    /** @param full is told of every subtree of 256, 65536 ... entries that this entry fills */
    void append(Draft draft, Consumer<Tables.Node> full) {
        frontier = frontier.append(draft.leaf().hash(), (level, index, hash) -> {
            hashes.subtree(level, index, hash);
            if (level > 0 && level % 8 == 0) {
                full.accept(new Tables.Node(level / 8, index, hash));
            }
        });
        if (draft.event().kind().isControl()) {
            newControl.add(draft.leaf());
        }
        standing = standing.after(draft.envelope(), draft.event());
    }

    Frontier frontier() {
        return frontier;
    }

    Standing standing() {
        return standing;
    }

    HashSource hashes() {
        return hashes;
    }

    /** The control entries since this was asked last; the first time, all of them. */
    List<Leaf> takeNewControl() {
        List<Leaf> taken = List.copyOf(newControl);
        newControl.clear();
        return taken;
    }
}
