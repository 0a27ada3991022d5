package io.holdfast.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.CanonicalJson;
import io.holdfast.audit.EntryKind;
import io.holdfast.audit.Event;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.RulebookArchive;
import io.holdfast.audit.Standing;
import io.holdfast.evidence.Examiner;
import io.holdfast.evidence.Registry;
import io.holdfast.evidence.SealedInstrument;
import io.holdfast.fixture.Seals;
import io.holdfast.fixture.TemporaryLog;
import io.holdfast.fixture.WholeLog;
import io.holdfast.legal.Action;
import io.holdfast.legal.Authority;
import io.holdfast.legal.AuthorityLevel;
import io.holdfast.legal.Channel;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Duty;
import io.holdfast.legal.Emergency;
import io.holdfast.legal.Exit;
import io.holdfast.legal.Hold;
import io.holdfast.legal.Instrument;
import io.holdfast.legal.Intake;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Match;
import io.holdfast.legal.Mode;
import io.holdfast.legal.NonDisclosure;
import io.holdfast.legal.Offence;
import io.holdfast.legal.Outcome;
import io.holdfast.legal.Request;
import io.holdfast.note.Ed25519Key;
import io.holdfast.policy.PolicySet;
import io.holdfast.tlog.Hash;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate on a real log, with the rulebook of this repository and a store that a test can make do anything. */
class DeliveryTest {

    private static final Instant TODAY = Instant.now().truncatedTo(ChronoUnit.DAYS);
    private static final Jurisdiction HK = Jurisdiction.of("HK");
    private static final Jurisdiction US = Jurisdiction.of("US");
    private static final Instrument WARRANT = new Instrument("US-SW");
    private static final Ed25519Key SEAL = Ed25519Key.generate();
    private static final String DIGEST = "ab".repeat(64);
    private static final JsonNode DATA = CanonicalJson.object().put("sample", "of the account");

    @TempDir
    Path temporary;

    private TemporaryLog log;
    private Gate gate;
    private Witnesses witnesses = Witnesses.NONE;
    private final List<Set<DataCategory>> asked = new ArrayList<>();

    private static Authority authority(String id, Set<Instrument> sends, Set<Instrument> issues) {
        return new Authority(
                id,
                "An institution",
                US,
                AuthorityLevel.JUDGE,
                Authority.Enrolment.OUT_OF_BAND,
                false,
                sends,
                issues,
                Optional.of(Seals.base64url(SEAL.publicKey().bytes())));
    }

    private static final Authority AGENCY = authority("agency", Set.of(WARRANT), Set.of());
    private static final Authority COURT = authority("court", Set.of(), Set.of(WARRANT));

