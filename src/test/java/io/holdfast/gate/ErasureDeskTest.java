package io.holdfast.gate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Anchors;
import io.holdfast.audit.Disclosure;
import io.holdfast.audit.EntryKind;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.LogSource;
import io.holdfast.audit.LogVerifier;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Replay;
import io.holdfast.audit.Replayed;
import io.holdfast.audit.Scrutiny;
import io.holdfast.audit.Sealed;
import io.holdfast.audit.Stored;
import io.holdfast.fixture.RawFiles;
import io.holdfast.fixture.SettableClock;
import io.holdfast.fixture.TemporaryLog;
import io.holdfast.legal.ErasureReason;
import io.holdfast.legal.Outcome;
import io.holdfast.tlog.Hash;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shredding on a real log and a real database, whose files are read as a thief would. */
class ErasureDeskTest {

    private static final ErasureReason RETENTION = ErasureReason.RETENTION_ENDED;

    @TempDir
    Path temporary;

    private final SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private WorkingGate work;

    private Path data() {
        return temporary.resolve("data");
    }

    /** As a pool of connections has them: while one is open, the write-ahead log stays where it is. */
    private Connection idle;

    @BeforeEach
    void open() throws SQLException {
        work = WorkingGate.open(data(), clock);
        idle = TemporaryLog.database(data()).source().getConnection();
        try (Statement statement = idle.createStatement()) {
            statement.executeQuery("SELECT size FROM head").close();
        }
    }

    @AfterEach
    void check() throws SQLException {
        work.whole();
        assertReplays();
        work.close();
        idle.close();
    }

    private void assertReplays() {
        Replayed replayed = Replay.run(work.source(), Progress.NONE);
        assertEquals(List.of(), replayed.disagreements());
    }

    private Event shred(String id, String person) {
        return shred(id, RETENTION, Optional.empty(), person);
    }

    private Event shred(String id, ErasureReason reason, Optional<Hash> proposal, String person) {
        return receipt(id, reason, proposal, person).stored().entry().event();
    }

    private Receipt receipt(String id, ErasureReason reason, Optional<Hash> proposal, String person) {
        return new ErasureDesk(work.gate)
                .shred(id, reason, proposal, Person.of(person))
                .orElseThrow()
                .toCompletableFuture()
                .join();
    }

    /** @return the id of a case that was delivered and then shredded */
    private String shredded() {
        String id = work.delivered();
        assertInstanceOf(Event.ErasureProposed.class, shred(id, "operator-1"));
        assertInstanceOf(Event.CaseShredded.class, shred(id, "operator-2"));
        return id;
    }

    private Stored first(String id) {
        return work.gate.find(id).orElseThrow().first();
    }

    private static Event blocked(Blocked why) {
        return new Event.ErasureBlocked(RETENTION, why);
    }

    @Test
    void one_person_proposes_and_a_second_one_shreds() {
        String id = work.delivered();

        Event.ErasureProposed proposed = assertInstanceOf(Event.ErasureProposed.class, shred(id, "operator-1"));
        assertTrue(work.log.ledger().sealed(first(id).index()).isPresent(), "one person was enough");
        Event.CaseShredded done = assertInstanceOf(Event.CaseShredded.class, shred(id, "operator-2"));

        assertNotEquals(proposed.by(), done.by());
        List<EntryKind> kinds = work.whole().kindsOn(id);
        assertEquals(
                List.of(EntryKind.PASSED, EntryKind.ERASURE_PROPOSED, EntryKind.CASE_SHREDDED),
                kinds.subList(kinds.size() - 3, kinds.size()));
        for (Stored stored : work.gate.find(id).orElseThrow().entries()) {
            boolean isOfTheErasure = stored.entry().event() instanceof Event.ErasureProposed
                    || stored.entry().event() instanceof Event.CaseShredded;
            assertEquals(
                    isOfTheErasure, work.log.ledger().sealed(stored.index()).isPresent(), "" + stored.index());
        }
    }

