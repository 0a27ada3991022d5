package io.holdfast.legal;

/** What a hold does to a request that it covers. Which company did what in July 2020: {@code policies/postures}. */
public enum Mode {
    /** Kept, acknowledged, not processed. */
    PAUSE(2),
    /** Refused, until something that the hold names has happened. */
    DENY(3),
    /** Refused for good. */
    NEVER(4),
    /** Goes through dated phases, each with a mode of its own. */
    WIND_DOWN(0),
    /** Refused unless it came through a treaty's central authority. */
    TREATY_ONLY(1),
    /** Refused unless it is an emergency. */
    EMERGENCY_ONLY(1),
    /** Content is withheld. */
    NON_CONTENT_ONLY(1),
    /** There is nothing to disclose. */
    NO_DATA(3);

    private final int severity;

    Mode(int severity) {
        this.severity = severity;
    }

    public String code() {
        return Term.spell(this);
    }

    /** Whether replacing {@code other} by this mode can only stop more, whatever the request. */
    public boolean isAtLeast(Mode other) {
        return this == other || (other != WIND_DOWN && severity > other.severity);
    }
}
