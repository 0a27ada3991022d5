package io.holdfast.audit;

import io.holdfast.legal.Step;
import java.util.Optional;

/**
 * The clocks that run on a request. Each begins with an entry, or with the issue of the paper. A {@link Step} whose beginning
 * no entry says is not here: a question to the issuer, the notification of another authority, the start of taking live data.
 */
public enum ClockName {
    /** From receipt until data is handed over, or the request is refused or returned. */
    ANSWER(Step.ANSWER),
    /** As long as {@link #ANSWER}: whoever objects has to do it before. */
    OBJECT(Step.OBJECT),
    /** From the issue of the paper. */
    VALIDATE(Step.VALIDATE),
    /** From the entry of the delivery. */
    FOLLOW_UP(Step.FOLLOW_UP),
    /** From the last approval, which is the last look of people; before the first one from receipt. */
    REVIEW_SECRECY(Step.REVIEW_SECRECY),
    /** From receipt of an order to keep data that was released: how long the copy is kept. */
    PRESERVATION(null);

    private final Optional<Step> step;

    ClockName(Step step) {
        this.step = Optional.ofNullable(step);
    }

    /** The step of the obligations that it counts; nothing for {@link #PRESERVATION}. */
    Optional<Step> step() {
        return step;
    }

    public String code() {
        return name().replace('_', '-');
    }

    static ClockName parse(String code) {
        return Words.parse(values(), ClockName::code, code);
    }
}