    @Test
    void the_same_person_twice_is_blocked_and_recorded_and_another_can_still_agree() {
        String id = work.delivered();
        shred(id, "operator-1");

        assertEquals(blocked(Blocked.SAME_PERSON_TWICE), shred(id, "operator-1"));
        assertTrue(work.log.ledger().sealed(first(id).index()).isPresent());

        assertInstanceOf(Event.CaseShredded.class, shred(id, "operator-2"));
    }

    @Test
    void a_word_for_nobody_neither_proposes_nor_agrees() {
        String id = work.delivered();
        Event nobody = new Event.ErasureBlocked(RETENTION, Blocked.NOT_A_PERSON);

        assertEquals(nobody, shred(id, "system"));
        assertInstanceOf(Event.ErasureProposed.class, shred(id, "operator-1"));
        assertEquals(nobody, shred(id, "Admin"));
        assertInstanceOf(Event.CaseShredded.class, shred(id, "operator-2"));
    }

    @Test
    void a_case_is_not_shredded_while_it_waits_for_people_or_to_be_collected() {
        String waiting = work.referred();
        String approvedOnce = work.referred();
        work.approve(approvedOnce, "reviewer-1");
        String released = work.released();

        for (String id : List.of(waiting, approvedOnce, released)) {
            assertEquals(blocked(Blocked.IN_FLIGHT), shred(id, "operator-1"));
            assertEquals(blocked(Blocked.IN_FLIGHT), shred(id, "operator-2"));
        }
    }

    @Test
    void what_has_ended_meanwhile_is_decided_again_first_and_can_then_be_shredded() {
        String waiting = work.referred();
        String approvedOnce = work.referred();
        work.approve(approvedOnce, "reviewer-1");
        String released = work.released();
        clock.forward(Duration.ofDays(200)); // the warrant has expired

        for (String id : List.of(waiting, approvedOnce, released)) {
            assertInstanceOf(Event.ErasureProposed.class, shred(id, "operator-1"));
            assertEquals(
                    Outcome.REFUSED, work.gate.find(id).orElseThrow().decision().outcome());
            assertInstanceOf(Event.CaseShredded.class, shred(id, "operator-2"));
        }
    }

    @Test
    void a_proposal_stands_for_30_days() {
        String id = work.delivered();
        shred(id, "operator-1");
        clock.forward(Event.ErasureProposed.STANDS.plusSeconds(1));

        assertInstanceOf(Event.ErasureProposed.class, shred(id, "operator-2"), "an old proposal counted");
        clock.forward(Event.ErasureProposed.STANDS);
        assertEquals(blocked(Blocked.SAME_PERSON_TWICE), shred(id, "operator-2"));
        assertInstanceOf(Event.CaseShredded.class, shred(id, "operator-1"));
    }

    @Test
    void agreeing_to_another_proposal_or_for_another_reason_does_not_count() {
        String id = work.delivered();
        Optional<Hash> other = Optional.of(Hash.ofNothing());
        assertEquals(blocked(Blocked.OTHER_PROPOSAL), shred(id, RETENTION, other, "operator-1"));
        Receipt proposal = receipt(id, RETENTION, Optional.empty(), "operator-1");

        assertEquals(blocked(Blocked.OTHER_PROPOSAL), shred(id, RETENTION, other, "operator-2"));
        assertEquals(
                new Event.ErasureBlocked(ErasureReason.COURT_ORDER, Blocked.OTHER_PROPOSAL),
                shred(id, ErasureReason.COURT_ORDER, Optional.empty(), "operator-2"));

        Optional<Hash> right = Optional.of(proposal.stored().entry().leaf().hash());
        assertInstanceOf(Event.CaseShredded.class, shred(id, RETENTION, right, "operator-2"));
    }

    @Test
    void an_attempt_of_somebody_who_may_not_is_recorded_and_changes_nothing() {
        String id = work.delivered();
        shred(id, "operator-1");

        Receipt refused = new ErasureDesk(work.gate)
                .refuse(id, RETENTION, Person.of("engineer-1"))
                .orElseThrow()
                .toCompletableFuture()
                .join();

        assertEquals(blocked(Blocked.NOT_PERMITTED), refused.stored().entry().event());
        assertTrue(work.log.ledger().sealed(first(id).index()).isPresent());
    }

