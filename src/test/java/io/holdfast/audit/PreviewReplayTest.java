package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.legal.Decision;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldsInForce;
import io.holdfast.policy.Difference.Fate;
import io.holdfast.policy.Difference.Kind;
import io.holdfast.policy.Difference.Move;
import io.holdfast.policy.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a proposal said that it would do, counted again from the log; and what a dishonest gateway could say. */
class PreviewReplayTest {

    private static final String HK = "hk-pause";
    private static final HoldChange LIFT = new HoldChange.Lift(HK, 1, Optional.empty());
    private static final Duration MONTH = PastRequests.PERIOD;

    private final TestLog log = TestLog.started();

    /** As an honest gateway would find out now. */
    private HoldPreview preview() {
        return preview(Optional.empty());
    }

    private HoldPreview preview(Optional<Instant> effective) {
        RequestCount count = RequestCount.of(log.files(), () -> {});
        return HoldPreview.of(
                count,
                count.size(),
                log.standing().last(),
                List.of(LIFT),
                effective,
                log.standing(),
                TestLog.rulebookInForce());
    }

    private long propose(Optional<HoldPreview> preview) {
        return propose(preview, Optional.empty());
    }

    private long propose(Optional<HoldPreview> preview, Optional<Instant> effective) {
        Instant approveBy = log.standing().last().plus(Duration.ofDays(7));
        return log.add(
                Envelope.HOLD_CHANGES,
                new Event.HoldChangeProposed(
                        List.of(LIFT), approveBy, effective, approveBy.plusSeconds(1), 2, "tag-a", preview));
    }

    private void assertHonest() {
        assertEquals(List.of(), Replay.run(log.files(), Progress.NONE).disagreements());
        log.entries()
                .forEach(stored ->
                        assertEquals(stored.entry(), Entry.parse(stored.entry().leaf())));
    }

    private void assertOnly(long index, String should) {
        assertTrue(LogVerifierTest.verify(log.files()).holds(), "only replay can tell");
        List<Disagreement> found = Replay.run(log.files(), Progress.NONE).disagreements();
        assertEquals(List.of(index), found.stream().map(Disagreement::index).toList(), found::toString);
        assertTrue(found.get(0).should().contains(should), found::toString);
    }

    @Test
    void what_was_held_is_told_as_what_it_would_become_and_replay_finds_the_same() {
        log.decide("held-1", SomeFacts.hongKongWarrant());
        log.decide("held-2", SomeFacts.hongKongWarrant());
        log.decide("other", SomeFacts.usWarrant());
        HoldPreview preview = preview();
        propose(Optional.of(preview));

        assertTrue(preview.recorded().all());
        assertEquals(3, preview.recorded().requests());
        List<Tally.Row> held = preview.recorded().rows().stream()
                .filter(row -> row.from().kind() == Kind.HELD)
                .toList();
        assertEquals(1, held.size());
        assertEquals(2, held.get(0).requests());
        assertTrue(preview.underHolds().stream().anyMatch(Move::opens));
        assertHonest();
    }

    @Test
    void a_proposal_of_a_log_from_before_there_were_previews_stays_valid() {
        propose(Optional.empty());
        propose(Optional.of(preview()));
        assertHonest();
    }

    @Test
    void a_proposal_that_tells_nothing_after_one_that_did_is_reported() {
        propose(Optional.of(preview()));
        assertOnly(propose(Optional.empty()), "tells what it would do");
    }

    @Test
    void counts_that_are_smaller_than_they_are_are_reported() {
        log.decide("held", SomeFacts.hongKongWarrant());
        HoldPreview real = preview();
        PastRequests none =
                new PastRequests(real.recorded().at(), real.recorded().entries(), true, List.of());
        assertOnly(propose(Optional.of(new HoldPreview(real.underHolds(), none))), "held to");
    }

    @Test
    void a_difference_that_is_told_smaller_than_it_is_is_reported() {
        assertOnly(propose(Optional.of(new HoldPreview(List.of(), preview().recorded()))), "held to");
    }

    @Test
    void another_number_of_classes_is_another_version_of_the_software_and_no_lie() {
        HoldPreview real = preview();
        propose(Optional.of(new HoldPreview(
                real.underHolds().stream()
                        .map(move -> new Move(move.from(), move.to(), move.classes() + 1))
                        .toList(),
                real.recorded())));
        assertHonest();
    }

    @Test
    void a_count_from_before_the_requests_came_is_reported() {
        HoldPreview early = preview();
        log.decide("held", SomeFacts.hongKongWarrant());
        log.waitUntil(log.standing().last().plus(PastRequests.FRESH).plusSeconds(1));
        long old = propose(Optional.of(early));
        PastRequests dated = new PastRequests(
                log.standing().last(),
                early.recorded().entries(),
                true,
                early.recorded().rows());
        long asIfNew = propose(Optional.of(new HoldPreview(early.underHolds(), dated)));

        List<Disagreement> found = Replay.run(log.files(), Progress.NONE).disagreements();
        assertEquals(
                List.of(old, asIfNew), found.stream().map(Disagreement::index).toList(), found::toString);
        assertTrue(found.stream().allMatch(one -> one.should().contains("of the last 10 minutes")), found::toString);
    }

    @Test
    void what_comes_in_while_it_is_counted_is_no_lie() {
        HoldPreview early = preview();
        log.decide("held", SomeFacts.hongKongWarrant());
        propose(Optional.of(early));
        assertHonest();
    }

