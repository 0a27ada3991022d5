package io.holdfast.gate;

import static io.holdfast.gate.HoldPeople.APPROVER;
import static io.holdfast.gate.HoldPeople.hold;
import static io.holdfast.gate.HoldPeople.lift;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.holdfast.audit.CaseState;
import io.holdfast.audit.EntryKind;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Replay;
import io.holdfast.fixture.SettableClock;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Duty;
import io.holdfast.legal.Missing;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Review;
import io.holdfast.tlog.Hash;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One person stops or narrows; what that person said stays. */
class ReviewDeskTest {

    private static final Review LESS = new Review.Narrowed(Set.of(DataCategory.SUBSCRIBER));
    private static final Review REFUSAL =
            new Review.Refused(List.of(Reason.CONFLICT_OF_LAWS, Reason.PRIVILEGE_OR_PRESS));
    private static final Review RETURN =
            new Review.Returned(List.of(new Missing("TRANSLATION"), new Missing("issued-at")));

    @TempDir
    Path temporary;

    private final SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private WorkingGate work;
    private HoldPeople people;

    @BeforeEach
    void open() {
        work = WorkingGate.open(temporary.resolve("data"), clock);
        people = new HoldPeople(work, clock);
    }

    @AfterEach
    void the_log_replays() {
        work.whole();
        assertEquals(List.of(), Replay.run(work.source(), Progress.NONE).disagreements());
        work.close();
    }

    private Case find(String id) {
        return work.gate.find(id).orElseThrow();
    }

    private static Event last(List<Receipt> receipts) {
        return receipts.get(receipts.size() - 1).stored().entry().event();
    }

    @Test
    void one_person_refuses_at_once_and_the_reasons_say_that_people_did() {
        String id = work.referred();
        work.approve(id, "reviewer-1");

        work.review(id, REFUSAL, "reviewer-2");

        assertEquals(CaseState.REFUSED, find(id).state());
        assertEquals(
                List.of(Reason.REFUSED_BY_PEOPLE, Reason.PRIVILEGE_OR_PRESS, Reason.CONFLICT_OF_LAWS),
                find(id).decision().basis().reasons());
        assertEquals(
                List.of(
                        EntryKind.REQUEST_DECIDED,
                        EntryKind.APPROVAL_GIVEN,
                        EntryKind.REQUEST_REVIEWED,
                        EntryKind.REQUEST_DECIDED),
                work.whole().kindsOn(id));
    }

    @Test
    void an_approval_that_does_not_confirm_what_it_has_to_is_blocked_with_what_is_unanswered() {
        String id = work.referred();
        Hash version = find(id).version();
        assertEquals(Set.of(Duty.CHECK_CONFLICT_OF_LAWS), find(id).toConfirm());

        for (Set<Duty> confirmed : List.of(Set.<Duty>of(), Set.of(Duty.CALL_BACK))) {
            assertEquals(
                    new Event.ApprovalBlocked(Blocked.UNANSWERED, Set.of(Duty.CHECK_CONFLICT_OF_LAWS)),
                    last(work.approve(id, version, "reviewer-1", confirmed)));
        }
        assertEquals(
                Set.of(Duty.CHECK_CONFLICT_OF_LAWS),
                ((Event.ApprovalGiven) last(work.approve(id, version, "reviewer-1"))).confirmed());
        work.approve(id, version, "reviewer-2", Set.of());
        assertEquals(CaseState.REFERRED, find(id).state());
        work.approve(id, version, "reviewer-2", Set.of(Duty.CHECK_CONFLICT_OF_LAWS));
        assertEquals(CaseState.RELEASED, find(id).state());
    }

    @Test
    void a_word_for_nobody_approves_nothing_and_two_of_them_release_nothing() {
        String id = work.referred();
        work.approve(id, "reviewer-1");

        for (String nobody : List.of("", "system", "Admin", "anonymous", " reviewer-1")) {
            assertEquals(new Event.ApprovalBlocked(Blocked.NOT_A_PERSON), last(work.approve(id, nobody)));
        }

        assertEquals(CaseState.REFERRED, find(id).state());
        work.review(id, REFUSAL, "system"); // what only takes away counts, whoever does it
        assertEquals(CaseState.REFUSED, find(id).state());
    }

    @Test
    void one_person_returns_it_with_what_is_missing() {
        String id = work.referred();

        work.review(id, RETURN, "reviewer-1");

        Decision.Returned returned = assertInstanceOf(Decision.Returned.class, find(id).decision());
        assertEquals(List.of("TRANSLATION", "issued-at"), returned.missing());
        assertEquals(List.of(Reason.RETURNED_BY_PEOPLE), returned.basis().reasons());
    }

