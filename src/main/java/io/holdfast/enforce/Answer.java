package io.holdfast.enforce;

/**
 * Whether a call may go on to the store.
 *
 * @param isAllowed whether it may, once
 * @param code why not; {@code LET_THROUGH} if a grant says that it may, {@code ORDINARY} if it needs none
 */
public record Answer(boolean isAllowed, String code) {

    static final Answer ORDINARY = new Answer(true, "ORDINARY");

    static Answer denied(Denial why) {
        return new Answer(false, why.name());
    }
}
