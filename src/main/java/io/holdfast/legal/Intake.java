package io.holdfast.legal;

/** What happens at the door to a request that a hold covers. */
public enum Intake {
    /** Accepted and kept until the hold is reviewed. */
    QUEUE,
    /** Accepted, counted and answered with a refusal. */
    REJECT,
    /** Not taken in at all; counted. */
    REFUSE_INTAKE;

    public String code() {
        return Term.spell(this);
    }
}
