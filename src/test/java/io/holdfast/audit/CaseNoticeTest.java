package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.NoticeEvent.Why;
import io.holdfast.audit.NoticeStanding.State;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.ErasureReason;
import io.holdfast.legal.Facts;
import io.holdfast.legal.NonDisclosure;
import io.holdfast.legal.Notice;
import io.holdfast.legal.NoticeGround;
import io.holdfast.legal.NoticeMeans;
import io.holdfast.legal.Obligations;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Scope;
import io.holdfast.tlog.Hash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When the person concerned is to be told, what forbids it, and what a log says that should not. */
class CaseNoticeTest {

    private static final String REQUEST = "request";
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HALF_A_YEAR = Duration.ofDays(180);

    private final TestLog log = TestLog.started();

    private static Decision.Basis basis() {
        return new Decision.Basis(
                List.of(Reason.values()[0]),
                List.of(),
                List.of(),
                List.of(),
                TestLog.rulebookDigest(),
                1,
                Optional.empty());
    }

    private static Obligations asks(Notice notice) {
        return new Obligations(0, notice, List.of(), Optional.empty(), Set.of());
    }

    private static Decision released(Notice notice) {
        return new Decision.Released(basis(), new Scope(Set.of(DataCategory.SUBSCRIBER), Map.of()), asks(notice));
    }

    private static Decision referred(Notice notice) {
        return new Decision.Referred(basis(), new Scope(Set.of(DataCategory.SUBSCRIBER), Map.of()), asks(notice));
    }

    private static Facts facts(NonDisclosure order) {
        return SomeFacts.usWarrant().with(Dimension.NON_DISCLOSURE, Set.of(order));
    }

    private Instant decided(Decision decision, NonDisclosure order) {
        return at(log.add(REQUEST, TestLog.decided(facts(order), decision)));
    }

    private Instant decided(Decision decision) {
        return decided(decision, NonDisclosure.NONE);
    }

    private Instant at(long index) {
        return log.entries().get((int) index).entry().envelope().at();
    }

    private Instant add(Event event) {
        return at(log.add(REQUEST, event));
    }

    private static NoticeDeferral risk(Instant until) {
        return new NoticeDeferral(NoticeGround.RISK_TO_LIFE, Optional.of(until), until, Optional.empty());
    }

    private static NoticeDeferral order(Optional<Instant> until, Instant review) {
        return new NoticeDeferral(NoticeGround.ORDER, until, review, Optional.of(Hash.ofNothing()));
    }

    private CaseNotice notice() {
        return CaseNotice.of(log.entries().stream()
                .filter(stored -> stored.entry().envelope().subject().equals(REQUEST))
                .toList());
    }

    private void assertDue(Why why, Instant since, Instant now) {
        NoticeStanding standing = notice().at(now);
        assertEquals(State.DUE, standing.state());
        assertEquals(Optional.of(new NoticeEvent.Due(why, since)), standing.due());
    }

    private State state(Instant now) {
        return notice().at(now).state();
    }

    @Test
    void what_is_told_before_is_due_with_the_release_and_holds_the_data_back_until_it_is_given() {
        decided(referred(Notice.BEFORE));
        assertEquals(State.NOT_YET, state(TestLog.START.plus(DAY)));
        Instant release = decided(released(Notice.BEFORE));
        assertDue(Why.BEFORE, release, release);
        assertTrue(notice().holdsBack(release));

        add(new NoticeEvent.Given(NoticeMeans.EMAIL, release, "a"));

        assertEquals(State.GIVEN, state(release));
        assertFalse(notice().holdsBack(release.plus(DAY)));
        assertFalse(notice().isOpen());
    }

    @Test
    void what_is_told_after_is_due_with_the_delivery_and_holds_nothing_back() {
        Instant release = decided(released(Notice.AFTER));
        assertEquals(State.NOT_YET, state(release));
        assertFalse(notice().holdsBack(release));
        assertEquals(Optional.of(Blocked.TOO_EARLY), notice().giving(release));

        Instant delivery = add(new Event.Delivered(Set.of(DataCategory.SUBSCRIBER), 1, 1, Hash.ofNothing()));

        assertDue(Why.AFTER, delivery, delivery);
    }

    @ParameterizedTest
    @EnumSource(
            value = Notice.class,
            names = {"NOT_REQUIRED", "ISSUER_NOTIFIES"})
    void of_what_is_not_ours_to_tell_nothing_is_ever_due(Notice notice) {
        Instant release = decided(released(notice), NonDisclosure.INDEFINITE);
        add(new Event.Delivered(Set.of(DataCategory.SUBSCRIBER), 1, 1, Hash.ofNothing()));
        Instant late = release.plus(HALF_A_YEAR).plus(HALF_A_YEAR);

        assertEquals(Optional.empty(), notice().dueAt(late));
        assertEquals(Optional.empty(), notice().nextAt(release));
        assertTrue(notice().giving(late).isPresent());
        assertTrue(notice().deferring(order(Optional.empty(), late.plus(DAY)), late)
                .isPresent());
        assertTrue(notice().lifting(late).isPresent());
    }

