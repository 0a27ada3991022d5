package io.holdfast.legal;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a grant asks of the platform. Obligations never decide whether a grant applies.
 *
 * @param approvals how many different people must approve the exact version
 * @param answerWithin the time to answer, from receipt
 */
public record Obligations(int approvals, Notice notice, Optional<Duration> answerWithin, Set<Duty> duties) {

    public static final Obligations NONE = new Obligations(0, Notice.BEFORE, Optional.empty(), Set.of());

    public Obligations {
        duties = duties.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(duties));
    }

    /** Both sets of obligations at once: the more demanding of each. */
    public Obligations and(Obligations other) {
        Set<Duty> all = EnumSet.noneOf(Duty.class);
        all.addAll(duties);
        all.addAll(other.duties);
        return new Obligations(
                Math.max(approvals, other.approvals),
                notice.compareTo(other.notice) >= 0 ? notice : other.notice,
                answerWithin.isEmpty()
                        ? other.answerWithin
                        : other.answerWithin
                                .filter(d -> d.compareTo(answerWithin.get()) < 0)
                                .or(() -> answerWithin),
                all);
    }
}
