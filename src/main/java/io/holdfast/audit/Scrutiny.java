package io.holdfast.audit;

import io.holdfast.note.SignedNote;
import io.holdfast.note.TimestampAuthority;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How closely to look at a log.
 *
 * @param recordSignatures whether the signature of each entry is checked
 * @param earlier a checkpoint of a log that was checked before and held; the signatures of its entries are not checked again
 * @param newestWithin how old the newest sign of life may be
 * @param timestamps whose time-stamps are believed; nothing if they are not looked at
 * @param now what the auditor's clock says
 */
public record Scrutiny(
        boolean recordSignatures,
        Optional<SignedNote> earlier,
        Optional<Duration> newestWithin,
        Optional<TimestampAuthority> timestamps,
        Instant now) {

    /** Everything is checked, from the first entry on, however old the log is. */
    public static Scrutiny full(Instant now) {
        return new Scrutiny(true, Optional.empty(), Optional.empty(), Optional.empty(), now);
    }

    public Scrutiny withoutRecordSignatures() {
        return new Scrutiny(false, earlier, newestWithin, timestamps, now);
    }

    public Scrutiny since(SignedNote checkpoint) {
        return new Scrutiny(recordSignatures, Optional.of(checkpoint), newestWithin, timestamps, now);
    }

    public Scrutiny newestWithin(Duration age) {
        return new Scrutiny(recordSignatures, earlier, Optional.of(age), timestamps, now);
    }

    public Scrutiny timestampsBy(TimestampAuthority authority) {
        return new Scrutiny(recordSignatures, earlier, newestWithin, Optional.of(authority), now);
    }
}
