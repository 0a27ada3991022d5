package io.holdfast.store;

import io.holdfast.audit.Entry;
import io.holdfast.audit.FormerLog;
import io.holdfast.audit.KeyHistory;
import io.holdfast.audit.Leaf;
import io.holdfast.audit.RecordedHold;
import io.holdfast.audit.Standing;
import io.holdfast.audit.UnreadableException;
import io.holdfast.tlog.MalformedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What is left of a log that was frozen, outside its database: where it ended, and which holds were in force there. Read from
 * its data folder, so that a new log can continue it.
 *
 * @param holds without their texts, which were in the database
 */
public record FrozenLog(FormerLog head, List<RecordedHold> holds) {

    public FrozenLog {
        holds = List.copyOf(holds);
    }

    /**
     * @param folder the data folder of the frozen log; nobody may work in it
     * @throws IllegalStateException if it holds no frozen log, or not all that is needed of it; says what to do
     */
    public static FrozenLog read(Path folder) {
        if (!Files.exists(DataFolder.freeze(folder))) {
            throw new IllegalStateException(folder + " holds no frozen log; only a log that its gateway has frozen is "
                    + "continued by another one");
        }
        try (DataFolder locked = DataFolder.lock(folder)) {
            HighWater.Mark mark = HighWater.read(locked.highWater())
                    .orElseThrow(() -> new IllegalStateException(
                            folder + " has no high-water mark; restore the whole folder from its backup"));
            List<Entry> control = ControlCopy.read(locked.controlCopy()).stream()
                    .map(FrozenLog::entry)
                    .toList();
            Standing standing = fold(control, folder);
            String origin = control.get(0).envelope().issuer();
            return new FrozenLog(new FormerLog(origin, mark.size(), mark.root()), standing.recorded());
        } catch (MalformedException | UnreadableException e) {
            throw new IllegalStateException(damaged(folder) + ": " + e.getMessage(), e);
        }
    }

    private static Entry entry(Leaf leaf) {
        return Entry.parse(leaf);
    }

    /** Believed only if every entry is signed, and none between two of them is missing. */
    private static Standing fold(List<Entry> control, Path folder) {
        Standing standing = Standing.BEFORE_GENESIS;
        for (Entry entry : control) {
            Standing next = standing.after(entry.envelope(), entry.event());
            KeyHistory keys = standing.isBeforeGenesis() ? next.keys() : standing.keys();
            if (!entry.kind().isControl()
                    || entry.envelope().epoch() != standing.epoch()
                    || !entry.envelope()
                            .issuer()
                            .equals(control.get(0).envelope().issuer())
                    || !keys.hasSigned(entry)) {
                throw new IllegalStateException(damaged(folder));
            }
            standing = next;
        }
        if (standing.isBeforeGenesis()) {
            throw new IllegalStateException(damaged(folder));
        }
        return standing;
    }

    private static String damaged(Path folder) {
        return DataFolder.controlCopy(folder) + " is not what its gateway wrote; restore it from its backup";
    }
}
