package io.holdfast.enforce;

import java.util.Optional;

/**
 * Whether a call of the gateway's own proxy may go on to the store.
 *
 * @param passage what has to be said to have ended, if it may by a grant
 */
record Admission(Answer answer, Optional<Passage> passage) {

    static final Admission ORDINARY = new Admission(Answer.ORDINARY, Optional.empty());

    static Admission denied(Denial why) {
        return new Admission(Answer.denied(why), Optional.empty());
    }
}
