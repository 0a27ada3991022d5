package io.holdfast.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Disagreement;
import io.holdfast.audit.Envelope;
import io.holdfast.audit.Event;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Replay;
import io.holdfast.audit.ReportedPeriod;
import io.holdfast.audit.SomeFacts;
import io.holdfast.audit.TestLog;
import io.holdfast.tlog.Frontier;
import io.holdfast.tlog.Hash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RecountTest {

    private static final Instant FROM = Instant.parse("2026-07-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2027-01-01T00:00:00Z");
    private static final Instant LATER = TO.plus(Duration.ofDays(3));

    private final TestLog log = TestLog.honest();

    /** What an honest gateway counts. */
    private static byte[] count(TestLog log, long entries) {
        Frontier frontier = Frontier.empty();
        for (long i = 0; i < entries; i++) {
            frontier = frontier.append(log.leaf(i).hash());
        }
        return ReportJson.write(
                TransparencyReport.fold(log.entries().stream().limit(entries), FROM, TO),
                new LogHead(TestLog.ORIGIN, entries, frontier.root().base64()));
    }

    private ReportedPeriod counted() {
        long entries = log.entries().size();
        return new ReportedPeriod(FROM, TO, entries, Hash.sha256(count(log, entries)));
    }

    private long propose(ReportedPeriod report, String by) {
        return log.add(Envelope.REPORT, new Event.ReportProposed(report, by));
    }

    private long publish(ReportedPeriod report, String by, long proposal) {
        Envelope envelope = log.envelope(Envelope.REPORT);
        return log.addRaw(
                new Envelope(
                        envelope.issuer(),
                        envelope.at(),
                        envelope.id(),
                        envelope.subject(),
                        envelope.epoch(),
                        envelope.rulebook(),
                        OptionalLong.of(proposal)),
                new Event.ReportPublished(report, by));
    }

    private List<Disagreement> disagreements() {
        var replayed = Replay.run(log.files(), Progress.NONE);
        List<Disagreement> all = new ArrayList<>(replayed.disagreements());
        all.addAll(Recount.run(log.files(), replayed.published()));
        return all;
    }

    private void assertOnly(long index, String should) {
        List<Disagreement> found = disagreements();
        assertEquals(List.of(index), found.stream().map(Disagreement::index).toList());
        assertTrue(found.get(0).should().contains(should), found::toString);
    }

    @Test
    void an_honest_report_comes_out_though_the_log_has_grown() {
        log.waitUntil(LATER);
        ReportedPeriod report = counted();
        publish(report, "tag-b", propose(report, "tag-a"));
        log.decide("afterwards", SomeFacts.hongKongWarrant());

        assertEquals(List.of(), disagreements());
    }

    @Test
    void a_report_that_says_something_else_is_found() {
        log.waitUntil(LATER);
        ReportedPeriod right = counted();
        ReportedPeriod wrong = new ReportedPeriod(FROM, TO, right.entries(), Hash.sha256(new byte[] {1}));
        long entry = publish(wrong, "tag-b", propose(wrong, "tag-a"));

        assertOnly(entry, right.digest().hex());
    }

    @Test
    void a_report_that_left_out_the_end_of_its_period_is_found() {
        long entries = log.entries().size() - 1L;
        ReportedPeriod report = new ReportedPeriod(FROM, TO, entries, Hash.sha256(count(log, entries)));
        log.waitUntil(LATER);
        long entry = publish(report, "tag-b", propose(report, "tag-a"));

        assertOnly(entry, "entry " + entries + " is of its period too");
    }

    @Test
    void a_report_of_entries_that_come_later_is_found() {
        log.waitUntil(LATER);
        ReportedPeriod report = new ReportedPeriod(FROM, TO, 1000, Hash.ofNothing());
        long proposal = propose(report, "tag-a");
        long entry = publish(report, "tag-b", proposal);

        assertEquals(
                List.of(proposal, entry),
                disagreements().stream().map(Disagreement::index).toList());
    }

    @Test
    void a_report_that_one_person_published_alone_is_found() {
        log.waitUntil(LATER);
        ReportedPeriod report = counted();
        assertOnly(publish(report, "tag-a", propose(report, "tag-a")), "SAME_PERSON_TWICE");
    }

    @Test
    void a_report_that_nobody_proposed_is_found() {
        log.waitUntil(LATER);
        assertOnly(publish(counted(), "tag-b", 3), "OTHER_PROPOSAL");
    }

    @Test
    void another_report_than_the_one_proposed_is_found() {
        log.waitUntil(LATER);
        ReportedPeriod proposed = counted();
        long proposal = propose(proposed, "tag-a");
        assertOnly(publish(counted(), "tag-b", proposal), "OTHER_PROPOSAL");
    }

    @Test
    void a_proposal_that_is_too_old_is_found() {
        log.waitUntil(LATER);
        ReportedPeriod report = counted();
        long proposal = propose(report, "tag-a");
        log.waitUntil(LATER.plus(Duration.ofDays(31)));
        assertOnly(publish(report, "tag-b", proposal), "OTHER_PROPOSAL");
    }

    @Test
    void a_proposal_is_agreed_to_once() {
        log.waitUntil(LATER);
        ReportedPeriod report = counted();
        long proposal = propose(report, "tag-a");
        publish(report, "tag-b", proposal);
        assertOnly(publish(report, "tag-c", proposal), "OTHER_PROPOSAL");
    }

    @Test
    void a_period_that_has_not_ended_is_found() {
        log.waitUntil(TO.minusSeconds(100));
        ReportedPeriod report = counted();
        assertOnly(propose(report, "tag-a"), "PERIOD_NOT_OVER");
    }
}
