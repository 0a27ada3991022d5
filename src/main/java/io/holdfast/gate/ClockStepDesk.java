package io.holdfast.gate;

import io.holdfast.audit.CaseClocks;
import io.holdfast.audit.ClockStep;
import io.holdfast.audit.Disclosure;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Standing;
import io.holdfast.vault.CaseKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where people say what happened to the times of the law: a question to the issuer and its answer, an objection, a ground
 * that another authority raises, when it was notified. One person does, since nothing is released by it: as long as an
 * objection or a ground stands nothing leaves, and after it a release takes as many people as before. Every attempt that does
 * not count is recorded.
 */
public final class ClockStepDesk {

    private final Gate gate;

    public ClockStepDesk(Gate gate) {
        this.gate = gate;
    }

    /**
     * @param question what the issuer is asked, sealed under the key of the case; only with a stop for a question
     * @param actor sealed, and in the entry only as a tag of the case. Whoever is located in a place that the request concerns
     *     can start and stop a clock, and not let one go on
     * @return the entry of the step, or {@code clock-step-blocked}; nothing if there is no such request
     */
    public Optional<CompletionStage<Receipt>> take(
            String requestId, ClockStep step, Optional<String> question, Actor actor) {
        return gate.find(requestId)
                .map(found -> gate.ledger()
                        .append(new Saying(found, step, question, actor))
                        .thenApply(receipts -> receipts.get(0)));
    }

    private final class Saying extends CaseAct {

        private final ClockStep step;
        private final Optional<String> question;
        private final Actor actor;

        Saying(Case found, ClockStep step, Optional<String> question, Actor actor) {
            super(gate, found);
            this.step = step;
            this.question = question;
            this.actor = actor;
        }

        @Override
        Draft shredded(Case found, Scribe.Line line, CaseKey key) {
            return line.draft(new Event.ClockStepBlocked(step, Blocked.SHREDDED), sealed(Blocked.SHREDDED), key);
        }

        @Override
        List<Draft> drafts(Case found, Standing standing, Instant at, Scribe.Line line, CaseKey key) {
            Optional<Blocked> why = unfit(found, at);
            return List.of(why.map(it -> line.draft(new Event.ClockStepBlocked(step, it), sealed(it), key))
                    .orElseGet(() -> line.draft(
                            new Event.ClockStepped(step, key.personTag(actor.subject())), sealedWithQuestion(), key)));
        }

        private Optional<Blocked> unfit(Case found, Instant at) {
            if (!actor.mayTellOfClocks()) {
                return Optional.of(Blocked.NOT_PERMITTED);
            }
            if (!actor.isPerson()) {
                return Optional.of(Blocked.NOT_A_PERSON);
            }
            boolean letsGoOn = step instanceof ClockStep.Resumed || step instanceof ClockStep.Ended;
            if (letsGoOn && actor.person().isLocatedWhere(found.event().facts())) {
                return Optional.of(Blocked.LOCATED_THERE);
            }
            return CaseClocks.of(found.entries()).objection(step, at);
        }

        private List<Disclosure> sealed(Blocked why) {
            return why == Blocked.LOCATED_THERE
                    ? actor.person().sealedWithPlace()
                    : actor.person().sealed();
        }

        private List<Disclosure> sealedWithQuestion() {
            List<Disclosure> sealed = new ArrayList<>(actor.person().sealed());
            question.ifPresent(text -> sealed.add(Disclosure.of("question", text)));
            return sealed;
        }
    }
}
