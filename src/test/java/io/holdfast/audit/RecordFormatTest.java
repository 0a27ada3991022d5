package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.legal.Action;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Duty;
import io.holdfast.legal.ErasureReason;
import io.holdfast.legal.Identifier;
import io.holdfast.legal.NoticeGround;
import io.holdfast.legal.NoticeMeans;
import io.holdfast.legal.Resumption;
import io.holdfast.legal.Review;
import io.holdfast.legal.Stop;
import io.holdfast.tlog.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds two documents to the code: what the records are, and how one is written. */
class RecordFormatTest {

    private static final Path EVENTS = Path.of("docs/reference/audit-events.md");
    private static final Path FORMAT = Path.of("docs/reference/record-format.md");
    private static final Pattern WORD = Pattern.compile("`([^`]+)`");
    private static final Set<String> ENVELOPE =
            Set.of("iss", "iat", "jti", "sub", "epoch", "rulebook", "prev", "_sd", "_sd_alg");

    private static final PastRequests PAST_REQUESTS = new PastRequests(TestLog.START, 1, true, List.of());

    /** One of every kind, with every claim that it can have. */
    private static Map<EntryKind, Event> oneOfEach() {
        TestLog log = TestLog.honest();
        Map<EntryKind, Event> events = new EnumMap<>(EntryKind.class);
        log.entries()
                .forEach(stored ->
                        events.put(stored.entry().kind(), stored.entry().event()));
        Event.Genesis genesis = log.genesis();
        NoticeDeferral deferral = new NoticeDeferral(
                NoticeGround.ORDER, Optional.of(TestLog.START), TestLog.START, Optional.of(Hash.ofNothing()));
        ReportedPeriod report = new ReportedPeriod(Instant.EPOCH, TestLog.START, 1, Hash.ofNothing());
        RulebookChange change =
                new RulebookChange(TestLog.rulebookDigest(), TestLog.START, List.of(), List.of(), Set.of());
        for (Event event : List.of(
                new Event.Genesis(
                        genesis.logKey(),
                        genesis.recordKey(),
                        List.of(TestLog.nextRecordKey()),
                        genesis.holds(),
                        Optional.of(new FormerLog("former.example/log", 1, Hash.ofNothing()))),
                new Event.HoldChangeProposed(
                        List.of(new HoldChange.Lift("hk-pause", 1, Optional.empty())),
                        TestLog.START,
                        Optional.of(TestLog.START),
                        TestLog.START,
                        2,
                        "tag",
                        Optional.of(new HoldPreview(List.of(), PAST_REQUESTS))),
                new Event.HoldChangeApproved(Hash.ofNothing(), "tag"),
                new Event.HoldChangeObjected(Hash.ofNothing(), "tag"),
                new Event.HoldObjectionWithdrawn(Hash.ofNothing(), "tag"),
                new Event.HoldChangeWithdrawn(Hash.ofNothing(), "tag"),
                new Event.HoldChangeEnded(Hash.ofNothing(), Event.Ending.EPOCH),
                new Event.HoldsChanged(Hash.ofNothing(), List.of(new HoldChange.Lift("hk-pause", 1, Optional.empty()))),
                new Event.ApprovalGiven(Hash.ofNothing(), "tag", Set.of(Duty.CALL_BACK)),
                new Event.ApprovalBlocked(Event.Blocked.UNANSWERED, Set.of(Duty.CALL_BACK)),
                new Event.RequestReviewed(
                        Hash.ofNothing(), "tag", new Review.Narrowed(Set.of(DataCategory.SUBSCRIBER))),
                new Event.ReviewBlocked(Review.Verdict.REFUSED, Event.Blocked.OTHER_VERSION),
                new Event.Accessed(
                        Action.DISCLOSE, Set.of(DataCategory.SUBSCRIBER), 1, Optional.of(Event.Through.CHECK)),
                new Event.GrantIssued("store", TestLog.START, Set.of(DataCategory.SUBSCRIBER), 1, Hash.ofNothing()),
                new Event.GrantBlocked(Event.Blocked.USED_BEFORE),
                log.packed("delivered"),
                new PackageEvent.DeliveredAgain(2),
                new PackageEvent.Received("tag"),
                new PackageEvent.Deleted(PackageEvent.Because.RECEIVED),
                new Event.DeliveryFailed(Event.Blocked.NOT_RELEASED),
                new Event.Passed(1, Event.PassageEnd.CUT_OFF),
                new Event.ClaimOpened("officer", 1),
                new Event.ClaimOpeningBlocked("officer", 1, Event.Blocked.NOT_PERMITTED),
                new Event.PseudonymLookedUp(Identifier.Type.OFFICER),
                new Event.PseudonymLookUpBlocked(Identifier.Type.OFFICER, Event.Blocked.NOT_PERMITTED),
                new Event.ErasureProposed(ErasureReason.COURT_ORDER, "tag"),
                new Event.CaseShredded(ErasureReason.COURT_ORDER, "tag"),
                new Event.ErasureBlocked(ErasureReason.COURT_ORDER, Event.Blocked.IN_FLIGHT),
                new Event.ReportProposed(report, "tag"),
                new Event.ReportPublished(report, "tag"),
                new Event.ReportBlocked(Event.Blocked.PERIOD_NOT_OVER),
                new Event.RulebookProposed(change, "tag", Optional.of(PAST_REQUESTS)),
                new Event.RulebookActivated(change, Optional.of("tag")),
                new Event.RulebookBlocked(change.next(), Event.Blocked.OTHER_RULEBOOK),
                new Event.KeyAdded(TestLog.nextRecordKey()),
                TestLog.retirement(TestLog.nextRecordKey()),
                new Event.CheckpointTimestamped(1, Hash.ofNothing(), Hash.ofNothing()),
                new Event.ClockWarned(ClockName.ANSWER, TestLog.START),
                new Event.ClockBreached(ClockName.ANSWER, TestLog.START),
                new Event.ClockStepped(new ClockStep.Started(ClockName.RUN, TestLog.START), "tag"),
                new Event.ClockStepped(new ClockStep.Stopped(Stop.QUESTION), "tag"),
                new Event.ClockStepped(new ClockStep.Resumed(Stop.QUESTION, Resumption.ANSWERED), "tag"),
                new Event.ClockStepped(new ClockStep.Ended(ClockName.VALIDATE), "tag"),
                new Event.ClockStepBlocked(
                        new ClockStep.Resumed(Stop.QUESTION, Resumption.ANSWERED), Event.Blocked.NOT_STOPPED),
                new Event.CopyStepped(
                        new CopyStep.Preserved(Set.of(DataCategory.SUBSCRIBER), 1, TestLog.START, Optional.of("tag"))),
                new Event.CopyStepped(new CopyStep.Failed(Event.Blocked.STORE_UNAVAILABLE)),
                new Event.CopyStepped(new CopyStep.Extended(TestLog.START)),
                new Event.CopyStepped(new CopyStep.Linked("request")),
                new Event.CopyStepped(new CopyStep.Ended(CopyStep.Because.EXPIRED)),
                new Event.CopyStepped(new CopyStep.Dropped(Optional.of("tag"))),
                new Event.PreservationBlocked(CopyStep.Attempt.EXTEND, Event.Blocked.NO_SUCH_COPY),
                new NoticeEvent.Due(NoticeEvent.Why.BEFORE, TestLog.START),
                new NoticeEvent.Given(NoticeMeans.EMAIL, TestLog.START, "tag"),
                new NoticeEvent.DeferralProposed(deferral, "tag"),
                new NoticeEvent.Deferred(deferral, "tag"),
                new NoticeEvent.Lifted(Optional.of(Hash.ofNothing()), "tag"),
                new NoticeEvent.Prevented(NoticeEvent.Attempt.GIVE, Event.Blocked.NO_NOTICE))) {
            events.put(event.kind(), event);
        }
        return events;
    }

