package io.holdfast.audit;

import io.holdfast.legal.Outcome;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Where a case stands, and the one table of how it gets from one place to the next. A gateway takes no step that is not in the
 * table, and replay reports each entry that is none: both ask {@link #after}. The table is printed in
 * {@code docs/reference/case-states.md}.
 */
public enum CaseState {
    UNDECIDED("No entry on it stands in the log yet."),
    HELD("A hold covers it. It is kept, and nothing is done with it."),
    REFUSED("It will not be carried out. The sender can hand in another request."),
    RETURNED("The sender can mend it, and hand it in again as another request."),
    REFERRED("It meets the rules, and people have to look."),
    REVIEWED("A person has stopped or narrowed it. The decision that says so follows in the same write."),
    RELEASED("What the decision grants may be read for it, and nothing was read yet."),
    ACCESSED("The store is being read for it."),
    OPENED("Data was let through under a grant. More grants can be asked for."),
    PACKAGED("What was read is at hand for the sender, and nothing was handed over yet."),
    DELIVERED("What was read was handed over. While the package is there, it can be again."),
    PRESERVED("The store keeps a copy for it. Nothing was handed over."),
    OVER("The copy must not be kept any more, and the store has not said yet that it is gone."),
    DROPPED("The copy is not kept any more."),
    SHREDDED("What it had sealed is destroyed.");

    private final String sentence;

    CaseState(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }

    /** Whether people may still look at it or collect what was released. */
    public boolean isInFlight() {
        return this == REFERRED
                || this == REVIEWED
                || this == RELEASED
                || this == ACCESSED
                || this == OPENED
                || this == PACKAGED
                || isKept();
    }

    /** Whether the store keeps a copy for it, or may. */
    public boolean isKept() {
        return this == PRESERVED || this == OVER;
    }

    /** Something that an entry does to a case. */
    public enum Step {
        DECIDED_HELD,
        DECIDED_REFUSED,
        DECIDED_RETURNED,
        DECIDED_REFERRED,
        DECIDED_RELEASED,
        APPROVAL_GIVEN,
        APPROVAL_BLOCKED,
        REQUEST_REVIEWED,
        REVIEW_BLOCKED,
        ACCESSED,
        LET_THROUGH,
        GRANT_ISSUED,
        GRANT_BLOCKED,
        PASSED,
        PACKAGE_MADE,
        DELIVERED,
        DELIVERED_AGAIN,
        DELIVERY_FAILED,
        PACKAGE_RECEIVED,
        PACKAGE_DELETED,
        CLAIM_OPENED,
        CLAIM_OPENING_BLOCKED,
        ERASURE_PROPOSED,
        CASE_SHREDDED,
        ERASURE_BLOCKED,
        CLOCK_WARNED,
        CLOCK_BREACHED,
        CLOCK_STARTED,
        CLOCK_STOPPED,
        CLOCK_RESUMED,
        CLOCK_ENDED,
        CLOCK_STEP_BLOCKED,
        PRESERVED,
        PRESERVATION_FAILED,
        PRESERVATION_EXTENDED,
        PRESERVATION_LINKED,
        PRESERVATION_ENDED,
        COPY_DROPPED,
        PRESERVATION_BLOCKED,
        NOTICE_DUE,
        NOTICE_GIVEN,
        NOTICE_DEFERRAL_PROPOSED,
        NOTICE_DEFERRED,
        NOTICE_DEFERRAL_LIFTED,
        NOTICE_BLOCKED;

        /** @return nothing if such an entry is not about a case */
        public static Optional<Step> of(Event event) {
            return switch (event.kind()) {
                case REQUEST_DECIDED ->
                    Optional.of(
                            decided(((Event.RequestDecided) event).decision().outcome()));
                case APPROVAL_GIVEN -> Optional.of(APPROVAL_GIVEN);
                case APPROVAL_BLOCKED -> Optional.of(APPROVAL_BLOCKED);
                case REQUEST_REVIEWED -> Optional.of(REQUEST_REVIEWED);
                case REVIEW_BLOCKED -> Optional.of(REVIEW_BLOCKED);
                case ACCESSED -> Optional.of(((Event.Accessed) event).through().isPresent() ? LET_THROUGH : ACCESSED);
                case GRANT_ISSUED -> Optional.of(GRANT_ISSUED);
                case GRANT_BLOCKED -> Optional.of(GRANT_BLOCKED);
                case PASSED -> Optional.of(PASSED);
                case PACKAGE_MADE -> Optional.of(PACKAGE_MADE);
                case DELIVERED -> Optional.of(DELIVERED);
                case DELIVERED_AGAIN -> Optional.of(DELIVERED_AGAIN);
                case DELIVERY_FAILED -> Optional.of(DELIVERY_FAILED);
                case PACKAGE_RECEIVED -> Optional.of(PACKAGE_RECEIVED);
                case PACKAGE_DELETED -> Optional.of(PACKAGE_DELETED);
                case CLAIM_OPENED -> Optional.of(CLAIM_OPENED);
                case CLAIM_OPENING_BLOCKED -> Optional.of(CLAIM_OPENING_BLOCKED);
                case ERASURE_PROPOSED -> Optional.of(ERASURE_PROPOSED);
                case CASE_SHREDDED -> Optional.of(CASE_SHREDDED);
                case ERASURE_BLOCKED -> Optional.of(ERASURE_BLOCKED);
                case CLOCK_WARNED -> Optional.of(CLOCK_WARNED);
                case CLOCK_BREACHED -> Optional.of(CLOCK_BREACHED);
                case CLOCK_STARTED -> Optional.of(CLOCK_STARTED);
                case CLOCK_STOPPED -> Optional.of(CLOCK_STOPPED);
                case CLOCK_RESUMED -> Optional.of(CLOCK_RESUMED);
                case CLOCK_ENDED -> Optional.of(CLOCK_ENDED);
                case CLOCK_STEP_BLOCKED -> Optional.of(CLOCK_STEP_BLOCKED);
                case PRESERVED -> Optional.of(PRESERVED);
                case PRESERVATION_FAILED -> Optional.of(PRESERVATION_FAILED);
                case PRESERVATION_EXTENDED -> Optional.of(PRESERVATION_EXTENDED);
                case PRESERVATION_LINKED -> Optional.of(PRESERVATION_LINKED);
                case PRESERVATION_ENDED -> Optional.of(PRESERVATION_ENDED);
                case COPY_DROPPED -> Optional.of(COPY_DROPPED);
                case PRESERVATION_BLOCKED -> Optional.of(PRESERVATION_BLOCKED);
                case NOTICE_DUE -> Optional.of(NOTICE_DUE);
                case NOTICE_GIVEN -> Optional.of(NOTICE_GIVEN);
                case NOTICE_DEFERRAL_PROPOSED -> Optional.of(NOTICE_DEFERRAL_PROPOSED);
                case NOTICE_DEFERRED -> Optional.of(NOTICE_DEFERRED);
                case NOTICE_DEFERRAL_LIFTED -> Optional.of(NOTICE_DEFERRAL_LIFTED);
                case NOTICE_BLOCKED -> Optional.of(NOTICE_BLOCKED);
                case GENESIS,
                        HOLD_PLACED,
                        HOLD_TIGHTENED,
                        HOLD_CHANGE_BLOCKED,
                        HOLD_CHANGE_PROPOSED,
                        HOLD_CHANGE_APPROVED,
                        HOLD_CHANGE_OBJECTED,
                        HOLD_OBJECTION_WITHDRAWN,
                        HOLD_CHANGE_WITHDRAWN,
                        HOLD_CHANGE_ENDED,
                        HOLDS_CHANGED,
                        PSEUDONYM_LOOKED_UP,
                        PSEUDONYM_LOOK_UP_BLOCKED,
                        REPORT_PROPOSED,
                        REPORT_PUBLISHED,
                        REPORT_BLOCKED,
                        RULEBOOK_PROPOSED,
                        RULEBOOK_ACTIVATED,
                        RULEBOOK_BLOCKED,
                        KEY_ADDED,
                        KEY_RETIRED,
                        CHECKPOINT_TIMESTAMPED -> Optional.empty();
            };
        }

        private static Step decided(Outcome outcome) {
            return switch (outcome) {
                case HELD -> DECIDED_HELD;
                case REFUSED -> DECIDED_REFUSED;
                case RETURNED -> DECIDED_RETURNED;
                case REFERRED -> DECIDED_REFERRED;
                case RELEASED -> DECIDED_RELEASED;
            };
        }

        /** As the reference writes it: the kind of the entry, and of a decision its outcome. */
        public String text() {
            if (this == LET_THROUGH) {
                return EntryKind.ACCESSED.code() + " through";
            }
            String name = name();
            return name.startsWith("DECIDED_")
                    ? EntryKind.REQUEST_DECIDED.code() + " " + name.substring("DECIDED_".length())
                    : EntryKind.valueOf(name).code();
        }
    }

    /** What must be so for a step, as far as the entries on the case alone can tell. */
    public enum Condition {
        NONE(""),
        AS_REVIEWED("within what people said of it before, if they did"),
        OF_THE_VERSION("it names exactly the version that stands, and narrows it or stops it"),
        NOBODY_NEEDED("sender and document are verified, and what is granted takes no approval"),
        APPROVED(
                "sender and document are verified, as many different people as it takes have approved exactly the version"
                        + " that stands, and it grants no more than that"),
        STILL_APPROVED("as it was released, and it grants no more than that"),
        SAME_AS_READ(
                "within what was read, what was read is still released, nobody objects, and nobody has to be told first"),
        WITHIN_RELEASE(
                "within what is released now, before anything could have changed that, once the person concerned was told if"
                        + " they are told before, and nobody objects"),
        UNDER_GRANT(
                "within a grant that was issued on it, is not over and was not used, and within what is released now, before"
                        + " anything could have changed that, and nobody objects or has to be told first"),
        OF_PASSAGE("it answers what was let through by the gateway's own proxy, or handed over, once"),
        AS_PACKAGED(
                "it answers the package that is there, whose time and count are not over, what is in it is still released, nobody"
                        + " objects, and nobody has to be told first"),
        OF_PACKAGE("it answers the package that is there"),
        OTHER_READING("another reading of it is not over"),
        LAST_READING("no other reading of it is open"),
        AS_KEPT("as long as the law has it for the copy, and production or the sender's word where it needs them"),
        STILL_RELEASED("the law has an extension, it is asked for in time, once, and the request is released now"),
        AS_CLOCKS("the times that the latest decision asks for have such a clock, and it is not said twice"),
        SECOND_PERSON("another person has proposed it, for the same reason, within the last 30 days"),
        NOTICE_STANDS("what stands of telling the person concerned lets it be");

        private final String sentence;

        Condition(String sentence) {
            this.sentence = sentence;
        }

        public String sentence() {
            return sentence;
        }
    }

    /** One row of the table. */
    public record Transition(CaseState from, Step step, Condition condition, CaseState to) {}

    private static final Set<CaseState> ALL = EnumSet.complementOf(EnumSet.of(UNDECIDED, REVIEWED));
    private static final Set<CaseState> BEFORE_SHREDDING =
            EnumSet.complementOf(EnumSet.of(UNDECIDED, REVIEWED, SHREDDED));

    /** What a shredding can be proposed for: nobody waits for it any more. */
    private static final Set<CaseState> AT_REST = EnumSet.of(HELD, REFUSED, RETURNED, DELIVERED, DROPPED);

    /** Where a time of the law can run. */
    private static final Set<CaseState> COUNTED =
            EnumSet.of(HELD, REFERRED, RELEASED, ACCESSED, OPENED, PACKAGED, DELIVERED, PRESERVED);

    /** Where the person concerned may have to be told. */
    private static final Set<CaseState> NOTIFIED = EnumSet.of(RELEASED, ACCESSED, OPENED, PACKAGED, DELIVERED);

    private static final List<Transition> TABLE = table();

    private static List<Transition> table() {
        Table table = new Table();
        // A refusal and a return are final, and so is a delivery: nothing is ever decided on them again, but that what
        // was
        // handed over is still released when it is handed over again.
        for (CaseState from : EnumSet.of(UNDECIDED, HELD, REFERRED, REVIEWED, RELEASED, ACCESSED, OPENED, PACKAGED)) {
            table.add(from, Step.DECIDED_HELD, Condition.AS_REVIEWED, HELD);
            table.add(from, Step.DECIDED_REFUSED, Condition.AS_REVIEWED, REFUSED);
            table.add(from, Step.DECIDED_RETURNED, Condition.AS_REVIEWED, RETURNED);
            table.add(from, Step.DECIDED_REFERRED, Condition.AS_REVIEWED, REFERRED);
        }
        table.add(REFERRED, Step.REQUEST_REVIEWED, Condition.OF_THE_VERSION, REVIEWED);
        table.add(UNDECIDED, Step.DECIDED_RELEASED, Condition.NOBODY_NEEDED, RELEASED);
        table.add(HELD, Step.DECIDED_RELEASED, Condition.NOBODY_NEEDED, RELEASED);
        table.add(REVIEWED, Step.DECIDED_RELEASED, Condition.NOBODY_NEEDED, RELEASED);
        table.add(REFERRED, Step.DECIDED_RELEASED, Condition.APPROVED, RELEASED);
        table.add(REFERRED, Step.DECIDED_RELEASED, Condition.NOBODY_NEEDED, RELEASED);
        table.add(RELEASED, Step.DECIDED_RELEASED, Condition.STILL_APPROVED, RELEASED);
        table.add(RELEASED, Step.DECIDED_RELEASED, Condition.NOBODY_NEEDED, RELEASED);
        for (CaseState from : EnumSet.of(ACCESSED, OPENED, PACKAGED, DELIVERED)) {
            table.add(from, Step.DECIDED_RELEASED, Condition.STILL_APPROVED, from);
            table.add(from, Step.DECIDED_RELEASED, Condition.NOBODY_NEEDED, from);
        }
        table.add(REFERRED, Step.APPROVAL_GIVEN, Condition.NONE, REFERRED);
        table.add(RELEASED, Step.ACCESSED, Condition.WITHIN_RELEASE, ACCESSED);
        table.add(ACCESSED, Step.ACCESSED, Condition.WITHIN_RELEASE, ACCESSED);
        // What is served under grants is not delivered besides, and the other way round: so nothing is handed over
        // twice.
        for (CaseState from : EnumSet.of(RELEASED, OPENED)) {
            table.add(from, Step.GRANT_ISSUED, Condition.WITHIN_RELEASE, from);
            table.add(from, Step.LET_THROUGH, Condition.UNDER_GRANT, OPENED);
        }
        // What has left is said wherever the case went meanwhile.
        ALL.forEach(from -> table.add(from, Step.PASSED, Condition.OF_PASSAGE, from));
        table.add(ACCESSED, Step.PACKAGE_MADE, Condition.SAME_AS_READ, PACKAGED);
        table.add(PACKAGED, Step.DELIVERED, Condition.AS_PACKAGED, DELIVERED);
        table.add(DELIVERED, Step.DELIVERED_AGAIN, Condition.AS_PACKAGED, DELIVERED);
        table.add(DELIVERED, Step.PACKAGE_RECEIVED, Condition.OF_PACKAGE, DELIVERED);
        // It is deleted wherever the case went meanwhile. What was never handed over can be read again.
        ALL.forEach(from ->
                table.add(from, Step.PACKAGE_DELETED, Condition.OF_PACKAGE, from == PACKAGED ? RELEASED : from));
        table.add(ACCESSED, Step.DELIVERY_FAILED, Condition.OTHER_READING, ACCESSED);
        table.add(ACCESSED, Step.DELIVERY_FAILED, Condition.LAST_READING, RELEASED);
        table.stay(EnumSet.complementOf(EnumSet.of(UNDECIDED, REVIEWED, ACCESSED)), Step.DELIVERY_FAILED);
        table.add(ACCESSED, Step.PRESERVED, Condition.SAME_AS_READ, PRESERVED);
        table.add(ACCESSED, Step.PRESERVATION_FAILED, Condition.OTHER_READING, ACCESSED);
        table.add(ACCESSED, Step.PRESERVATION_FAILED, Condition.LAST_READING, RELEASED);
        table.stay(EnumSet.complementOf(EnumSet.of(UNDECIDED, REVIEWED, ACCESSED)), Step.PRESERVATION_FAILED);
        // A hold that comes later takes no copy away; it lets nothing be extended.
        table.add(PRESERVED, Step.DECIDED_RELEASED, Condition.STILL_APPROVED, PRESERVED);
        table.add(PRESERVED, Step.DECIDED_RELEASED, Condition.NOBODY_NEEDED, PRESERVED);
        table.add(PRESERVED, Step.PRESERVATION_EXTENDED, Condition.STILL_RELEASED, PRESERVED);
        table.add(PRESERVED, Step.PRESERVATION_LINKED, Condition.AS_KEPT, PRESERVED);
        table.add(PRESERVED, Step.PRESERVATION_ENDED, Condition.AS_KEPT, OVER);
        table.add(OVER, Step.COPY_DROPPED, Condition.NONE, DROPPED);
        table.stay(AT_REST, Step.ERASURE_PROPOSED);
        AT_REST.forEach(from -> table.add(from, Step.CASE_SHREDDED, Condition.SECOND_PERSON, SHREDDED));
        table.stay(BEFORE_SHREDDING, Step.CLAIM_OPENED);
        // A time that passes moves nothing: it tells people. Which clocks run is a matter of their own (CaseClocks).
        table.stay(BEFORE_SHREDDING, Step.CLOCK_WARNED);
        table.stay(BEFORE_SHREDDING, Step.CLOCK_BREACHED);
        for (Step said : List.of(Step.CLOCK_STARTED, Step.CLOCK_STOPPED, Step.CLOCK_RESUMED, Step.CLOCK_ENDED)) {
            COUNTED.forEach(state -> table.add(state, said, Condition.AS_CLOCKS, state));
        }
        // What stands of telling the person concerned is a matter of its own too (CaseNotice).
        // Nobody is told of a case that waits for people, or that a hold covers.
        for (Step step : List.of(Step.NOTICE_DUE, Step.NOTICE_GIVEN)) {
            NOTIFIED.forEach(from -> table.add(from, step, Condition.NOTICE_STANDS, from));
        }
        for (Step step : List.of(Step.NOTICE_DEFERRAL_PROPOSED, Step.NOTICE_DEFERRED, Step.NOTICE_DEFERRAL_LIFTED)) {
            table.add(REFERRED, step, Condition.NOTICE_STANDS, REFERRED);
            NOTIFIED.forEach(from -> table.add(from, step, Condition.NOTICE_STANDS, from));
        }
        for (Step blocked : List.of(
                Step.APPROVAL_BLOCKED,
                Step.REVIEW_BLOCKED,
                Step.GRANT_BLOCKED,
                Step.CLAIM_OPENING_BLOCKED,
                Step.ERASURE_BLOCKED,
                Step.CLOCK_STEP_BLOCKED,
                Step.PRESERVATION_BLOCKED,
                Step.NOTICE_BLOCKED)) {
            table.stay(ALL, blocked);
        }
        return List.copyOf(table.rows);
    }

    private static final class Table {
        final List<Transition> rows = new ArrayList<>();

        void add(CaseState from, Step step, Condition condition, CaseState to) {
            rows.add(new Transition(from, step, condition, to));
        }

        void stay(Set<CaseState> states, Step step) {
            states.forEach(state -> add(state, step, Condition.NONE, state));
        }
    }

    /** Every step that there is. */
    public static List<Transition> transitions() {
        return TABLE;
    }

    /** Where this step leads; nothing if a case that stands here cannot take it. */
    Optional<CaseState> after(Step step, Predicate<Condition> isMet) {
        for (Transition one : TABLE) {
            if (one.from() == this && one.step() == step && isMet.test(one.condition())) {
                return Optional.of(one.to());
            }
        }
        return Optional.empty();
    }
}
