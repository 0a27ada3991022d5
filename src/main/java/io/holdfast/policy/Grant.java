package io.holdfast.policy;

import io.holdfast.legal.Facts;
import io.holdfast.legal.Match;
import io.holdfast.legal.Obligations;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What one instrument can compel, and what it asks of the platform.
 *
 * @param basis the provision it rests on
 * @param valid that of its pack
 * @param serveWithin how long after its issue the instrument may still be served; it is void after that
 * @param peopleOnly written {@code becomes: REFERRED}: people decide, and however many approve, the gateway itself
 *     never answers it with a release
 * @param unencrypted what says that data may be handed over in clear to an authority without a certificate; nothing if it must not
 * @param source its own, or that of its pack
 */
public record Grant(
        String id,
        String basis,
        Match when,
        Obligations obligations,
        Validity valid,
        Optional<Period> serveWithin,
        boolean peopleOnly,
        Optional<Source> unencrypted,
        Source source) {

    public Grant {
        if (when.accepted().isEmpty()) {
            throw new IllegalArgumentException("when: names nothing, so it would permit everything");
        }
        if (unencrypted.isPresent() != obligations.unencrypted()) {
            throw new IllegalArgumentException("unencrypted: has a source exactly where it is allowed");
        }
    }

    /** The first instant at which the instrument can no longer be served; empty where the law sets none. */
    Optional<Instant> voidFrom(Facts facts) {
        return serveWithin.flatMap(period -> facts.issuedAt()
                .map(issued -> issued.atZone(ZoneOffset.UTC).plus(period).toInstant()));
    }

    /** Whether it is neither off nor served too late. */
    boolean standsAt(Facts facts, Instant at) {
        return valid.holdsAt(at)
                && (serveWithin.isEmpty()
                        || voidFrom(facts).filter(at::isBefore).isPresent());
    }
}