    /** The rows of the table of kinds, by kind. */
    private static Map<String, List<String>> rows() throws IOException {
        return Files.readString(EVENTS)
                .lines()
                .filter(line -> line.matches("\\| `[a-z-]+` \\|.*\\| (yes|no) \\|"))
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                .collect(Collectors.toMap(cells -> words(cells.get(1)).get(0), cells -> cells));
    }

    private static List<String> words(String cell) {
        Matcher word = WORD.matcher(cell);
        List<String> words = new ArrayList<>();
        while (word.find()) {
            words.add(word.group(1));
        }
        return words;
    }

    @Test
    void every_kind_is_in_the_document_with_its_places_and_what_it_changes() throws IOException {
        Map<String, List<String>> rows = rows();
        assertEquals(
                Arrays.stream(EntryKind.values()).map(EntryKind::code).collect(Collectors.toCollection(TreeSet::new)),
                new TreeSet<>(rows.keySet()));
        for (EntryKind kind : EntryKind.values()) {
            List<String> row = rows.get(kind.code());
            assertEquals(Integer.toString(kind.sealedClaims()), row.get(5), kind::code);
            assertEquals(kind.isControl() ? "yes" : "no", row.get(6), kind::code);
        }
    }

    @Test
    void every_clear_claim_is_in_the_row_of_its_kind() throws IOException {
        Map<String, List<String>> rows = rows();
        Map<EntryKind, Event> events = oneOfEach();
        assertEquals(Set.of(EntryKind.values()), events.keySet());
        events.forEach((kind, event) -> {
            Set<String> claims = new TreeSet<>();
            EntryWriter.payload(TestLog.started().envelope("subject"), event, List.of())
                    .fieldNames()
                    .forEachRemaining(claims::add);
            claims.removeAll(ENVELOPE);
            String cell = rows.get(kind.code()).get(3).split(";")[0];
            assertEquals(claims, new TreeSet<>(words(cell)), kind::code);
        });
    }

    @Test
    void every_reason_why_something_was_blocked_is_in_the_document() throws IOException {
        String text = Files.readString(EVENTS);
        for (Event.Blocked why : Event.Blocked.values()) {
            assertTrue(text.contains("`" + why + "`"), why::name);
        }
    }

    @Test
    void the_example_is_what_is_written() throws IOException {
        TestLog log = TestLog.started();
        log.add(Envelope.LOG, new Event.KeyAdded(TestLog.nextRecordKey()));
        Leaf leaf = log.leaf(1);
        String[] parts = leaf.text().split("\\.");
        String text = Files.readString(FORMAT);
        for (String part : List.of(
                decoded(parts[0]),
                decoded(parts[1]),
                leaf.text(),
                "`" + leaf.hash().hex() + "`",
                TestLog.firstWriter().key().x())) {
            assertTrue(text.contains(part), FORMAT + " does not say\n" + part);
        }
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }
}