    @Test
    void an_order_without_an_end_is_looked_at_every_180_days() {
        Instant release = decided(released(Notice.PROHIBITED), NonDisclosure.INDEFINITE);
        Instant first = release.plus(HALF_A_YEAR);
        assertEquals(State.FORBIDDEN, state(first));
        assertEquals(Optional.of(first), notice().nextAt(release));
        assertEquals(Optional.empty(), notice().dueAt(first.minusSeconds(1)));
        assertEquals(Optional.of(new NoticeEvent.Due(Why.REVIEW, first)), notice().dueAt(first));
        assertFalse(notice().holdsBack(first));

        log.waitUntil(first);
        add(new NoticeEvent.Due(Why.REVIEW, first));

        assertEquals(Optional.empty(), notice().dueAt(first.plus(DAY)));
        assertEquals(Optional.of(first.plus(HALF_A_YEAR)), notice().nextAt(first.plus(DAY)));
        assertEquals(
                Optional.of(new NoticeEvent.Due(Why.REVIEW, first.plus(HALF_A_YEAR))),
                notice().dueAt(first.plus(HALF_A_YEAR).plus(DAY)));
    }

    @Test
    void of_an_order_that_ends_the_date_is_asked_for_and_once_recorded_its_end_is_noticed() {
        Instant release = decided(released(Notice.PROHIBITED), NonDisclosure.DATED);
        assertEquals(Optional.of(new NoticeEvent.Due(Why.END_UNRECORDED, release)), notice().dueAt(release));
        Instant end = release.plus(DAY);
        add(new NoticeEvent.Deferred(order(Optional.of(end), end), "a"));

        assertEquals(State.DEFERRED, state(end.minusSeconds(1)));
        assertEquals(Optional.of(end), notice().nextAt(release));
        assertDue(Why.ENDED, end, end);
        assertTrue(notice().holdsBack(end), "it lapsed before anything was handed over");
    }

    @Test
    void an_order_that_lapses_after_the_delivery_is_noticed_too() {
        Instant release = decided(released(Notice.BEFORE));
        Instant end = release.plus(DAY);
        add(new NoticeEvent.Deferred(order(Optional.of(end), end), "a"));
        assertFalse(notice().holdsBack(release.plusSeconds(10)));
        add(new Event.Delivered(Set.of(DataCategory.SUBSCRIBER), 1, 1, Hash.ofNothing()));

        assertDue(Why.ENDED, end, end);
        assertFalse(notice().holdsBack(end));
    }

    @Test
    void what_is_lifted_is_due_again_at_once_and_a_risk_that_passes_leaves_the_order_of_the_request() {
        Instant release = decided(released(Notice.BEFORE));
        add(new NoticeEvent.Deferred(risk(release.plus(DAY)), "b"));
        Instant lift = add(new NoticeEvent.Lifted(Optional.empty(), "a"));
        assertDue(Why.LIFTED, lift, lift);

        decided(new Decision.Held(basis(), "users-hk@1", Optional.empty()));
        assertEquals(State.NONE, state(lift.plus(DAY)));
        decided(released(Notice.PROHIBITED), NonDisclosure.INDEFINITE);
        assertEquals(State.FORBIDDEN, state(lift.plus(DAY)));
    }

    @Test
    void of_an_order_whose_end_people_recorded_the_person_is_told_again() {
        Instant release = decided(released(Notice.PROHIBITED), NonDisclosure.INDEFINITE);
        assertEquals(Optional.of(Blocked.NO_EVIDENCE), notice().lifting(false, release));
        Instant lift = add(new NoticeEvent.Lifted(Optional.of(Hash.ofNothing()), "a"));

        assertDue(Why.LIFTED, lift, lift);
        assertEquals(Optional.of(Blocked.NOTICE_NOT_FORBIDDEN), notice().lifting(lift));
    }

    @Test
    void a_held_a_refused_and_a_shredded_request_has_nobody_to_tell_and_whoever_was_told_was_told() {
        Instant release = decided(released(Notice.BEFORE));
        decided(new Decision.Held(basis(), "users-hk@1", Optional.empty()));
        assertEquals(State.NONE, state(release));
        assertEquals(Optional.of(Blocked.NO_NOTICE), notice().giving(release));
        Instant again = decided(released(Notice.BEFORE));
        assertDue(Why.BEFORE, again, again);
        add(new NoticeEvent.Given(NoticeMeans.LETTER, again, "a"));
        decided(new Decision.Refused(basis()));
        decided(released(Notice.BEFORE));
        assertEquals(State.GIVEN, state(again.plus(DAY)));
        add(new Event.CaseShredded(ErasureReason.COURT_ORDER, "b"));
        assertEquals(State.NONE, state(again.plus(DAY)));
    }