    @Test
    void a_request_that_is_not_there_cannot_be_shredded() {
        assertEquals(
                Optional.empty(),
                new ErasureDesk(work.gate)
                        .shred("no-such-request", RETENTION, Optional.empty(), Person.of("operator-1")));
    }

    @Test
    void the_log_its_proofs_and_its_replay_are_the_same_before_and_after() {
        String id = work.delivered();
        shred(id, "operator-1");
        List<byte[]> leaves = leaves(id);
        List<Integer> before = findings();
        shred(id, "operator-2");

        List<byte[]> after = leaves(id);
        for (int i = 0; i < leaves.size(); i++) {
            assertArrayEquals(leaves.get(i), after.get(i));
        }
        assertEquals(before, findings());
        assertEquals(0, before.get(0));
        for (Stored stored : work.gate.find(id).orElseThrow().entries()) {
            Receipt receipt = work.log.ledger().receipt(stored.index()).orElseThrow();
            assertEquals(stored, receipt.stored());
        }
    }

    private List<byte[]> leaves(String id) {
        return new ArrayList<>(work.gate.find(id).orElseThrow().entries().stream()
                .map(stored -> stored.entry().leaf().bytes())
                .toList());
    }

    /** How many findings the verifier has, and how many disagreements the replay. */
    private List<Integer> findings() {
        LogSource source = work.source();
        return List.of(
                LogVerifier.verify(
                                source,
                                Anchors.ofKeys(List.of(work.log.signer().verifierKey()), Optional.empty()),
                                Scrutiny.full(clock.instant()),
                                Progress.NONE)
                        .findings()
                        .size(),
                Replay.run(source, Progress.NONE).disagreements().size());
    }

    @Test
    void nothing_of_a_shredded_case_can_be_opened_and_the_answer_names_the_entry() {
        String id = shredded();
        Stored shredded = work.gate.find(id).orElseThrow().shredded().orElseThrow();

        SealedClaims.Result result = new SealedClaims(work.gate)
                .open(first(id).index(), "officer", "auditor-1", "auditor-1")
                .orElseThrow()
                .toCompletableFuture()
                .join();

        SealedClaims.Result.Refused refused = assertInstanceOf(SealedClaims.Result.Refused.class, result);
        assertEquals(Optional.of(shredded), refused.shredded());
        assertEquals(
                new Event.ClaimOpeningBlocked("officer", first(id).index(), Blocked.SHREDDED),
                refused.receipt().stored().entry().event());
    }

    @Test
    void who_shredded_it_can_still_be_opened() {
        String id = shredded();
        Stored shredded = work.gate.find(id).orElseThrow().shredded().orElseThrow();

        List<Disclosure> opened = CaseFile.open(work.log.ledger(), work.log.vault(), shredded);

        assertEquals("operator-2", opened.get(0).value().asText());
    }

    @Test
    void nobody_approves_delivers_or_shreds_what_was_shredded_and_each_attempt_is_recorded() {
        String id = work.referred();
        Hash version = work.gate.find(id).orElseThrow().version();
        clock.forward(Duration.ofDays(200));
        shred(id, "operator-1");
        shred(id, "operator-2");

        List<Receipt> approval = work.approve(id, version, "reviewer-1");
        Delivery.Result delivery = work.deliver(id);
        Event again = shred(id, "operator-3");

        assertEquals(
                new Event.ApprovalBlocked(Blocked.SHREDDED),
                approval.get(0).stored().entry().event());
        Delivery.Result.Failed failed = assertInstanceOf(Delivery.Result.Failed.class, delivery);
        assertEquals(
                new Event.DeliveryFailed(Blocked.SHREDDED),
                failed.receipt().stored().entry().event());
        assertEquals(blocked(Blocked.SHREDDED), again);
        assertEquals(Optional.empty(), work.log.ledger().sealed(first(id).index()), "an attempt brought the key back");
    }