    /** The counts of the desk and of replay, against every entry of a log read one by one. */
    @Test
    void it_equals_what_is_found_out_by_looking_at_every_entry_of_a_random_log() {
        long seed = Long.getLong("holdfast.seed", System.nanoTime());
        Random random = new Random(seed);
        Supplier<Facts> any = () -> switch (random.nextInt(5)) {
            case 0 -> SomeFacts.usWarrant();
            case 1 -> SomeFacts.usLetter();
            case 2 -> SomeFacts.unknownInstrument();
            case 3 -> SomeFacts.fromChina();
            default -> SomeFacts.hongKongWarrant();
        };
        for (int i = 0; i < 600; i++) {
            log.waitUntil(log.standing().last().plusSeconds(random.nextInt(2 * 9_000)));
            if (random.nextInt(3) > 0) {
                log.decide("request-" + i, any.get().withAccounts(1 + random.nextInt(3)));
            } else {
                again(random, any.get());
            }
            if (i == 300) {
                log.add(
                        Envelope.subjectOfHold("us"),
                        new Event.HoldPlaced(RecordedHold.of(SomeFacts.pauseOnUs(1, true))));
            }
        }
        List<Hold> before = log.standing().holds().holds();
        List<Hold> after = log.standing().holdsAfter(List.of(LIFT));
        for (int i = 0; i < 20; i++) {
            String told = "-Dholdfast.seed=" + seed + " look " + i;
            long entries = 1 + random.nextInt(log.entries().size());
            Instant at =
                    log.entries().get((int) entries - 1).entry().envelope().at().plusSeconds(random.nextInt(100));
            int most = random.nextBoolean() ? PastRequests.MOST_REQUESTS : random.nextInt(100);
            int mostEntries = random.nextBoolean() ? PastRequests.MOST_ENTRIES : random.nextInt(400);
            PastRequests counted = RequestCount.of(log.files(), most, mostEntries)
                    .count(
                            entries,
                            at,
                            new Tally(TestLog.rulebookInForce(), before, TestLog.rulebookInForce(), after, at));
            assertEquals(oneByOne(entries, at, most, mostEntries, before, after), counted, told);
        }
        System.out.println("PreviewReplayTest: -Dholdfast.seed=" + seed);
    }

    /** Some request is decided again, on facts that nobody has to care about here. */
    private void again(Random random, Facts facts) {
        Envelope next = log.envelope("request-" + random.nextInt(600));
        long answers = random.nextInt(log.entries().size());
        log.addRaw(
                new Envelope(
                        next.issuer(),
                        next.at(),
                        next.id(),
                        next.subject(),
                        next.epoch(),
                        next.rulebook(),
                        OptionalLong.of(answers)),
                TestLog.decided(
                        facts,
                        TestLog.rulebookInForce().decide(facts, log.standing().holds(), next.at())));
    }

    private PastRequests oneByOne(
            long entries, Instant at, int most, int mostEntries, List<Hold> before, List<Hold> after) {
        List<Stored> all = log.entries().subList(0, (int) entries);
        List<Stored> came = all.stream()
                .filter(stored -> !stored.entry().envelope().at().isBefore(at.minus(MONTH)))
                .toList();
        boolean reaches = came.size() <= mostEntries;
        came = came.subList(Math.max(0, came.size() - mostEntries), came.size()).stream()
                .filter(stored -> stored.entry().event() instanceof Event.RequestDecided
                        && stored.entry().envelope().previous().isEmpty())
                .toList();
        boolean isAll = reaches && came.size() <= most;
        came = came.subList(Math.max(0, came.size() - most), came.size());
        Map<String, Tally.Row> rows = new TreeMap<>();
        for (Stored stored : came) {
            Facts facts = ((Event.RequestDecided) stored.entry().event()).facts();
            Duration since = Duration.between(stored.entry().envelope().at(), at);
            Facts now = facts.withApprovals(99)
                    .withDates(
                            facts.issuedAt().map(date -> date.plus(since)),
                            facts.expiresAt().map(date -> date.plus(since)));
            Decision was = TestLog.rulebookInForce().decide(now, new HoldsInForce(1, before), at);
            Decision is = TestLog.rulebookInForce().decide(now, new HoldsInForce(2, after), at);
            Tally.Row row = new Tally.Row(fate(was), fate(is), 1, was.granted().containsAll(is.granted()) ? 0 : 1);
            rows.merge(
                    row.from() + " " + row.to(),
                    row,
                    (one, more) -> new Tally.Row(one.from(), one.to(), one.requests() + 1, one.more() + more.more()));
        }
        return new PastRequests(
                at,
                entries,
                isAll,
                rows.values().stream()
                        .sorted(Comparator.comparing(Tally.Row::from).thenComparing(Tally.Row::to))
                        .toList());
    }

    private static Fate fate(Decision decision) {
        return switch (decision.outcome()) {
            case HELD -> new Fate(Kind.HELD, 0);
            case REFUSED -> new Fate(Kind.REFUSED, 0);
            case RETURNED -> new Fate(Kind.RETURNED, 0);
            case REFERRED -> new Fate(Kind.REFERRED, 0);
            case RELEASED ->
                new Fate(
                        Kind.RELEASED,
                        ((Decision.Released) decision).obligations().approvals());
        };
    }

    @Test
    void more_requests_than_are_counted_are_told_as_the_latest() {
        for (int i = 0; i < 5; i++) {
            log.decide("request-" + i, SomeFacts.hongKongWarrant());
        }
        List<Hold> holds = log.standing().holds().holds();
        Instant at = log.standing().last();
        Tally tally = new Tally(TestLog.rulebookInForce(), holds, TestLog.rulebookInForce(), List.of(), at);

        PastRequests counted = RequestCount.of(log.files(), 3, PastRequests.MOST_ENTRIES)
                .count(log.entries().size(), at, tally);

        assertFalse(counted.all());
        assertEquals(3, counted.requests());
    }
}