    @Test
    void a_deferral_needs_a_review_an_end_where_it_is_a_risk_and_a_document_where_it_is_an_order() {
        Instant now = decided(released(Notice.BEFORE));
        CaseNotice notice = notice();
        Instant last = now.plus(HALF_A_YEAR);
        assertEquals(Optional.empty(), notice.deferring(risk(last), now));
        assertEquals(Optional.of(Blocked.WRONG_TIMES), notice.deferring(risk(last.plusSeconds(1)), now));
        assertEquals(Optional.of(Blocked.WRONG_TIMES), notice.deferring(risk(now), now));
        assertEquals(
                Optional.of(Blocked.WRONG_TIMES),
                notice.deferring(
                        new NoticeDeferral(NoticeGround.RISK_TO_CHILD, Optional.empty(), last, Optional.empty()), now));
        assertEquals(Optional.empty(), notice.deferring(order(Optional.empty(), last), now));
        assertEquals(Optional.empty(), notice.deferring(order(Optional.of(last.plus(HALF_A_YEAR)), last), now));
        assertEquals(
                Optional.of(Blocked.WRONG_TIMES), notice.deferring(order(Optional.of(last), last.plusSeconds(1)), now));
        assertEquals(
                Optional.of(Blocked.NO_EVIDENCE),
                notice.deferring(
                        new NoticeDeferral(NoticeGround.ORDER, Optional.empty(), last, Optional.empty()), now));
    }

    @Test
    void a_risk_neither_shortens_nor_replaces_an_order() {
        Instant now = decided(released(Notice.PROHIBITED), NonDisclosure.INDEFINITE);
        assertEquals(Optional.of(Blocked.NOTICE_FORBIDDEN), notice().deferring(risk(now.plus(DAY)), now));
    }

    /**
     * Whoever has the keys writes anything at any time; of that, what a gateway could have written is what no rule objects to. In
     * none of it is data read or handed over before the person was told where they are told before, nobody is told while an
     * order or a risk stands, and no risk is recorded by one person. Told from the entries alone.
     */
    @Test
    void no_path_reads_before_a_notice_that_comes_first_or_tells_against_an_order_or_defers_for_a_risk_alone() {
        long seed = Long.getLong("holdfast.walk.seed", System.nanoTime());
        System.out.println("CaseNoticeTest, seed " + seed);
        Random random = new Random(seed);
        int reads = 0;
        int tells = 0;
        int risks = 0;
        for (int walk = 0; walk < 400; walk++) {
            Notice asked = Notice.values()[random.nextInt(Notice.values().length)];
            List<Stored> clean = new ArrayList<>();
            Instant now = TestLog.START;
            for (int step = 0; step < 40; step++) {
                now = now.plus(Duration.ofHours(random.nextInt(60)));
                Stored next = stored(clean.size(), now, random, any(random, asked, now, clean), clean);
                Conduct conduct = new Conduct();
                clean.forEach(conduct::next);
                if (conduct.next(next).isEmpty()) {
                    clean.add(next);
                    check(clean, asked, "seed " + seed + ", walk " + walk);
                    Event event = next.entry().event();
                    reads += event instanceof Event.Accessed ? 1 : 0;
                    tells += event instanceof NoticeEvent.Given ? 1 : 0;
                    risks += event instanceof NoticeEvent.Deferred deferred
                                    && !deferred.deferral().ground().isOrdered()
                            ? 1
                            : 0;
                }
            }
        }
        System.out.println("CaseNoticeTest: " + reads + " reads, " + tells + " notices, " + risks + " risks");
        assertTrue(reads > 50 && tells > 20 && risks > 5, "the walk reaches what it is about");
    }

    private static Stored stored(int index, Instant at, Random random, Event event, List<Stored> before) {
        OptionalLong answers = before.isEmpty() || random.nextInt(12) == 0
                ? OptionalLong.empty()
                : last(before, answered(event, random))
                        .map(it -> OptionalLong.of(it.index()))
                        .orElse(OptionalLong.empty());
        Envelope envelope =
                new Envelope(TestLog.ORIGIN, at, "entry-" + index, REQUEST, 1, TestLog.rulebookDigest(), answers);
        return new Stored(index, Entry.parse(TestLog.firstWriter().write(envelope, event, List.of())));
    }