    @BeforeEach
    void open() throws Exception {
        log = TemporaryLog.open(temporary.resolve("data"));
        PolicySet policies = PolicySet.read(Path.of("policies"));
        gate = new Gate(
                log.ledger(),
                TemporaryLog.ORIGIN,
                log.writer(),
                log.vault(),
                new Examiner(Registry.of(List.of(AGENCY, COURT), "00"), US),
                new RulebookInForce(policies.rulebook()),
                Clock.systemUTC());
        log.ledger()
                .append(new Genesis(
                        gate,
                        log.signer().verifierKey().toString(),
                        policies.rulebook().startHolds(),
                        RulebookArchive.write(policies)))
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void check() {
        WholeLog.check(log.ledger(), log.signer().verifierKey());
        log.close();
    }

    private static Request warrant(Set<Jurisdiction> users) {
        Instant issued = TODAY.minus(10, ChronoUnit.DAYS);
        Instant expires = TODAY.plus(100, ChronoUnit.DAYS);
        SealedInstrument sealed = new SealedInstrument("court", WARRANT, "D-1", issued, expires, DIGEST);
        return new Request(
                WARRANT,
                "court",
                "D-1",
                issued,
                expires,
                Channel.DIRECT,
                Action.DISCLOSE,
                Set.of(DataCategory.SUBSCRIBER, DataCategory.CONTENT, DataCategory.LIVE_CONTENT),
                List.of(
                        new Request.Target(Request.Target.Kind.USER_ID, "account-1"),
                        new Request.Target(Request.Target.Kind.USER_ID, "account-2")),
                TODAY.minus(60, ChronoUnit.DAYS),
                TODAY.minus(30, ChronoUnit.DAYS),
                Set.of(Offence.THREE_YEARS),
                false,
                Emergency.NONE,
                NonDisclosure.INDEFINITE,
                users,
                Set.of(US),
                new Request.Document(DIGEST, "application/pdf", Optional.of(Seals.seal(sealed, SEAL))),
                new Request.Officer("Officer 1", "1", "officer-1@agency.example", "+12025550100"),
                "CASE 1",
                Optional.empty());
    }

    private Receipt submit(Set<Jurisdiction> users) {
        return gate.submit(warrant(users), AGENCY, Optional.empty())
                .toCompletableFuture()
                .join();
    }

    private List<Receipt> approve(String id, Hash version, String person) {
        return new ReviewDesk(gate)
                .approve(id, version, Person.of(person), java.util.EnumSet.allOf(Duty.class))
                .orElseThrow()
                .toCompletableFuture()
                .join();
    }

    /** @return the id of a request that two people have approved */
    private String released() {
        Receipt decided = submit(Set.of(HK));
        String id = decided.stored().entry().envelope().subject();
        approve(id, decided.stored().entry().leaf().hash(), "reviewer-1");
        approve(id, decided.stored().entry().leaf().hash(), "reviewer-2");
        assertEquals(Outcome.RELEASED, gate.find(id).orElseThrow().decision().outcome());
        return id;
    }

    private Delivery.Result deliver(String id, UserDataStore store) {
        UserDataStore counting = (target, categories, from, to, page) -> {
            asked.add(categories);
            return store.read(target, categories, from, to, page);
        };
        return WorkingGate.pack(id, fulfilment(counting));
    }

    private Fulfilment fulfilment(UserDataStore store) {
        return WorkingGate.fulfilment(gate, log, store, witnesses);
    }

    private static Optional<UserDataStore.Page> everything(Jurisdiction country, Set<DataCategory> categories) {
        Map<DataCategory, JsonNode> data = new java.util.EnumMap<>(DataCategory.class);
        categories.forEach(category -> data.put(category, DATA));
        return Optional.of(UserDataStore.Page.only(country, data));
    }

    private Hold hold(String id, Match applies) {
        return new Hold(
                id,
                1,
                "",
                Mode.PAUSE,
                applies,
                Instant.parse("2026-01-01T00:00:00Z"),
                Optional.of(Instant.parse("2027-12-31T00:00:00Z")),
                Intake.QUEUE,
                true,
                new Exit.InternalReview("legal"),
                List.of(),
                List.of(),
                Map.of("en", "We have paused."));
    }

    private void place(Hold hold) {
        new HoldDesk(gate)
                .place(hold, "legal-operator-1", "A reason")
                .toCompletableFuture()
                .join();
    }

    private List<EntryKind> kinds(String id) {
        return log.ledger().history(id).stream()
                .map(stored -> stored.entry().kind())
                .toList();
    }

    @Test
    void the_store_is_asked_for_each_account_and_for_the_narrowed_scope_only() {
        String id = released();

        Delivery.Result result = deliver(id, (target, categories, from, to, page) -> everything(HK, categories));

        Delivery.Result.Packed delivered = assertInstanceOf(Delivery.Result.Packed.class, result);
        Set<DataCategory> narrowed = Set.of(DataCategory.SUBSCRIBER, DataCategory.CONTENT);
        assertEquals(List.of(narrowed, narrowed), asked);
        assertEquals(narrowed, delivered.current().made().categories());
        assertFalse(delivered.toString().contains("account-"));
    }

    @Test
    void the_store_is_not_read_before_the_witnesses_vouch_for_the_entry_that_permits_it() {
        String id = released();
        List<Long> vouched = new ArrayList<>();
        witnesses = index -> {
            assertEquals(List.of(), asked);
            assertEquals(
                    EntryKind.ACCESSED,
                    log.ledger().entry(index).orElseThrow().entry().kind());
            return vouched.add(index);
        };

        Delivery.Result result = deliver(id, (target, categories, from, to, page) -> everything(HK, categories));

        assertInstanceOf(Delivery.Result.Packed.class, result);
        assertEquals(1, vouched.size());
    }

    @Test
    void what_too_few_witnesses_have_seen_is_refused_and_recorded_and_can_be_collected_later() {
        String id = released();
        witnesses = index -> false;

        Delivery.Result result = deliver(id, (target, categories, from, to, page) -> everything(HK, categories));

        assertEquals(
                Event.Blocked.NOT_WITNESSED,
                assertInstanceOf(Delivery.Result.Failed.class, result).blocked());
        assertEquals(List.of(), asked);
        List<EntryKind> kinds = kinds(id);
        assertEquals(
                List.of(EntryKind.ACCESSED, EntryKind.DELIVERY_FAILED), kinds.subList(kinds.size() - 2, kinds.size()));

        witnesses = index -> true;
        assertInstanceOf(
                Delivery.Result.Packed.class,
                deliver(id, (target, categories, from, to, page) -> everything(HK, categories)));
    }

    @Test
    void a_hold_that_lands_while_the_witnesses_are_waited_for_leaves_the_store_unread() {
        String id = released();
        witnesses = index -> {
            place(hold("late", new Match(Map.of(Dimension.USER_JURISDICTION, Set.of(HK)))));
            return true;
        };

        Delivery.Result result = deliver(id, (target, categories, from, to, page) -> everything(HK, categories));

        assertEquals(
                Outcome.HELD,
                assertInstanceOf(Delivery.Result.NotReleased.class, result)
                        .decision()
                        .outcome());
        assertEquals(List.of(), asked);
    }

    @Test
    void the_entry_that_permits_reading_is_durable_before_the_store_is_asked() {
        String id = released();

        deliver(id, (target, categories, from, to, page) -> {
            List<EntryKind> kinds = kinds(id);
            assertEquals(EntryKind.ACCESSED, kinds.get(kinds.size() - 1));
            return everything(HK, categories);
        });

        assertEquals(EntryKind.PACKAGE_MADE, kinds(id).get(kinds(id).size() - 1));
    }

    @Test
    void a_hold_placed_while_the_store_is_read_keeps_back_what_was_read() {
        String id = released();

        Delivery.Result result = deliver(id, (target, categories, from, to, page) -> {
            if (asked.size() == 1) {
                place(hold("meanwhile", new Match(Map.of(Dimension.USER_JURISDICTION, Set.of(HK)))));
            }
            return everything(HK, categories);
        });

        Delivery.Result.NotReleased refused = assertInstanceOf(Delivery.Result.NotReleased.class, result);
        assertInstanceOf(Decision.Held.class, refused.decision());
        assertFalse(kinds(id).contains(EntryKind.PACKAGE_MADE));
    }

    @Test
    void a_hold_on_something_else_does_not_stop_a_delivery() {
        String id = released();

        Delivery.Result result = deliver(id, (target, categories, from, to, page) -> {
            if (asked.size() == 1) {
                place(hold("elsewhere", new Match(Map.of(Dimension.USER_JURISDICTION, Set.of(Jurisdiction.of("IS"))))));
            }
            return everything(HK, categories);
        });

        assertInstanceOf(Delivery.Result.Packed.class, result);
    }

    @Test
    void an_account_that_the_store_does_not_know_is_left_out() {
        String id = released();

        Delivery.Result result = deliver(
                id,
                (target, categories, from, to, page) ->
                        target.value().equals("account-1") ? Optional.empty() : everything(HK, categories));

        Delivery.Result.Packed delivered = assertInstanceOf(Delivery.Result.Packed.class, result);
        assertEquals(1, delivered.current().made().accounts());
    }

    @Test
    void one_user_elsewhere_keeps_everything_back() {
        String id = released();

        Delivery.Result result = deliver(
                id,
                (target, categories, from, to, page) ->
                        everything(target.value().equals("account-1") ? HK : Jurisdiction.of("DE"), categories));

        assertEquals(
                Event.Blocked.USER_ELSEWHERE,
                assertInstanceOf(Delivery.Result.Failed.class, result).blocked());
        assertFalse(kinds(id).contains(EntryKind.PACKAGE_MADE));
    }

    @Test
    void numbers_that_an_entry_could_not_be_checked_against_keep_everything_back() {
        String id = released();
        JsonNode fraction = CanonicalJson.object().put("amount", 1.5);

        Delivery.Result result = deliver(
                id,
                (target, categories, from, to, page) ->
                        Optional.of(UserDataStore.Page.only(HK, Map.of(DataCategory.SUBSCRIBER, fraction))));

        assertEquals(
                Event.Blocked.STORE_ANSWER_UNUSABLE,
                assertInstanceOf(Delivery.Result.Failed.class, result).blocked());
    }

    @Test
    void a_hold_that_lands_between_deciding_and_writing_is_obeyed() {
        // The candidate is asked on the caller's thread first; the hold lands before the writer takes it.
        Standing before = log.ledger().standing();
        place(hold("first", new Match(Map.of(Dimension.USER_JURISDICTION, Set.of(HK)))));

        Receipt receipt = submit(Set.of(HK));

        Event.RequestDecided decided =
                (Event.RequestDecided) receipt.stored().entry().event();
        assertEquals(Outcome.HELD, decided.decision().outcome());
        assertEquals(before.epoch() + 1, receipt.stored().entry().envelope().epoch());
    }

    @Test
    void decisions_that_race_with_a_hold_are_each_made_under_the_holds_before_them() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(new Thread(() -> {
                for (int n = 0; n < 25; n++) {
                    submit(Set.of(HK));
                }
            }));
        }
        threads.forEach(Thread::start);
        place(hold("racing", new Match(Map.of(Dimension.USER_JURISDICTION, Set.of(HK)))));
        for (Thread thread : threads) {
            thread.join();
        }

