package io.holdfast.store;

import static io.holdfast.store.LedgerFixture.append;
import static io.holdfast.store.LedgerFixture.refusal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Anchors;
import io.holdfast.audit.Candidate;
import io.holdfast.audit.Entry;
import io.holdfast.audit.EntryWriter;
import io.holdfast.audit.Envelope;
import io.holdfast.audit.Event;
import io.holdfast.audit.ForkEvidence;
import io.holdfast.audit.FormerLog;
import io.holdfast.audit.Gossip;
import io.holdfast.audit.Leaf;
import io.holdfast.audit.LedgerException;
import io.holdfast.audit.NamedKey;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.RecordKey;
import io.holdfast.audit.Sighting;
import io.holdfast.audit.UnreadableException;
import io.holdfast.fixture.TemporaryLog;
import io.holdfast.fixture.TestDatabase;
import io.holdfast.fixture.WholeLog;
import io.holdfast.note.Checkpoint;
import io.holdfast.note.Ed25519Key;
import io.holdfast.note.SignedNote;
import io.holdfast.note.VerifierKey;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.ProofCheck;
import io.holdfast.tlog.ProofFile;
import io.holdfast.tlog.Tile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ledger promises, on whichever engine; see the two classes that name one. */
abstract class SqlLedgerTest {

    @TempDir
    Path temporary;

    private TestDatabase database;

    /** @param folder where the data of the gateway is */
    abstract TestDatabase create(Path folder);

