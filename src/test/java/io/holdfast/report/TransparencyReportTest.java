package io.holdfast.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.holdfast.audit.Event;
import io.holdfast.audit.RecordedHold;
import io.holdfast.audit.SomeFacts;
import io.holdfast.audit.TestLog;
import io.holdfast.tlog.Hash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TransparencyReportTest {

    private static final Instant JULY = Instant.parse("2026-07-01T00:00:00Z");
    private static final Instant JANUARY = Instant.parse("2027-01-01T00:00:00Z");
    private static final Instant NEXT_JULY = Instant.parse("2027-07-01T00:00:00Z");

    @Test
    void requests_are_counted_by_issuer_and_instrument() {
        TransparencyReport report = TransparencyReport.fold(TestLog.honest().entries().stream(), JULY, JANUARY);
        assertEquals(
                List.of(
                        new TransparencyReport.Row("HK", "HK-WARRANT", new Counts(1, 1, 1, 0, 0, 0, 0, 0, 0, 0)),
                        new TransparencyReport.Row("US", "UNKNOWN", new Counts(1, 3, 0, 0, 1, 0, 0, 0, 0, 0)),
                        new TransparencyReport.Row("US", "US-LETTER", new Counts(1, 1, 0, 0, 0, 0, 1, 0, 0, 0)),
                        new TransparencyReport.Row("US", "US-SW", new Counts(2, 4, 1, 0, 0, 0, 1, 1, 2, 7))),
                report.rows());
        assertEquals(new Counts(5, 9, 2, 0, 1, 0, 2, 1, 2, 7), report.total());
        assertEquals(Optional.of(new TransparencyReport.Span(0, 14)), report.counted());
    }

    @Test
    void held_is_not_refused() {
        TestLog log = TestLog.started();
        log.decide("held", SomeFacts.hongKongWarrant());
        log.decide("refused", SomeFacts.fromChina());
        Counts total = count(log, JULY, JANUARY).total();
        assertEquals(1, total.held());
        assertEquals(1, total.refused());
    }

    @Test
    void a_request_counts_once_however_often_it_was_decided() {
        TestLog log = TestLog.started();
        for (int i = 0; i < 3; i++) {
            log.decide("again", SomeFacts.hongKongWarrant());
        }
        assertEquals(
                new Counts(1, 1, 1, 0, 0, 0, 0, 0, 0, 0),
                count(log, JULY, JANUARY).total());
    }

    @Test
    void the_latest_outcome_counts() {
        TestLog log = TestLog.started();
        log.decide("request", SomeFacts.usWarrant());
        assertEquals(1, count(log, JULY, JANUARY).total().awaitingPeople());
        log.add("hold:us", new Event.HoldPlaced(RecordedHold.of(SomeFacts.pauseOnUs(1, false))));
        log.decide("request", SomeFacts.usWarrant());
        assertEquals(
                new Counts(1, 2, 1, 0, 0, 0, 0, 0, 0, 0),
                count(log, JULY, JANUARY).total());
    }

    @Test
    void a_request_counts_in_the_period_of_its_first_decision_only() {
        TestLog log = TestLog.started();
        log.decide("early", SomeFacts.usWarrant());
        log.approve("early", "tag-a");
        log.approve("early", "tag-b");
        log.waitUntil(JANUARY);
        log.decide("early", SomeFacts.usWarrant().withApprovals(2));
        log.add("early", log.access("early"));
        log.deliver("early");
        log.decide("late", SomeFacts.hongKongWarrant());
        assertEquals(
                new Counts(1, 2, 0, 0, 0, 1, 0, 0, 0, 0),
                count(log, JULY, JANUARY).total());
        assertEquals(
                new Counts(1, 1, 1, 0, 0, 0, 0, 0, 0, 0),
                count(log, JANUARY, NEXT_JULY).total());
        assertEquals(
                new Counts(2, 3, 1, 0, 0, 0, 1, 1, 2, 7),
                count(log, JULY, NEXT_JULY).total());
        assertEquals(
                Optional.of(new TransparencyReport.Span(4, 8)),
                count(log, JANUARY, NEXT_JULY).counted());
    }

    @Test
    void the_first_instant_belongs_to_the_period_and_the_last_does_not() {
        TestLog log = TestLog.started();
        log.decide("request", SomeFacts.hongKongWarrant());
        Instant at = log.standing().last();
        assertEquals(1, count(log, at, at.plusSeconds(1)).total().requests());
        assertEquals(0, count(log, at.plusSeconds(1), JANUARY).total().requests());
        assertEquals(0, count(log, JULY, at).total().requests());
    }

    @Test
    void what_was_handed_over_twice_counts_once() {
        TestLog log = TestLog.started();
        log.decide("request", SomeFacts.usLetter());
        log.add("request", delivered(log, 1));
        log.add("request", delivered(log, 0));
        Counts total = count(log, JULY, JANUARY).total();
        assertEquals(1, total.delivered());
        assertEquals(1, total.accountsDelivered());
        assertEquals(1, total.itemsDelivered());
    }

    @Test
    void a_delivery_that_found_no_account_is_a_delivery() {
        TestLog log = TestLog.started();
        log.decide("request", SomeFacts.usLetter());
        log.add("request", delivered(log, 0));
        Counts total = count(log, JULY, JANUARY).total();
        assertEquals(1, total.delivered());
        assertEquals(0, total.accountsDelivered());
    }

    @Test
    void a_period_without_entries_has_no_rows() {
        TransparencyReport report = count(TestLog.honest(), JANUARY, NEXT_JULY);
        assertEquals(List.of(), report.rows());
        assertEquals(Counts.NONE, report.total());
        assertEquals(Optional.empty(), report.counted());
    }

    @Test
    void a_period_that_ends_before_it_begins_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> count(TestLog.honest(), JANUARY, JULY));
        assertThrows(IllegalArgumentException.class, () -> count(TestLog.honest(), JULY, JULY));
    }

    private static Event delivered(TestLog log, int accounts) {
        return new Event.Delivered(log.packed("request").categories(), accounts, accounts, Hash.ofNothing());
    }

    private static TransparencyReport count(TestLog log, Instant from, Instant to) {
        return TransparencyReport.fold(log.entries().stream(), from, to);
    }
}
