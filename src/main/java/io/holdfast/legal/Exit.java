package io.holdfast.legal;

/** What must have happened before a hold may be lifted. Names are of roles and documents, never of persons. */
public sealed interface Exit {

    /** The platform's own review. */
    record InternalReview(String owner) implements Exit {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.internalReview(this);
        }
    }

    /** A review that ends with a report; lifting needs its digest. */
    record NamedReview(String deliverable) implements Exit {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.namedReview(this);
        }
    }

    /** Guidance by a named third party. */
    record ExternalGuidance(String party) implements Exit {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.externalGuidance(this);
        }
    }

    /** An event that the platform cannot bring about. */
    record ExternalEvent(String event) implements Exit {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.externalEvent(this);
        }
    }

    /** A resolution of the board. */
    record BoardResolution() implements Exit {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.boardResolution(this);
        }
    }

    /** No exit is foreseen. */
    record None() implements Exit {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.none(this);
        }
    }

    <R> R match(Cases<R> cases);

    /**
     * Whether whatever lets something through that the hold stops needs a document, by its digest, that says so. The
     * platform's own review is the one way out that does not: the two people who agree are that review.
     */
    default boolean needsEvidence() {
        return !(this instanceof InternalReview);
    }

    /** One method for each way out. */
    interface Cases<R> {
        R internalReview(InternalReview exit);

        R namedReview(NamedReview exit);

        R externalGuidance(ExternalGuidance exit);

        R externalEvent(ExternalEvent exit);

        R boardResolution(BoardResolution exit);

        R none(None exit);
    }
}
