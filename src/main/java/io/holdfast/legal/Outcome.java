package io.holdfast.legal;

/** The name of a decision's case, for entries, reports and screens. Acting on a decision goes through its cases. */
public enum Outcome {
    HELD,
    REFUSED,
    RETURNED,
    REFERRED,
    RELEASED;

    static final Decision.Cases<Outcome> OF = new Decision.Cases<>() {
        @Override
        public Outcome held(Decision.Held decision) {
            return HELD;
        }

        @Override
        public Outcome refused(Decision.Refused decision) {
            return REFUSED;
        }

        @Override
        public Outcome returned(Decision.Returned decision) {
            return RETURNED;
        }

        @Override
        public Outcome referred(Decision.Referred decision) {
            return REFERRED;
        }

        @Override
        public Outcome released(Decision.Released decision) {
            return RELEASED;
        }
    };
}
