package io.holdfast.legal;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a grant asks of the platform. Obligations never decide whether a grant applies.
 *
 * @param approvals how many different people must approve the exact version
 * @param clocks at most one for each step, in the order of the steps
 * @param preservation for orders to keep data
 * @param unencrypted whether what is given may be handed over in clear to an authority that has enrolled no certificate; else it is
 *     not handed over at all
 */
public record Obligations(
        int approvals,
        Notice notice,
        List<Deadline> clocks,
        Optional<Preservation> preservation,
        Set<Duty> duties,
        boolean unencrypted) {

    public static final Obligations NONE = new Obligations(0, Notice.BEFORE, List.of(), Optional.empty(), Set.of());

    /** A prohibition without an end lapses unnoticed, so people look again. The law names no time; this one is ours. */
    private static final Deadline SECRECY =
            new Deadline(Step.REVIEW_SECRECY, Duration.ofDays(180), Set.of(), Optional.empty());

    public Obligations {
        clocks = List.copyOf(clocks);
        duties = duties.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(duties));
        for (int i = 1; i < clocks.size(); i++) {
            if (clocks.get(i - 1).step().compareTo(clocks.get(i).step()) >= 0) {
                throw new IllegalArgumentException("clocks: one for each step, in their order");
            }
        }
    }

    /** Encrypted, as it is unless the law says otherwise. */
    public Obligations(
            int approvals,
            Notice notice,
            List<Deadline> clocks,
            Optional<Preservation> preservation,
            Set<Duty> duties) {
        this(approvals, notice, clocks, preservation, duties, false);
    }

    public Optional<Deadline> clock(Step step) {
        for (Deadline clock : clocks) {
            if (clock.step() == step) {
                return Optional.of(clock);
            }
        }
        return Optional.empty();
    }

    /** What each of those who approve has to confirm, in the order of the duties. */
    public Set<Duty> toConfirm() {
        Set<Duty> asked = EnumSet.noneOf(Duty.class);
        duties.stream().filter(Duty::isForApprovers).forEach(asked::add);
        return asked;
    }

    /** The time to answer, from receipt. */
    public Optional<Duration> answerWithin() {
        return clock(Step.ANSWER).map(Deadline::within);
    }

    /** Both sets of obligations at once: the more demanding of each. */
    public Obligations and(Obligations other) {
        if (this == other || equals(other)) { // one grant that reaches several categories
            return this;
        }
        Set<Duty> all = EnumSet.noneOf(Duty.class);
        all.addAll(duties);
        all.addAll(other.duties);
        return new Obligations(
                Math.max(approvals, other.approvals),
                notice.compareTo(other.notice) >= 0 ? notice : other.notice,
                merged(clocks, other.clocks),
                preservation.isEmpty()
                        ? other.preservation
                        : other.preservation.map(preservation.get()::and).or(() -> preservation),
                all,
                unencrypted && other.unencrypted);
    }

    private static List<Deadline> merged(List<Deadline> some, List<Deadline> others) {
        Map<Step, Deadline> all = new EnumMap<>(Step.class);
        some.forEach(clock -> all.put(clock.step(), clock));
        others.forEach(clock -> all.merge(clock.step(), clock, Deadline::and));
        return List.copyOf(all.values());
    }

    /** The same, with this many approvals at least. */
    public Obligations atLeast(int people) {
        return people <= approvals ? this : new Obligations(people, notice, clocks, preservation, duties, unencrypted);
    }

    /** What is left of telling the person concerned under an order that may forbid it. */
    public Obligations under(NonDisclosure order) {
        boolean isGag = order != NonDisclosure.NONE && (notice == Notice.BEFORE || notice == Notice.AFTER);
        Notice left = isGag ? Notice.PROHIBITED : notice;
        boolean isEndless = order == NonDisclosure.INDEFINITE && left == Notice.PROHIBITED;
        return isGag || isEndless
                ? new Obligations(
                        approvals,
                        left,
                        isEndless ? merged(clocks, List.of(SECRECY)) : clocks,
                        preservation,
                        duties,
                        unencrypted)
                : this;
    }
}
