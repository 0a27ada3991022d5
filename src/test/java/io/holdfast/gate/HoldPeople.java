package io.holdfast.gate;

import io.holdfast.audit.Event;
import io.holdfast.audit.HoldChange;
import io.holdfast.audit.HoldProposal;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.RecordedHold;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Exit;
import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldException;
import io.holdfast.legal.Instrument;
import io.holdfast.legal.Intake;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Match;
import io.holdfast.legal.Mode;
import io.holdfast.tlog.Hash;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** People at a hold desk: who they are, what they want, and what the log says of it. */
final class HoldPeople {

    static final Actor OPERATOR = new Actor("operator-1", Set.of(Role.LEGAL_OPERATOR));
    static final Actor APPROVER = new Actor("approver-1", Set.of(Role.LEGAL_APPROVER));
    static final Actor SECOND = new Actor("approver-2", Set.of(Role.LEGAL_APPROVER));
    static final String REASON = "The review has ended, see the minutes.";
    static final Optional<Hash> NO_EVIDENCE = Optional.empty();

    private final WorkingGate work;
    private final HoldDesk desk;
    private final Clock clock;

    HoldPeople(WorkingGate work, PeopleRule rule, Clock clock) {
        this.work = work;
        this.desk = new HoldDesk(work.gate, rule);
        this.clock = clock;
    }

    HoldPeople(WorkingGate work, Clock clock) {
        this(work, PeopleRule.TWO, clock);
    }

    HoldChangeDesk desk() {
        return desk.changes();
    }

    /** Everything about users in one place is paused, with this way out. */
    static Hold hold(String id, int version, String place, Exit exit, String... exceptions) {
        return new Hold(
                id,
                version,
                "A hold of a test",
                Mode.PAUSE,
                new Match(Map.of(Dimension.USER_JURISDICTION, Set.of(Jurisdiction.of(place)))),
                Instant.parse("2026-01-01T00:00:00Z"),
                Optional.of(Instant.parse("2027-06-30T00:00:00Z")),
                Intake.QUEUE,
                true,
                exit,
                List.of(exceptions).stream()
                        .map(name -> new HoldException(
                                name,
                                "a test",
                                new Match(Map.of(Dimension.INSTRUMENT, Set.of(new Instrument("US-SW"))))))
                        .toList(),
                List.of(),
                Map.of("en", "We have paused."));
    }

    static Hold hold(String id, int version, String place, String... exceptions) {
        return hold(id, version, place, new Exit.InternalReview("legal"), exceptions);
    }

    void place(Hold hold) {
        desk.place(hold, "operator-1", REASON).toCompletableFuture().join();
    }

    /** As soon as it is approved, within a week. */
    WantedChange soon(HoldChange... changes) {
        return at(Optional.empty(), changes);
    }

    /** Not before an instant, within two weeks. */
    WantedChange at(Optional<Instant> effective, HoldChange... changes) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return new WantedChange(
                List.of(changes), List.of(), now.plus(Duration.ofDays(7)), effective, now.plus(Duration.ofDays(14)));
    }

    static HoldChange lift(String id, int version) {
        return new HoldChange.Lift(id, version, NO_EVIDENCE);
    }

    static HoldChange replace(Hold next) {
        return new HoldChange.Replace(RecordedHold.of(next), NO_EVIDENCE);
    }

    /** What came of it, all entries that were written. */
    List<Event> propose(WantedChange wanted, Actor actor, String reason) {
        return events(desk().propose(wanted, actor, reason));
    }

    /** @return the leaf hash of a proposal that was not blocked */
    Hash proposed(WantedChange wanted) {
        Receipt receipt = desk().propose(wanted, OPERATOR, REASON)
                .toCompletableFuture()
                .join()
                .get(0);
        if (receipt.stored().entry().event() instanceof Event.HoldChangeProposed) {
            return receipt.stored().entry().leaf().hash();
        }
        throw new AssertionError(receipt.stored().entry().event());
    }

    List<Event> approve(Hash proposal, Actor actor) {
        return events(desk().approve(proposal, actor).orElseThrow());
    }

    List<Event> object(Hash proposal, Actor actor) {
        return events(desk().object(proposal, actor, "The report is not the one that was asked for.")
                .orElseThrow());
    }

    List<Event> withdrawObjection(Hash proposal, Actor actor) {
        return events(desk().withdrawObjection(proposal, actor).orElseThrow());
    }

    List<Event> withdraw(Hash proposal, Actor actor) {
        return events(desk().withdraw(proposal, actor).orElseThrow());
    }

    HoldProposal.State state(Hash proposal) {
        return desk().book().find(proposal).orElseThrow().state();
    }

    boolean stands(String hold) {
        return work.log.ledger().standing().hold(hold).isPresent();
    }

    static List<Event> events(CompletionStage<List<Receipt>> receipts) {
        return receipts.toCompletableFuture().join().stream()
                .map(receipt -> receipt.stored().entry().event())
                .toList();
    }
}
