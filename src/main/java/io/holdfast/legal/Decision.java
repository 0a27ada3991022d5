package io.holdfast.legal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What comes out. There is no boolean called allowed: whoever acts on a decision has to name each of the five cases.
 */
public sealed interface Decision {

    Basis basis();

    <R> R match(Cases<R> cases);

    default Outcome outcome() {
        return match(Outcome.OF);
    }

    /**
     * What the decision rests on.
     *
     * @param reasons most important first, never empty
     * @param holds references of every hold that covers the request, whether or not it decided
     * @param exceptions {@code hold/exception} of each exception that was used
     * @param grants ids of every grant that covers at least one category
     * @param rulebook digest of the rulebook, hex
     * @param epoch the epoch of the holds it was made under
     * @param nextChangeAt the next instant at which the answer could differ by the passing of time alone
     */
    record Basis(
            List<Reason> reasons,
            List<String> holds,
            List<String> exceptions,
            List<String> grants,
            String rulebook,
            long epoch,
            Optional<Instant> nextChangeAt) {
        public Basis {
            reasons = List.copyOf(reasons);
            holds = List.copyOf(holds);
            exceptions = List.copyOf(exceptions);
            grants = List.copyOf(grants);
            if (reasons.isEmpty()) {
                throw new IllegalArgumentException("a decision has at least one reason");
            }
        }

        /** The same, for other reasons. */
        Basis because(List<Reason> others) {
            return new Basis(others, holds, exceptions, grants, rulebook, epoch, nextChangeAt);
        }
    }

    /** A hold covers it: kept, acknowledged, not processed. */
    record Held(Basis basis, String hold, Optional<Instant> reviewBy) implements Decision {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.held(this);
        }
    }

    /** A check failed, a hold refuses it, or no rule permits it. */
    record Refused(Basis basis) implements Decision {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.refused(this);
        }
    }

    /** The sender can mend it: {@code missing} names the facts that are absent or unknown. */
    record Returned(Basis basis, List<String> missing) implements Decision {
        public Returned {
            missing = List.copyOf(missing);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.returned(this);
        }
    }

    /** It meets the bar, and people must look before anything happens. */
    record Referred(Basis basis, Scope scope, Obligations obligations) implements Decision {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.referred(this);
        }
    }

    /** Permitted, with the narrowed scope. */
    record Released(Basis basis, Scope scope, Obligations obligations) implements Decision {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.released(this);
        }
    }

    /** What is given, or would be once people have approved; nothing with other outcomes. */
    default Set<DataCategory> granted() {
        if (this instanceof Released released) {
            return released.scope().granted();
        }
        return this instanceof Referred referred ? referred.scope().granted() : Set.of();
    }

    /**
     * Whether this releases what people have not approved. Their approvals do not count for it: they were given to exactly what
     * they saw.
     *
     * @param approved what was {@link #granted} by the decision that they approved
     */
    default boolean releasesMoreThan(Set<DataCategory> approved) {
        return this instanceof Released && !approved.containsAll(granted());
    }

    /** One method for each outcome, so that a forgotten one does not compile. */
    interface Cases<R> {
        R held(Held decision);

        R refused(Refused decision);

        R returned(Returned decision);

        R referred(Referred decision);

        R released(Released decision);
    }
}