    private static Class<? extends Event> answered(Event event, Random random) {
        return event instanceof NoticeEvent.Deferred && random.nextBoolean()
                ? NoticeEvent.DeferralProposed.class
                : Event.RequestDecided.class;
    }

    private static Optional<Stored> last(List<Stored> entries, Class<? extends Event> kind) {
        return entries.stream()
                .filter(stored -> kind.isInstance(stored.entry().event()))
                .reduce((one, other) -> other);
    }

    private static Event any(Random random, Notice asked, Instant now, List<Stored> before) {
        String by = random.nextBoolean() ? "a" : "b";
        Instant later = now.plus(Duration.ofDays(1 + random.nextInt(10)));
        Set<DataCategory> all = Set.of(DataCategory.SUBSCRIBER);
        switch (random.nextInt(14)) {
            case 0, 1, 2:
                return TestLog.decided(facts(NonDisclosure.NONE), released(asked));
            case 3:
                return TestLog.decided(
                        facts(NonDisclosure.NONE), new Decision.Held(basis(), "users-hk@1", Optional.empty()));
            case 4, 5:
                return new Event.Accessed(facts(NonDisclosure.NONE).action(), all, 1);
            case 6:
                return new Event.Delivered(all, 1, 1, Hash.ofNothing());
            case 7:
                return new NoticeEvent.Given(NoticeMeans.EMAIL, now.minus(Duration.ofHours(random.nextInt(9))), by);
            case 8:
                return new NoticeEvent.Lifted(
                        random.nextBoolean() ? Optional.of(Hash.ofNothing()) : Optional.empty(), by);
            case 9:
                return new NoticeEvent.DeferralProposed(risk(later), by);
            case 10:
                return new NoticeEvent.Deferred(
                        random.nextBoolean() ? order(Optional.of(later), later) : order(Optional.empty(), later), by);
            case 11, 12:
                return last(before, NoticeEvent.DeferralProposed.class)
                        .<Event>map(first -> new NoticeEvent.Deferred(
                                ((NoticeEvent.DeferralProposed) first.entry().event()).deferral(), by))
                        .orElse(new NoticeEvent.Deferred(risk(later), by));
            default:
                return CaseNotice.of(before)
                        .dueAt(now)
                        .<Event>map(due -> due)
                        .orElse(new NoticeEvent.Due(Why.REVIEW, now));
        }
    }

    private static void check(List<Stored> entries, Notice asked, String where) {
        Stored newest = entries.get(entries.size() - 1);
        Instant now = newest.entry().envelope().at();
        Optional<NoticeDeferral> stands = Optional.empty();
        boolean isOrder = asked == Notice.PROHIBITED;
        boolean isTold = false;
        boolean isDelivered = false;
        for (Stored stored : entries.subList(0, entries.size() - 1)) {
            Event event = stored.entry().event();
            if (event instanceof NoticeEvent.Deferred deferred) {
                stands = Optional.of(deferred.deferral());
            } else if (event instanceof NoticeEvent.Lifted) {
                isOrder &= stands.isPresent()
                        && !stands.get().ground().isOrdered()
                        && stands.get()
                                .until()
                                .orElseThrow()
                                .isAfter(stored.entry().envelope().at());
                stands = Optional.empty();
            } else if (event instanceof NoticeEvent.Given) {
                isTold = true;
            } else if (event instanceof Event.Delivered) {
                isDelivered = true;
            }
        }
        boolean isDeferred = stands.isPresent()
                && stands.get().until().map(end -> end.isAfter(now)).orElse(true);
        boolean hasEnded = stands.isPresent() && stands.get().ground().isOrdered();
        boolean isForbidden = isDeferred || isOrder && !hasEnded;
        Event event = newest.entry().event();
        if (event instanceof Event.Accessed || event instanceof Event.Delivered) {
            assertTrue(asked != Notice.BEFORE || isTold || isDeferred, where);
        } else if (event instanceof NoticeEvent.Given given) {
            assertFalse(isTold || isForbidden, where);
            assertFalse(given.told().isAfter(now), where);
            assertTrue(asked != Notice.ISSUER_NOTIFIES && asked != Notice.NOT_REQUIRED, where);
            assertTrue(asked != Notice.AFTER || isDelivered, where);
        } else if (event instanceof NoticeEvent.Deferred deferred
                && !deferred.deferral().ground().isOrdered()) {
            Stored first =
                    entries.get((int) newest.entry().envelope().previous().orElseThrow());
            NoticeEvent.DeferralProposed proposed =
                    (NoticeEvent.DeferralProposed) first.entry().event();
            assertEquals(proposed.deferral(), deferred.deferral(), where);
            assertFalse(proposed.by().equals(deferred.by()), where);
        }
    }
}
