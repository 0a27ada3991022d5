package io.holdfast.gate;

import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Attempt;
import io.holdfast.audit.HoldChangeBook;
import io.holdfast.audit.HoldProposal;

/** What people are told about a change of holds, whichever way they ask: one sentence for each state and each refusal. */
public final class HoldChangeTexts {

    private HoldChangeTexts() {}

    /** Why an attempt did not count, and what to do. */
    public static String why(Event.HoldChangeBlocked event) {
        Attempt attempt = event.attempt();
        return switch (event.blocked()) {
            case NOT_PERMITTED ->
                attempt == Attempt.PROPOSE || attempt == Attempt.WITHDRAW
                        ? "Only a legal operator or a legal approver, who sends no requests, proposes a change of holds."
                        : "Only a legal approver, who sends no requests and is among those named, has a say in it.";
            case NOT_A_PERSON -> Person.IS_NOBODY;
            case NO_REASON -> "What was given as a reason says nothing; say in words why.";
            case ALREADY_PLACED -> "A hold of this id is in force already: propose its next version.";
            case NO_SUCH_HOLD -> "No hold of this id is in force.";
            case OTHER_VERSION -> "The hold has another version: read it again, and propose on that.";
            case ONLY_TIGHTENS -> "It only stops more, and one person can do that at once: tighten the hold.";
            case NO_EVIDENCE -> "The way out of the hold asks for a document: give its SHA-256 as evidence.";
            case HOLD_TWICE -> "One hold is there twice: say once what is to happen to it.";
            case WRONG_TIMES ->
                "It must be approvable for some time and effective after that, within "
                        + HoldChangeBook.LONGEST.toDays()
                        + " days: approve-by, then effective-by, and effective not after that.";
            case OWN_PROPOSAL -> "You have proposed it, and nobody approves what is their own, whatever their roles.";
            case SAME_PERSON_TWICE ->
                attempt == Attempt.OBJECT
                        ? "Your objection stands already."
                        : "You have approved it already, and one person counts once, in however many roles.";
            case LOCATED_THERE ->
                "You are located in a place that a hold of this is about, and hold no approval for it; somebody else has to.";
            case OBJECTED -> "Somebody objects, and nobody can approve it until they take that back.";
            case TOO_LATE ->
                "Its time is over by the log's own clock, which is never set back: it has to be proposed again.";
            case OTHER_STANDING ->
                "A hold, a key or the rulebook has changed since, so it is suspended: it has to be proposed again.";
            case NOT_YOURS ->
                attempt == Attempt.WITHDRAW
                        ? "Only whoever proposed it withdraws it; somebody else can object."
                        : "Only whoever objects takes the objection back.";
            case ENDED ->
                "It is over, and what was approved of it counts for nothing else: it has to be proposed again.";
            default -> "It is blocked as " + event.blocked() + ".";
        };
    }

    /** How far it has come. */
    public static String state(HoldProposal proposal) {
        return switch (proposal.state()) {
            case WAITING ->
                proposal.missing() == 1
                        ? "One more person has to approve exactly this."
                        : proposal.missing() + " more people have to approve exactly this.";
            case OBJECTED -> "Somebody objects, and nothing happens until they take that back.";
            case SCHEDULED -> "It is approved, and takes effect when its time comes, unless somebody objects.";
            case IN_EFFECT -> "It is in effect.";
            case WITHDRAWN -> "Whoever proposed it has withdrawn it.";
            case EXPIRED -> "Its time is over, and nothing has changed.";
            case SUSPENDED -> "A hold, a key or the rulebook changed after it was proposed, and nothing else has.";
        };
    }
}
