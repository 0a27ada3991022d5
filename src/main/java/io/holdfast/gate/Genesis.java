package io.holdfast.gate;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Envelope;
import io.holdfast.audit.Event;
import io.holdfast.audit.FormerLog;
import io.holdfast.audit.NamedKey;
import io.holdfast.audit.RecordedHold;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.legal.Hold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The first entry of a log: its keys, its rulebook and the holds that stand from the first instant. No log exists without
 * it, so no request was ever decided before Hong Kong was on hold.
 */
public final class Genesis implements Candidate {

    private final Gate gate;
    private final String logKey;
    private final List<NamedKey> otherKeys;
    private final List<RecordedHold> holds;
    private final Optional<FormerLog> former;
    private final List<Draft.Content> contents = new ArrayList<>();
    private final byte[] rulebookFiles;

    public Genesis(Gate gate, String logKey, List<Hold> holds, byte[] rulebookFiles) {
        this(gate, logKey, List.of(), holds, rulebookFiles);
    }

    /**
     * @param logKey the verifier key of the checkpoints
     * @param otherKeys the first keys of other purposes than log and record
     * @param rulebookFiles the archive of the rulebook's files, kept beside the log so that auditors can decide again
     */
    public Genesis(Gate gate, String logKey, List<NamedKey> otherKeys, List<Hold> holds, byte[] rulebookFiles) {
        this(
                gate,
                logKey,
                otherKeys,
                holds.stream().map(RecordedHold::of).toList(),
                holds,
                Optional.empty(),
                rulebookFiles);
    }

    private Genesis(
            Gate gate,
            String logKey,
            List<NamedKey> otherKeys,
            List<RecordedHold> holds,
            List<Hold> texts,
            Optional<FormerLog> former,
            byte[] rulebookFiles) {
        this.gate = gate;
        this.logKey = logKey;
        this.otherKeys = List.copyOf(otherKeys);
        this.holds = List.copyOf(holds);
        this.former = former;
        texts.forEach(hold -> contents.add(HoldDesk.content(hold)));
        this.rulebookFiles = rulebookFiles.clone();
    }

    /**
     * The first entry of a log that continues one which was frozen: the holds that were in force there stay in force.
     *
     * @param holds as the former log had them
     * @param known holds whose texts are at hand; a hold of which nobody has the texts any more stands without them
     */
    public static Genesis continuing(
            FormerLog former,
            List<RecordedHold> holds,
            List<Hold> known,
            Gate gate,
            String logKey,
            List<NamedKey> otherKeys,
            byte[] rulebookFiles) {
        List<Hold> texts = known.stream()
                .filter(hold -> holds.contains(RecordedHold.of(hold)))
                .distinct()
                .toList();
        return new Genesis(gate, logKey, otherKeys, holds, texts, Optional.of(former), rulebookFiles);
    }

    /** Under which name the files of a rulebook are kept. */
    public static String contentName(String rulebookDigest) {
        return "rulebook:" + rulebookDigest;
    }

    @Override
    public String subject() {
        return Envelope.LOG;
    }

    @Override
    public boolean hasHistory() {
        return false;
    }

    @Override
    public List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
        if (!standing.isBeforeGenesis()) {
            throw new IllegalStateException("this log has its genesis already");
        }
        String digest = gate.rulebook().first().digest();
        List<Draft.Content> kept = new ArrayList<>(contents);
        kept.add(new Draft.Content(contentName(digest), rulebookFiles));
        Event event = new Event.Genesis(logKey, gate.scribe().writer().key(), otherKeys, holds, former);
        return List.of(gate.scribe()
                .line(standing, at, subject())
                .under(digest)
                .keeping(kept)
                .draft(event));
    }
}