    @Test
    void what_was_stopped_by_people_is_final_whatever_is_tried() {
        for (Review review : List.of(REFUSAL, RETURN)) {
            String id = work.referred();
            Hash before = find(id).version();
            work.review(id, review, "reviewer-1");
            CaseState state = find(id).state();

            for (Hash version : List.of(before, find(id).version())) {
                assertEquals(
                        new Event.ApprovalBlocked(Blocked.NOT_AWAITING_APPROVAL),
                        last(work.approve(id, version, "reviewer-2")));
                assertEquals(
                        new Event.ReviewBlocked(Review.Verdict.NARROWED, Blocked.NOT_AWAITING_APPROVAL),
                        last(work.review(id, version, LESS, "reviewer-2")));
            }
            assertInstanceOf(Delivery.Result.NotReleased.class, work.deliver(id));
            people.place(hold("users-hk", 1, "HK"));
            people.approve(people.proposed(people.soon(lift("users-hk", 1))), APPROVER);
            new HeldRequests(work.gate)
                    .decideAgain(people.desk().book().lastEffect().orElseThrow());
            assertEquals(state, find(id).state());
        }
    }

    @Test
    void narrowing_makes_a_new_version_that_two_people_have_to_approve_and_nothing_else_is_released() {
        String id = work.referred();
        Hash before = find(id).version();
        work.approve(id, "reviewer-1");

        work.review(id, LESS, "reviewer-3");

        assertEquals(Set.of(DataCategory.SUBSCRIBER), find(id).decision().granted());
        assertEquals(
                Map.of(DataCategory.CONTENT, Reason.WITHHELD_BY_PEOPLE),
                ((Decision.Referred) find(id).decision()).scope().withheld());
        assertEquals(new Event.ApprovalBlocked(Blocked.OTHER_VERSION), last(work.approve(id, before, "reviewer-2")));
        work.approve(id, "reviewer-1");
        assertEquals(CaseState.REFERRED, find(id).state());
        work.approve(id, "reviewer-2");
        assertEquals(CaseState.RELEASED, find(id).state());
        assertInstanceOf(Delivery.Result.Packed.class, work.deliver(id));
        assertEquals(
                Set.of(DataCategory.SUBSCRIBER),
                find(id).entries().stream()
                        .map(stored -> stored.entry().event())
                        .filter(Event.Delivered.class::isInstance)
                        .map(event -> ((Event.Delivered) event).categories())
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void a_narrowed_scope_stays_narrow_through_a_hold_and_its_lift() {
        String id = work.referred();
        work.review(id, LESS, "reviewer-1");
        work.approve(id, "reviewer-1");
        people.place(hold("users-hk", 1, "HK"));
        work.approve(id, "reviewer-2");
        assertEquals(CaseState.HELD, find(id).state());
        people.approve(people.proposed(people.soon(lift("users-hk", 1))), APPROVER);

        new HeldRequests(work.gate)
                .decideAgain(people.desk().book().lastEffect().orElseThrow());

        assertEquals(CaseState.REFERRED, find(id).state());
        assertEquals(Set.of(DataCategory.SUBSCRIBER), find(id).decision().granted());
    }

    @Test
    void a_hold_that_stands_by_then_is_obeyed_by_a_narrowing_too() {
        String id = work.referred();
        people.place(hold("users-hk", 1, "HK"));

        work.review(id, LESS, "reviewer-1");

        assertEquals(CaseState.HELD, find(id).state());
    }

    @Test
    void what_narrows_nothing_or_is_of_another_version_is_blocked_and_recorded() {
        String id = work.referred();
        for (Set<DataCategory> kept : List.of(
                Set.of(DataCategory.SUBSCRIBER, DataCategory.CONTENT),
                Set.of(DataCategory.TRAFFIC),
                Set.of(DataCategory.SUBSCRIBER, DataCategory.TRAFFIC))) {
            assertEquals(
                    new Event.ReviewBlocked(Review.Verdict.NARROWED, Blocked.NOT_NARROWER),
                    last(work.review(id, new Review.Narrowed(kept), "reviewer-1")));
        }
        assertEquals(
                new Event.ReviewBlocked(Review.Verdict.REFUSED, Blocked.OTHER_VERSION),
                last(work.review(id, Hash.ofNothing(), REFUSAL, "reviewer-1")));
        assertEquals(CaseState.REFERRED, find(id).state());
    }
}