        boolean placed = false;
        int decisions = 0;
        for (var entry :
                WholeLog.check(log.ledger(), log.signer().verifierKey()).entries()) {
            placed |= entry.kind() == EntryKind.HOLD_PLACED;
            if (entry.event() instanceof Event.RequestDecided decided) {
                decisions++;
                assertEquals(
                        placed ? Outcome.HELD : Outcome.REFERRED,
                        decided.decision().outcome());
            }
        }
        assertTrue(placed);
        assertEquals(100, decisions);
    }

    @Test
    void two_approvals_at_once_by_two_people_release_once() throws Exception {
        Receipt decided = submit(Set.of(HK));
        String id = decided.stored().entry().envelope().subject();
        Hash version = decided.stored().entry().leaf().hash();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String person = "reviewer-" + i % 2;
            threads.add(new Thread(() -> approve(id, version, person)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        List<EntryKind> kinds = kinds(id);
        assertEquals(2, kinds.stream().filter(EntryKind.APPROVAL_GIVEN::equals).count());
        assertEquals(
                2, kinds.stream().filter(EntryKind.APPROVAL_BLOCKED::equals).count());
        assertEquals(2, kinds.stream().filter(EntryKind.REQUEST_DECIDED::equals).count());
        assertEquals(Outcome.RELEASED, gate.find(id).orElseThrow().decision().outcome());
    }

    @Test
    void what_is_not_there_can_neither_be_delivered_nor_approved() {
        assertEquals(
                Optional.empty(),
                fulfilment((t, c, f, u, p) -> Optional.empty()).delivery().deliver("nothing", Duration.ofMinutes(1)));
        assertEquals(
                Optional.empty(),
                new ReviewDesk(gate).approve("nothing", Hash.ofNothing(), Person.of("reviewer-1"), Set.of()));
    }
}