    @Test
    void the_bytes_of_the_key_and_of_the_boxes_are_in_no_file_afterwards() {
        String id = work.delivered();
        List<Sealed> parts = work.gate.find(id).orElseThrow().entries().stream()
                .map(stored -> work.log.ledger().sealed(stored.index()))
                .flatMap(Optional::stream)
                .toList();
        assertEquals(3, parts.size());
        assertFalse(RawFiles.holding(data(), parts.get(0).wrappedKey()).isEmpty(), "the search finds nothing");
        for (Sealed part : parts) {
            assertFalse(RawFiles.holding(data(), part.box()).isEmpty());
        }

        shred(id, "operator-1");
        shred(id, "operator-2");

        assertEquals(List.of(), RawFiles.holding(data(), parts.get(0).wrappedKey()));
        for (Sealed part : parts) {
            assertEquals(List.of(), RawFiles.holding(data(), part.box()));
        }
    }

    @Test
    void of_many_cases_shredded_in_any_order_no_key_is_left_and_of_the_others_each_is() {
        long seed = System.nanoTime();
        System.out.println("ErasureDeskTest, seed " + seed);
        Random random = new Random(seed);
        List<String> gone = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            (random.nextInt(3) > 0 ? gone : kept).add(work.referred());
        }
        clock.forward(Duration.ofDays(200)); // the warrants have expired
        List<byte[]> keysGone = gone.stream().map(this::wrapped).toList();
        List<byte[]> keysKept = kept.stream().map(this::wrapped).toList();
        java.util.Collections.shuffle(gone, random);

        for (String id : gone) {
            shred(id, "operator-1");
            assertInstanceOf(Event.CaseShredded.class, shred(id, "operator-2"));
        }

        keysGone.forEach(key -> assertEquals(List.of(), RawFiles.holding(data(), key), "seed " + seed));
        keysKept.forEach(key -> assertEquals(List.of("holdfast.db"), RawFiles.holding(data(), key), "seed " + seed));
        kept.forEach(id -> assertFalse(
                CaseFile.open(work.log.ledger(), work.log.vault(), first(id)).isEmpty()));
    }

    private byte[] wrapped(String id) {
        return work.log.ledger().sealed(first(id).index()).orElseThrow().wrappedKey();
    }

    @Test
    void while_somebody_reads_what_was_before_the_bytes_stay_and_the_next_write_removes_them() throws SQLException {
        String id = work.delivered();
        byte[] key = wrapped(id);
        shred(id, "operator-1");
        try (Connection reader = TemporaryLog.database(data()).source().getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.executeQuery("SELECT size FROM head").close();
            assertInstanceOf(Event.CaseShredded.class, shred(id, "operator-2"));
            assertFalse(RawFiles.holding(data(), key).isEmpty(), "the reader holds nothing up");
            reader.rollback();
        }

        work.referred();

        assertEquals(List.of(), RawFiles.holding(data(), key));
    }

    @Test
    void a_repeated_call_of_a_shredded_case_is_a_new_request() {
        Call call = new Call("agency", "key-1", "body-1");
        String id = work.submit(work.warrant(Set.of(WorkingGate.HK), "account-1"), Optional.of(call))
                .stored()
                .entry()
                .envelope()
                .subject();
        clock.forward(Duration.ofDays(200));
        shred(id, "operator-1");
        shred(id, "operator-2");

        String again = work.submit(work.warrant(Set.of(WorkingGate.HK), "account-1"), Optional.of(call))
                .stored()
                .entry()
                .envelope()
                .subject();

        assertNotEquals(id, again);
    }

    @Test
    void a_restart_forgets_nothing_of_it() {
        String id = shredded();
        work.close();
        work = WorkingGate.open(data(), clock);

        assertEquals(Optional.empty(), work.log.ledger().sealed(first(id).index()));
        assertEquals(blocked(Blocked.SHREDDED), shred(id, "operator-1"));
    }
}
