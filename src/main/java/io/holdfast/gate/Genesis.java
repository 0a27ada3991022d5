package io.holdfast.gate;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Envelope;
import io.holdfast.audit.Event;
import io.holdfast.audit.NamedKey;
import io.holdfast.audit.RecordedHold;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.legal.Hold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The first entry of a log: its keys, its rulebook and the holds that stand from the first instant. No log exists without
 * it, so no request was ever decided before Hong Kong was on hold.
 */
public final class Genesis implements Candidate {

    private final Gate gate;
    private final String logKey;
    private final List<NamedKey> otherKeys;
    private final List<Hold> holds;
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
        this.gate = gate;
        this.logKey = logKey;
        this.otherKeys = List.copyOf(otherKeys);
        this.holds = List.copyOf(holds);
        this.rulebookFiles = rulebookFiles.clone();
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
        String digest = gate.rulebook().loaded().digest();
        List<Draft.Content> contents = new ArrayList<>();
        contents.add(new Draft.Content(contentName(digest), rulebookFiles));
        holds.forEach(hold -> contents.add(HoldDesk.content(hold)));
        Event event = new Event.Genesis(
                logKey,
                gate.scribe().writer().key(),
                otherKeys,
                holds.stream().map(RecordedHold::of).toList());
        return List.of(gate.scribe()
                .line(standing, at, subject())
                .under(digest)
                .keeping(contents)
                .draft(event));
    }
}
