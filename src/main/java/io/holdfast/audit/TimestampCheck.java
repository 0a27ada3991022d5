package io.holdfast.audit;

import io.holdfast.note.Checkpoint;
import io.holdfast.note.Cosignature;
import io.holdfast.note.Timestamp;
import io.holdfast.note.TimestampAuthority;
import io.holdfast.note.UntrustedException;
import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.Proofs;
import io.holdfast.tlog.TiledHashes;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the time-stamps that entries name: each must be here, and be of a checkpoint that the log has had before the entry.
 * Whether an authority has said so, only the auditor's own certificate can tell; without it that is not looked at.
 */
final class TimestampCheck {

    private final LogSource log;
    private final CheckedFiles files;
    private final Noted<Finding> findings;
    private final List<String> remarks;
    private final Optional<TimestampAuthority> authority;

    TimestampCheck(
            LogSource log,
            CheckedFiles files,
            Noted<Finding> findings,
            List<String> remarks,
            Optional<TimestampAuthority> authority) {
        this.log = log;
        this.files = files;
        this.findings = findings;
        this.remarks = remarks;
        this.authority = authority;
    }

    /** @return the paths of all of them */
    Set<String> check(Checkpoint claimed, List<Succession.Stamped> stamped) {
        Set<String> paths = new HashSet<>();
        Optional<String> newest = Optional.empty();
        for (Succession.Stamped one : stamped) {
            paths.add(LogLayout.timestampFile(one.event().response()));
            Optional<Timestamp> timestamp = check(claimed, one);
            if (timestamp.isPresent()) {
                newest = Optional.of("its first " + one.event().size() + " entries were there at "
                        + timestamp.get().at() + ", says the time-stamp authority");
            }
        }
        newest.ifPresent(remarks::add);
        if (authority.isEmpty() && !stamped.isEmpty()) {
            remarks.add("who made its " + stamped.size()
                    + " time-stamps was not checked: that needs the authority's certificate");
        }
        if (authority.isPresent() && stamped.isEmpty()) {
            remarks.add("the log names no time-stamp");
        }
        return paths;
    }

    private Optional<Timestamp> check(Checkpoint claimed, Succession.Stamped stamped) {
        Event.CheckpointTimestamped event = stamped.event();
        rootTrouble(claimed, stamped)
                .ifPresent(sentence -> findings.add(Finding.of(stamped.index(), stamped.bundle(), sentence)));
        String path = LogLayout.timestampFile(event.response());
        Optional<byte[]> response = files.read(path);
        if (response.isEmpty()) {
            return Optional.empty();
        }
        if (!new TimestampResponse(response.get()).digest().equals(event.response())) {
            findings.add(Finding.in(path, "is not what entry " + stamped.index() + " names"));
            return Optional.empty();
        }
        return authority.flatMap(by -> verified(by, claimed.origin(), stamped, path, response.get()));
    }

    private Optional<String> rootTrouble(Checkpoint claimed, Succession.Stamped stamped) {
        long size = stamped.event().size();
        if (size < 1 || size > stamped.index()) {
            return Optional.of("names a checkpoint of " + size + " entries, which was not there before it");
        }
        try {
            TiledHashes hashes = new TiledHashes(
                    claimed.size(), tile -> log.read(tile.path()).orElseThrow(() -> LogExport.missing(tile.path())));
            return Proofs.root(size, hashes).equals(stamped.event().root())
                    ? Optional.empty()
                    : Optional.of("names a checkpoint of " + size + " entries with another root than the log's");
        } catch (UnreadableException | MalformedException e) {
            return Optional.empty(); // the missing or damaged tile is a finding already
        }
    }

    private Optional<Timestamp> verified(
            TimestampAuthority by, String origin, Succession.Stamped stamped, String path, byte[] response) {
        Event.CheckpointTimestamped event = stamped.event();
        try {
            Timestamp timestamp = by.verify(new Checkpoint(origin, event.size(), event.root()), response);
            if (timestamp.at().isAfter(stamped.envelope().at().plus(Cosignature.CLOCK_SKEW))) {
                findings.add(Finding.of(
                        stamped.index(),
                        stamped.bundle(),
                        "is of " + stamped.envelope().at() + ", and names a time-stamp of " + timestamp.at()
                                + "; the log's clock was behind the authority's"));
            }
            return Optional.of(timestamp);
        } catch (UntrustedException | MalformedException e) {
            findings.add(Finding.in(path, e.getMessage()));
            return Optional.empty();
        }
    }
}
