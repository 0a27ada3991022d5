package io.holdfast.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What has been done to erase one request, as far as a later entry may rest on it. The rules answer with what should have
 * been; nothing means that all is well. They need no key: the tags of two people differ in the open.
 */
final class Erasure {

    private record Proposal(long index, Event.ErasureProposed event, Instant at) {}

    private Optional<Proposal> proposal = Optional.empty();
    private OptionalLong shreddedAt = OptionalLong.empty();

    /** A proposal is about what was decided before it. */
    void decided() {
        proposal = Optional.empty();
    }

    Optional<String> proposed(Stored stored, Event.ErasureProposed event, boolean isInFlight) {
        Optional<String> notNow = isInFlight ? Optional.of("blocked, since the request is in flight") : further();
        proposal = Optional.of(
                new Proposal(stored.index(), event, stored.entry().envelope().at()));
        return notNow;
    }

    Optional<String> shredded(Stored stored, Event.CaseShredded event, boolean isInFlight) {
        Optional<String> notNow = further()
                .or(() -> isInFlight ? Optional.of("blocked, since the request is in flight") : second(stored, event));
        shreddedAt = OptionalLong.of(stored.index());
        return notNow;
    }

    private Optional<String> second(Stored stored, Event.CaseShredded event) {
        Envelope envelope = stored.entry().envelope();
        if (proposal.isEmpty()
                || !envelope.previous().equals(OptionalLong.of(proposal.get().index()))) {
            return Optional.of("proposed first, since destroying takes two people");
        }
        Proposal first = proposal.get();
        if (first.event().by().equals(event.by())) {
            return Optional.of("blocked, since the same person proposed it");
        }
        if (first.event().reason() != event.reason()) {
            return Optional.of("blocked, since it was proposed for "
                    + first.event().reason().code());
        }
        return envelope.at().isAfter(first.at().plus(Event.ErasureProposed.STANDS))
                ? Optional.of("proposed again, since a proposal stands for " + Event.ErasureProposed.STANDS.toDays()
                        + " days")
                : Optional.empty();
    }

    /** For every step on the request that needs what was shredded. */
    Optional<String> further() {
        return shreddedAt.isPresent()
                ? Optional.of("refused, since entry " + shreddedAt.getAsLong() + " shredded the case")
                : Optional.empty();
    }
}