    @BeforeEach
    void createDatabase() {
        database = create(folder());
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    private Path folder() {
        return temporary.resolve("data");
    }

    private TemporaryLog open() {
        return open(Clock.systemUTC());
    }

    private TemporaryLog open(Clock clock) {
        return TemporaryLog.open(folder(), database.alone(), clock);
    }

    private TemporaryLog newLog() {
        TemporaryLog log = open();
        append(log, LedgerFixture.genesis(log));
        return log;
    }

    private static Candidate about(TemporaryLog log, String subject) {
        return LedgerFixture.candidate(log.writer(), subject, LedgerFixture.failed());
    }

    private static WholeLog check(TemporaryLog log) {
        return WholeLog.check(log.ledger(), log.signer().verifierKey());
    }

    private static void checkProof(Receipt receipt, VerifierKey key) {
        ProofFile proof = receipt.proof();
        Checkpoint checkpoint =
                Checkpoint.open(proof.checkpoint().getBytes(StandardCharsets.UTF_8), List.of(key), TemporaryLog.ORIGIN);
        assertEquals(receipt.stored().index(), proof.index());
        assertTrue(ProofCheck.includes(
                receipt.stored().entry().leaf().hash(),
                proof.index(),
                checkpoint.size(),
                proof.hashes(),
                checkpoint.root()));
    }

    @Test
    void an_empty_log_has_a_signed_checkpoint_over_nothing() {
        try (TemporaryLog log = open()) {
            assertTrue(log.ledger().standing().isBeforeGenesis());
            assertEquals(0, check(log).checkpoint().size());
            assertEquals(Hash.ofNothing(), check(log).checkpoint().root());
            assertEquals(Optional.empty(), log.ledger().entry(0));
            assertEquals(Optional.empty(), log.ledger().receipt(0));
            assertEquals(Optional.empty(), log.ledger().tile(new Tile.Entries(0, 1)));
        }
    }

    @Test
    void appends_of_32_threads_keep_their_order_and_every_proof_is_valid() throws Exception {
        try (TemporaryLog log = newLog()) {
            EntryWriter writer = log.writer();
            VerifierKey key = log.signer().verifierKey();
            ExecutorService threads = Executors.newFixedThreadPool(32);
            List<Callable<List<Long>>> work = new ArrayList<>();
            for (int t = 0; t < 32; t++) {
                String subject = "thread-" + t;
                work.add(() -> {
                    List<Long> indices = new ArrayList<>();
                    for (int i = 0; i < 10; i++) {
                        Receipt receipt = append(log, LedgerFixture.candidate(writer, subject, LedgerFixture.failed()))
                                .get(0);
                        checkProof(receipt, key);
                        indices.add(receipt.stored().index());
                    }
                    return indices;
                });
            }
            List<Future<List<Long>>> done = threads.invokeAll(work);
            threads.shutdown();

            WholeLog whole = check(log);
            assertEquals(321, whole.entries().size());
            for (int t = 0; t < 32; t++) {
                List<Long> indices = done.get(t).get();
                assertEquals(indices.stream().sorted().toList(), indices);
                for (long index : indices) {
                    assertEquals(
                            "thread-" + t,
                            whole.entries().get((int) index).envelope().subject());
                }
            }
        }
    }

    @Test
    void proofs_across_tiles_of_more_than_600_entries_are_valid_before_and_after_a_restart() {
        VerifierKey key;
        try (TemporaryLog log = newLog()) {
            key = log.signer().verifierKey();
            EntryWriter writer = log.writer();
            List<CompletableFuture<List<Receipt>>> waiting = new ArrayList<>();
            for (int i = 1; i < 650; i++) {
                waiting.add(log.ledger()
                        .append(LedgerFixture.candidate(writer, "s" + i, LedgerFixture.failed()))
                        .toCompletableFuture());
            }
            waiting.forEach(receipts -> checkProof(receipts.join().get(0), key));
            assertEquals(
                    2 * Hash.BYTES, log.ledger().tile(new Tile.Hashes(1, 0, 2)).orElseThrow().length);
            assertEquals(Optional.empty(), log.ledger().tile(new Tile.Hashes(1, 0, 3)));
            check(log);
        }
        try (TemporaryLog log = open()) {
            for (long index : new long[] {0, 1, 255, 256, 257, 511, 512, 513, 648, 649}) {
                checkProof(log.ledger().receipt(index).orElseThrow(), key);
            }
            checkProof(append(log, about(log, "after")).get(0), key);
            assertEquals(651, check(log).entries().size());
        }
    }

    @Test
    void a_restart_continues_where_the_log_ended() {
        try (TemporaryLog log = newLog()) {
            append(log, LedgerFixture.hold(log.writer(), "one"));
        }
        try (TemporaryLog log = open()) {
            assertEquals(2, log.ledger().standing().epoch());
            assertTrue(log.ledger().standing().hold("one").isPresent());
            assertEquals(LedgerFixture.RULEBOOK, log.ledger().standing().rulebook());
            assertEquals(2, append(log, about(log, "x")).get(0).stored().index());
            check(log);
        }
    }

    @Test
    void time_never_runs_backwards_even_if_the_clock_does() {
        Instant late = Instant.parse("2026-11-24T12:00:00Z");
        try (TemporaryLog log = open(Clock.fixed(late, ZoneOffset.UTC))) {
            append(log, LedgerFixture.genesis(log));
        }
        Clock behind = Clock.fixed(late.minusSeconds(3600), ZoneOffset.UTC);
        try (TemporaryLog log = open(behind)) {
            Receipt receipt = append(log, about(log, "x")).get(0);

            assertEquals(late, receipt.stored().entry().envelope().at());
            check(log);
        }
    }

    @Test
    void a_candidate_made_under_a_stale_epoch_is_asked_again_by_the_writer() throws Exception {
        try (TemporaryLog log = newLog()) {
            EntryWriter writer = log.writer();
            CountDownLatch prepared = new CountDownLatch(1);
            CountDownLatch held = new CountDownLatch(1);
            AtomicInteger asked = new AtomicInteger();
            Candidate slow = new LedgerFixture.Simple("slow", Optional.empty(), false, (standing, at) -> {
                if (asked.incrementAndGet() == 1) {
                    prepared.countDown();
                    await(held);
                }
                return List.of(LedgerFixture.draft(writer, standing, at, "slow", LedgerFixture.failed()));
            });
            CompletableFuture<List<Receipt>> receipts = CompletableFuture.supplyAsync(() -> append(log, slow));
            await(prepared);
            append(log, LedgerFixture.hold(writer, "meanwhile"));
            held.countDown();

            Receipt receipt = receipts.get(10, TimeUnit.SECONDS).get(0);

            assertEquals(2, asked.get());
            assertEquals(2, receipt.stored().entry().envelope().epoch());
            check(log);
        }
    }

    @Test
    void a_candidate_is_asked_again_when_another_entry_on_its_subject_came_first() throws Exception {
        try (TemporaryLog log = newLog()) {
            EntryWriter writer = log.writer();
            CountDownLatch prepared = new CountDownLatch(1);
            CountDownLatch overtaken = new CountDownLatch(1);
            AtomicInteger asked = new AtomicInteger();
            Candidate slow = new LedgerFixture.Simple("same", Optional.empty(), true, (standing, at) -> {
                if (asked.incrementAndGet() == 1) {
                    prepared.countDown();
                    await(overtaken);
                }
                return List.of(LedgerFixture.draft(writer, standing, at, "same", LedgerFixture.failed()));
            });
            CompletableFuture<List<Receipt>> receipts = CompletableFuture.supplyAsync(() -> append(log, slow));
            await(prepared);
            append(log, about(log, "same"));
            overtaken.countDown();

            receipts.get(10, TimeUnit.SECONDS);

            assertEquals(2, asked.get());
            assertEquals(2, log.ledger().history("same").size());
            check(log);
        }
    }

    @Test
    void a_candidate_that_throws_fails_alone() {
        try (TemporaryLog log = newLog()) {
            AtomicInteger asked = new AtomicInteger();
            EntryWriter writer = log.writer();
            Candidate throwing = new LedgerFixture.Simple("bad", Optional.empty(), false, (standing, at) -> {
                if (asked.incrementAndGet() == 1) {
                    append(log, LedgerFixture.hold(writer, "meanwhile")); // so that the writer asks again
                    return List.of(LedgerFixture.draft(writer, standing, at, "bad", LedgerFixture.failed()));
                }
                throw new IllegalStateException("its own fault");
            });

            assertEquals("its own fault", refusal(log, throwing).getMessage());

            assertEquals(Optional.empty(), log.ledger().trouble());
            append(log, about(log, "good"));
            assertEquals(3, check(log).entries().size());
        }
    }

    @Test
    void a_candidate_whose_entry_nobody_could_read_fails_alone() {
        try (TemporaryLog log = newLog()) {
            assertTrue(refusal(log, LedgerFixture.unreadable(log.writer())) instanceof UnreadableException);

            assertEquals(Optional.empty(), log.ledger().trouble());
            append(log, about(log, "good"));
            assertEquals(2, check(log).entries().size());
        }
    }

    @Test
    void a_repeated_call_gets_the_first_receipt_also_after_a_restart() {
        long index;
        try (TemporaryLog log = newLog()) {
            index = append(log, LedgerFixture.once(log.writer(), "a", "key", "content"))
                    .get(0)
                    .stored()
                    .index();
            append(log, about(log, "between"));
        }
        try (TemporaryLog log = open()) {
            Receipt again = append(log, LedgerFixture.once(log.writer(), "b", "key", "content"))
                    .get(0);

            assertEquals(index, again.stored().index());
            assertEquals("a", again.stored().entry().envelope().subject());
            checkProof(again, log.signer().verifierKey());
            assertEquals(3, check(log).entries().size());
        }
    }

    @Test
    void a_repeated_call_with_other_content_is_a_conflict_and_writes_nothing() {
        try (TemporaryLog log = newLog()) {
            append(log, LedgerFixture.once(log.writer(), "a", "key", "content"));

            LedgerException refused =
                    (LedgerException) refusal(log, LedgerFixture.once(log.writer(), "b", "key", "other"));

            assertEquals(LedgerException.Cause.CONFLICT, refused.what());
            assertEquals(2, check(log).entries().size());
        }
    }

    @Test
    void a_closed_log_refuses_and_says_so() {
        TemporaryLog log = newLog();
        log.close();

        LedgerException refused = (LedgerException) refusal(log, about(log, "x"));

        assertEquals(LedgerException.Cause.UNAVAILABLE, refused.what());
        assertTrue(log.ledger().trouble().isPresent());
    }

    @Test
    void two_ledgers_on_one_database_continue_each_other() {
        try (TemporaryLog log = newLog()) {
            Path other = temporary.resolve("other");
            DataFolder.create(other);
            try (DataFolder lock = DataFolder.lock(other);
                    SqlLedger second = new SqlLedger(
                            database.alone(),
                            lock,
                            CheckpointSigner.of(log.signer()),
                            TemporaryLog.ORIGIN,
                            Clock.systemUTC())) {
                Receipt theirs = second.append(LedgerFixture.hold(log.writer(), "theirs"))
                        .toCompletableFuture()
                        .join()
                        .get(0);

                Receipt ours = append(log, about(log, "ours")).get(0);

                assertEquals(1, theirs.stored().index());
                assertEquals(2, ours.stored().index());
                assertEquals(2, ours.stored().entry().envelope().epoch());
                checkProof(ours, log.signer().verifierKey());
            }
            assertEquals(3, check(log).entries().size());
        }
    }

    @Test
    void entries_that_another_replica_has_signed_with_a_rotated_record_key_are_followed() {
        try (TemporaryLog log = newLog()) {
            EntryWriter rotated = new EntryWriter(new RecordKey(Ed25519Key.generate()));
            Path other = temporary.resolve("other");
            try (DataFolder lock = DataFolder.lock(other);
                    SqlLedger second = new SqlLedger(
                            database.alone(),
                            lock,
                            CheckpointSigner.of(log.signer()),
                            TemporaryLog.ORIGIN,
                            Clock.systemUTC())) {
                Event added = new Event.KeyAdded(new NamedKey.OfRecords(rotated.key()));
                second.append(LedgerFixture.candidate(log.writer(), Envelope.LOG, added))
                        .toCompletableFuture()
                        .join();
                second.append(LedgerFixture.candidate(rotated, "theirs", LedgerFixture.failed()))
                        .toCompletableFuture()
                        .join();

                assertEquals(3, append(log, about(log, "ours")).get(0).stored().index());
            }
            assertEquals(4, check(log).entries().size());
        }
    }

    private IllegalStateException refusalToStart() {
        return assertThrows(IllegalStateException.class, () -> open().close());
    }

    @Test
    void an_older_copy_of_the_database_is_refused_with_the_evidence() throws Exception {
        try (TemporaryLog log = newLog()) {
            append(log, about(log, "kept"));
        }
        String backup = database.save();
        Checkpoint newest;
        try (TemporaryLog log = open()) {
            append(log, about(log, "lost"));
            newest = check(log).checkpoint();
        }
        database.restore(backup);

        String message = refusalToStart().getMessage();

        assertTrue(message.contains("went back in time"), message);
        assertTrue(
                message.contains("3 entries were signed, root " + newest.root().base64()), message);
        assertTrue(message.contains("the database has 2"), message);
    }

    @Test
    void a_database_with_another_past_is_refused_with_the_evidence() throws Exception {
        try (TemporaryLog log = newLog()) {
            append(log, about(log, "kept"));
        }
        String backup = database.save();
        Checkpoint signed;
        byte[] mark;
        try (TemporaryLog log = open()) {
            append(log, about(log, "signed"));
            signed = check(log).checkpoint();
        }
        mark = Files.readAllBytes(folder().resolve("high-water"));
        database.restore(backup);
        Files.delete(folder().resolve("high-water"));
        try (TemporaryLog log = open()) {
            append(log, about(log, "other"));
            append(log, about(log, "another"));
        }
        Files.write(folder().resolve("high-water"), mark);

        String message = refusalToStart().getMessage();

        assertTrue(message.contains("another past"), message);
        assertTrue(message.contains(signed.root().base64()), message);
    }

    @Test
    void a_frozen_log_stays_frozen_over_restarts_until_the_right_database_is_back_and_a_person_says_so()
            throws Exception {
        newLog().close();
        String older = database.save();
        try (TemporaryLog log = open()) {
            append(log, about(log, "newest"));
        }
        String newest = database.save();
        database.restore(older);
        String evidence = refusalToStart().getMessage();
        assertTrue(evidence.contains("went back in time"), evidence);
        assertTrue(evidence.contains("--continues " + folder()), evidence);

        database.restore(newest);
        assertEquals(evidence, refusalToStart().getMessage());

        Files.delete(folder().resolve("frozen"));
        try (TemporaryLog log = open()) {
            assertEquals(2, append(log, about(log, "goes on")).get(0).stored().index());
            assertEquals(3, check(log).entries().size());
        }
    }

    /**
     * Copied together with keys and mark, nobody on this machine can know of the other writer. Whoever has heard of both can
     * prove it, and no database of the other is taken.
     */
    @Test
    void two_writers_on_copied_data_give_the_evidence_of_a_fork_and_cannot_be_joined_again() throws Exception {
        newLog().close();
        String copy = database.save();
        byte[] mark = Files.readAllBytes(folder().resolve("high-water"));
        Gossip gossip;
        VerifierKey key;
        byte[] markOfFirst;
        try (TemporaryLog first = open()) {
            key = first.signer().verifierKey();
            gossip = new Gossip(Anchors.ofKeys(List.of(key), Optional.empty()), Instant.now());
            append(first, about(first, "a"));
            gossip.add(new Sighting("first", SignedNote.parse(first.ledger().checkpoint())));
        }
        markOfFirst = Files.readAllBytes(folder().resolve("high-water"));
        database.restore(copy);
        Files.write(folder().resolve("high-water"), mark);
        try (TemporaryLog second = open()) {
            append(second, about(second, "b"));
            gossip.add(new Sighting("second", SignedNote.parse(second.ledger().checkpoint())));
        }

        gossip.compare();

        assertEquals(1, gossip.forks().size());
        ForkEvidence fork = gossip.forks().get(0);
        assertEquals(
                "The keys below signed two logs called holdfast.test/log that have different entries among the first 2.",
                fork.sentence());
        assertEquals(
                List.of(),
                ForkEvidence.parse(fork.print()).check(Anchors.ofKeys(List.of(key), Optional.empty()), Instant.now()));
        Files.write(folder().resolve("high-water"), markOfFirst);
        assertTrue(refusalToStart().getMessage().contains("has another past"));
    }

    /** A log of 4 entries, two of them holds, whose database came back with 1 of them. */
    private Checkpoint frozen() {
        newLog().close();
        String older = database.save();
        Checkpoint newest;
        try (TemporaryLog log = open()) {
            append(log, LedgerFixture.hold(log.writer(), "one"));
            append(log, about(log, "x"));
            append(log, LedgerFixture.hold(log.writer(), "two"));
            newest = check(log).checkpoint();
        }
        database.restore(older);
        refusalToStart();
        return newest;
    }

    @Test
    void of_a_frozen_log_its_end_and_its_holds_are_left_outside_the_database() throws Exception {
        Checkpoint newest = frozen();

        FrozenLog left = FrozenLog.read(folder());

        assertEquals(new FormerLog(TemporaryLog.ORIGIN, 4, newest.root()), left.head());
        assertEquals(
                List.of("one", "two"),
                left.holds().stream().map(hold -> hold.hold().id()).toList());
    }

    @Test
    void what_is_left_of_a_frozen_log_is_believed_only_if_it_is_whole() throws Exception {
        frozen();
        Path copy = folder().resolve("control-entries");
        List<String> lines = Files.readAllLines(copy);
        for (List<String> changed : List.of(
                List.<String>of(),
                List.of(lines.get(1)),
                List.of(lines.get(0), lines.get(2)),
                List.of(lines.get(0), lines.get(1).substring(0, lines.get(1).length() - 4) + "AAAA"))) {
            Files.write(copy, changed);
            String message = assertThrows(IllegalStateException.class, () -> FrozenLog.read(folder()))
                    .getMessage();
            assertTrue(message.contains("restore it from its backup"), message);
        }
    }

    @Test
    void only_a_frozen_log_that_nobody_works_on_is_continued() throws Exception {
        newLog().close();
        assertTrue(assertThrows(IllegalStateException.class, () -> FrozenLog.read(folder()))
                .getMessage()
                .contains("holds no frozen log"));

        Files.writeString(folder().resolve("frozen"), "evidence\n");
        DataFolder other = DataFolder.lock(folder());
        assertThrows(DataFolder.InUseException.class, () -> FrozenLog.read(folder()));
        other.close();
    }

    @Test
    void without_the_right_database_taking_the_file_away_helps_nobody() throws Exception {
        newLog().close();
        String older = database.save();
        try (TemporaryLog log = open()) {
            append(log, about(log, "newest"));
        }
        database.restore(older);
        String evidence = refusalToStart().getMessage();
        Files.delete(folder().resolve("frozen"));

        assertEquals(evidence, refusalToStart().getMessage());

        assertTrue(Files.exists(folder().resolve("frozen")));
    }

    @Test
    void a_database_that_goes_back_in_time_under_a_running_log_freezes_it() throws Exception {
        try (TemporaryLog log = newLog()) {
            io.holdfast.tlog.Frontier before = io.holdfast.tlog.Frontier.empty()
                    .append(log.ledger().entry(0).orElseThrow().entry().leaf().hash());
            append(log, about(log, "lost"));
            byte[] signed = log.ledger().checkpoint();
            database.damage("DELETE FROM entry WHERE idx = 1");
            database.damage("UPDATE head SET size = 1, frontier = ?", before.encode());

            LedgerException refused = (LedgerException) refusal(log, about(log, "x"));

            assertEquals(LedgerException.Cause.UNAVAILABLE, refused.what());
            for (int i = 0; !log.ledger().trouble().orElse("").contains("went back in time"); i++) {
                assertTrue(i < 1000, () -> log.ledger().trouble().toString());
                Thread.sleep(10);
            }
            assertEquals(LedgerException.Cause.UNAVAILABLE, ((LedgerException) refusal(log, about(log, "y"))).what());
            assertArrayEquals(signed, log.ledger().checkpoint(), "what was signed is not taken back");
        }
        assertTrue(refusalToStart().getMessage().contains("went back in time"));
    }

    @Test
    void a_database_of_another_log_is_refused_and_freezes_nothing() throws Exception {
        newLog().close();
        Path other = temporary.resolve("other");
        DataFolder.create(other);
        try (DataFolder lock = DataFolder.lock(other)) {
            KeyFolder keys = new KeyFolder(lock.keys());
            String origin = "holdfast.test/another";

            IllegalStateException refused = assertThrows(
                    IllegalStateException.class,
                    () -> new SqlLedger(
                            database.alone(),
                            lock,
                            CheckpointSigner.of(keys.logSigners(origin).get(0)),
                            origin,
                            Clock.systemUTC()));

            assertTrue(refused.getMessage().contains("is holdfast.test/log, and holdfast.origin is " + origin));
            assertFalse(Files.exists(other.resolve("frozen")));
            assertFalse(Files.exists(other.resolve("high-water")));
        }
    }

    @Test
    void control_entries_are_kept_outside_the_database_too_and_put_right_at_the_start() throws Exception {
        Path copy = folder().resolve("control-entries");
        try (TemporaryLog log = newLog()) {
            append(log, LedgerFixture.hold(log.writer(), "one"));
            append(log, about(log, "x"));
            List<Leaf> kept = ControlCopy.read(copy);

            assertEquals(
                    check(log).entries().subList(0, 2).stream().map(Entry::leaf).toList(), kept);
        }
        byte[] before = Files.readAllBytes(copy);
        Files.writeString(copy, "something else\n");
        open().close();
        assertArrayEquals(before, Files.readAllBytes(copy));
    }

    @Test
    void the_connection_of_the_gateway_cannot_change_or_delete_what_stands() throws Exception {
        try (TemporaryLog log = newLog()) {
            try (Connection connection = database.source().getConnection();
                    Statement statement = connection.createStatement()) {
                // So that there is a row: SQLite's triggers are asked for each.
                statement.executeUpdate("INSERT INTO node (level, idx, hash) SELECT 1, 0, leaf_hash FROM entry");
            }
            for (String change : new String[] {
                "UPDATE entry SET control = 0",
                "DELETE FROM entry",
                "UPDATE node SET idx = idx + 1",
                "DELETE FROM node",
                "INSERT INTO entry SELECT idx, leaf, leaf_hash, jti, subject, control FROM entry"
            }) {
                try (Connection connection = database.source().getConnection();
                        Statement statement = connection.createStatement()) {
                    assertThrows(SQLException.class, () -> statement.executeUpdate(change), change);
                }
            }
            assertEquals(1, check(log).entries().size());
        }
    }

    @Test
    void a_high_water_mark_that_is_none_is_refused() throws Exception {
        newLog().close();
        for (String text : new String[] {"1", "x".repeat(80), " ".repeat(79) + "\n", "01 " + " ".repeat(76) + "\n"}) {
            Files.writeString(folder().resolve("high-water"), text);
            assertThrows(RuntimeException.class, () -> open().close(), text);
        }
    }

    @Test
    void the_high_water_mark_is_raised_with_every_entry() throws Exception {
        try (TemporaryLog log = newLog()) {
            append(log, about(log, "x"));
            Checkpoint checkpoint = check(log).checkpoint();

            String mark = Files.readString(folder().resolve("high-water"));

            assertEquals(checkpoint.size() + " " + checkpoint.root().base64(), mark.strip());
        }
    }

    @Test
    void a_frontier_that_its_entries_contradict_is_refused() throws Exception {
        newLog().close();
        byte[] other = io.holdfast.tlog.Frontier.empty()
                .append(Hash.leaf(new byte[] {1}))
                .encode();
        database.damage("UPDATE head SET frontier = ?", other);

        assertTrue(refusalToStart().getMessage().contains("disagrees"));
    }

    @Test
    void a_frontier_that_is_none_is_refused() throws Exception {
        newLog().close();
        database.damage("UPDATE head SET frontier = ?", new byte[] {1, 2, 3});

        assertThrows(RuntimeException.class, () -> open().close());
    }

    @Test
    void a_head_that_contradicts_itself_is_refused() throws Exception {
        newLog().close();
        database.damage("UPDATE head SET size = 2");

        assertTrue(refusalToStart().getMessage().contains("contradicts itself"));
    }

    @Test
    void an_entry_that_is_gone_is_noticed() throws Exception {
        try (TemporaryLog log = newLog()) {
            append(log, about(log, "x"));
        }
        database.damage("DELETE FROM entry WHERE idx = 1");

        assertThrows(RuntimeException.class, () -> open().close());
    }

    @Test
    void a_control_entry_that_was_changed_is_noticed_at_the_start() throws Exception {
        try (TemporaryLog log = newLog()) {
            append(log, LedgerFixture.hold(log.writer(), "one"));
        }
        database.damage("UPDATE entry SET leaf = (SELECT leaf FROM entry WHERE idx = 0) WHERE idx = 1");

        assertThrows(RuntimeException.class, () -> open().close());
    }

    @Test
    void a_control_entry_that_was_hidden_is_noticed_at_the_start() throws Exception {
        try (TemporaryLog log = newLog()) {
            append(log, LedgerFixture.hold(log.writer(), "one"));
        }
        database.damage("UPDATE entry SET control = 0 WHERE idx = 1");
        assertTrue(refusalToStart().getMessage().contains("not one that this log has signed"));

        database.damage("UPDATE entry SET control = 1 WHERE idx = 1");
        try (TemporaryLog log = open()) {
            append(log, about(log, "after"));
        }
        database.damage("UPDATE entry SET control = 0 WHERE idx = 1");
        assertTrue(refusalToStart().getMessage().contains("not one that this log has signed"));
    }

    @Test
    void what_is_read_later_is_what_was_written() {
        try (TemporaryLog log = newLog()) {
            Receipt receipt = append(log, about(log, "x")).get(0);

            assertEquals(receipt.stored(), log.ledger().entry(1).orElseThrow());
            assertEquals(List.of(receipt.stored()), log.ledger().history("x"));
            assertEquals(
                    Envelope.LOG,
                    log.ledger().entry(0).orElseThrow().entry().envelope().subject());
            assertEquals(Optional.empty(), log.ledger().entry(2));
            assertEquals(Optional.empty(), log.ledger().entry(-1));
            assertEquals(Optional.empty(), log.ledger().receipt(2));
            assertArrayEquals(
                    log.ledger().checkpoint(), receipt.proof().checkpoint().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited too long");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
