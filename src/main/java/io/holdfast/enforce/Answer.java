package io.holdfast.enforce;

/**
 * Whether a call may go on to the store.
 *
 * @param isAllowed whether it may, once
 * @param code why not; {@code LET_THROUGH} if it may
 */
public record Answer(boolean isAllowed, String code) {

    static Answer denied(Denial why) {
        return new Answer(false, why.name());
    }
}
