package io.holdfast.audit;

import io.holdfast.legal.Step;
import java.util.Arrays;
import java.util.Optional;

/**
 * The clocks that run on a request. Each begins with an entry, or with the issue of the paper, or with an instant that a person
 * says: what happens elsewhere, no entry knows by itself.
 */
public enum ClockName {
    /** From receipt until data is handed over, or the request is refused or returned. */
    ANSWER(Step.ANSWER),
    /** As long as {@link #ANSWER}: whoever objects has to do it before. */
    OBJECT(Step.OBJECT),
    /** From a question to the issuer until it is answered. */
    CLARIFY(Step.CLARIFY),
    /** From the notification, as a person says it, until the authority has spoken. */
    AUTHORITY_OBJECTS(Step.AUTHORITY_OBJECTS),
    /** From the issue of the paper. */
    VALIDATE(Step.VALIDATE),
    /** From the entry of the delivery. */
    FOLLOW_UP(Step.FOLLOW_UP),
    /** From the last approval, which is the last look of people; before the first one from receipt. */
    REVIEW_SECRECY(Step.REVIEW_SECRECY),
    /** From the start, as a person says it, until a person says that it has ended. */
    RUN(Step.RUN),
    /** From receipt of an order to keep data that was released: how long the copy is kept, until that has ended. */
    PRESERVATION(null);

    private final Optional<Step> step;

    ClockName(Step step) {
        this.step = Optional.ofNullable(step);
    }

    /** The step of the obligations that it counts; nothing for {@link #PRESERVATION}. */
    Optional<Step> step() {
        return step;
    }

    /** Whether it runs from what happened elsewhere, and a person has to say when. */
    boolean isStartedByPeople() {
        return this == AUTHORITY_OBJECTS || this == RUN;
    }

    /** Whether what it waits for happens elsewhere, so that a person has to say that it has. */
    boolean isEndedByPeople() {
        return isStartedByPeople() || this == VALIDATE || this == FOLLOW_UP;
    }

    /** Those that a person says have begun. */
    public static ClockName[] startedByPeople() {
        return Arrays.stream(values()).filter(ClockName::isStartedByPeople).toArray(ClockName[]::new);
    }

    /** Those that a person says have ended. */
    public static ClockName[] endedByPeople() {
        return Arrays.stream(values()).filter(ClockName::isEndedByPeople).toArray(ClockName[]::new);
    }

    public String code() {
        return name().replace('_', '-');
    }

    static ClockName parse(String code) {
        return Words.parse(values(), ClockName::code, code);
    }
}
