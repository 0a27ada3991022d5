package io.holdfast.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.note.Checkpoint;
import io.holdfast.note.Cosigner;
import io.holdfast.note.Ed25519Key;
import io.holdfast.note.JudgedCheckpoint;
import io.holdfast.note.MlDsa44Key;
import io.holdfast.note.SignedNote;
import io.holdfast.note.TrustPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log, real witnesses over HTTP, and some that are not what they should be. */
@Timeout(60)
class FeederTest {
    /** Quick where nobody has to wait, and patient where a busy machine may be slow. */
    private static final Pace PACE = new Pace(
            Duration.ofMillis(100),
            Duration.ofMillis(200),
            Duration.ofMinutes(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20));

    /** The same with the usual limit for a witness. */
    private static final Pace STRICT =
            new Pace(PACE.onDemand(), PACE.regular(), PACE.unchanged(), Pace.USUAL.perWitness(), PACE.patience());

    @TempDir
    Path folder;

    private final SmallLog log = SmallLog.named("log.example").grow(1);
    private final BlockingQueue<String> reports = new LinkedBlockingQueue<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private TrustPolicy logs;
    private RunningWitness one;
    private RunningWitness two;
    private RunningWitness three;

    @BeforeEach
    void witnesses() {
        logs = TrustPolicy.ofKeys(List.of(log.signer.verifierKey()));
        one = witness("one", Cosigner.of("witness.example/one", MlDsa44Key.generate()));
        two = witness("two", Cosigner.of("witness.example/two", Ed25519Key.generate()));
        three = witness(
                "three",
                Cosigner.of("witness.example/three", Ed25519Key.generate()),
                Cosigner.of("witness.example/three", MlDsa44Key.generate()));
    }

    private RunningWitness witness(String name, Cosigner... keys) {
        RunningWitness witness = RunningWitness.start(logs, folder.resolve(name), keys);
        open.add(0, witness);
        return witness;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private String three() {
        return one.terms("one") + two.terms("two") + three.terms("three") + "group three-keys any three three-1\n";
    }

    private String twoOfThree() {
        return three() + "group all-three 2 one two three-keys\nquorum all-three\n";
    }

    private static TrustPolicy parse(String terms) {
        return TrustPolicy.parse(terms.getBytes(StandardCharsets.UTF_8));
    }

    private Feeder feed(String policy) {
        return feed(policy, true, PACE, Optional.empty());
    }

    private Feeder feed(String policy, boolean holdsBack, Pace pace, Optional<Cosigner> second) {
        Feeder feeder = Feeder.start(
                parse(policy),
                new FedLog(log::head, () -> signedBy(second), log),
                holdsBack,
                pace,
                Clock.systemUTC(),
                reports::add);
        open.add(0, feeder);
        return feeder;
    }

    private byte[] signedBy(Optional<Cosigner> second) {
        SignedNote note = SignedNote.parse(log.head());
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        return second.map(cosigner -> note.with(cosigner.sign(checkpoint, Instant.now())))
                .orElse(note)
                .print();
    }

    private JudgedCheckpoint covered(Feeder feeder, String policy, long index) throws Exception {
        byte[] note = feeder.covering(index).toCompletableFuture().get(20, TimeUnit.SECONDS);
        JudgedCheckpoint judged = judge(policy, note);
        assertTrue(judged.quorum());
        assertTrue(judged.checkpoint().size() > index);
        assertEquals(log.checkpoint((int) judged.checkpoint().size()), judged.checkpoint());
        return judged;
    }

    private JudgedCheckpoint judge(String policy, byte[] note) {
        return parse(policy).withLogs(List.of(log.signer.verifierKey())).judge(SignedNote.parse(note), Instant.now());
    }

    /** Not covered for as long as some rounds last. */
    private static void notCovered(Feeder feeder, long index) {
        CompletableFuture<byte[]> waits = feeder.covering(index).toCompletableFuture();
        assertThrows(TimeoutException.class, () -> waits.get(400, TimeUnit.MILLISECONDS));
        waits.cancel(true);
    }

    private static void eventually(BooleanSupplier isSo) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!isSo.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline);
            Thread.sleep(20);
        }
    }

    private void reported(String sentence) throws InterruptedException {
        List<String> seen = new ArrayList<>();
        for (String next = reports.poll(10, TimeUnit.SECONDS); next != null; next = reports.poll(5, TimeUnit.SECONDS)) {
            if (next.contains(sentence)) {
                return;
            }
            seen.add(next);
        }
        throw new AssertionError("not reported: " + sentence + "; but " + seen);
    }

    @Test
    void a_growing_log_is_cosigned_by_a_quorum_as_often_as_somebody_waits() throws Exception {
        Feeder feeder = feed(twoOfThree());
        for (int i = 0; i < 12; i++) {
            log.grow(50);
            covered(feeder, twoOfThree(), log.size() - 1);
        }
        assertEquals(List.of(), List.copyOf(reports));
    }

    @Test
    void all_cosignatures_that_come_in_time_are_published() throws Exception {
        Feeder feeder = feed(twoOfThree());
        covered(feeder, twoOfThree(), 0);
        eventually(() -> judge(twoOfThree(), feeder.published().orElseThrow())
                        .cosignatures()
                        .size()
                == 4);
    }

    @Test
    void the_logs_own_second_signature_stands_before_those_of_the_witnesses() throws Exception {
        Cosigner second = Cosigner.of(log.origin(), MlDsa44Key.generate());
        Feeder feeder = feed(twoOfThree(), true, PACE, Optional.of(second));
        byte[] note = feeder.covering(0).toCompletableFuture().get(20, TimeUnit.SECONDS);
        SignedNote published = SignedNote.parse(note);
        assertEquals(
                List.of(log.signer.verifierKey().label(), second.verifierKey().label()),
                List.of(
                        published.signatures().get(0).label(),
                        published.signatures().get(1).label()));
        JudgedCheckpoint judged = parse(twoOfThree())
                .withLogs(List.of(log.signer.verifierKey(), second.verifierKey()))
                .judge(published, Instant.now());
        assertEquals(2, judged.logKeys().size());
    }

    @Test
    void one_witness_down_of_three_leaves_a_quorum_and_two_down_do_not() throws Exception {
        three.stop();
        Feeder feeder = feed(twoOfThree());
        covered(feeder, twoOfThree(), 0);
        reported("witness three cannot be reached");
        two.stop();
        log.grow(5);
        notCovered(feeder, 5);
        assertEquals(
                1,
                judge(twoOfThree(), feeder.published().orElseThrow())
                        .checkpoint()
                        .size());
        two.start();
        covered(feeder, twoOfThree(), 5);
        reported("witness two is well again");
        three.start();
    }

    @Test
    void without_a_quorum_from_the_start_nothing_is_published() throws Exception {
        one.stop();
        two.stop();
        Feeder feeder = feed(twoOfThree());
        notCovered(feeder, 0);
        assertEquals(Optional.empty(), feeder.published());
        one.start();
        two.start();
        covered(feeder, twoOfThree(), 0);
    }

    @Test
    void where_the_quorum_is_not_waited_for_the_log_is_published_with_what_it_has() throws Exception {
        one.stop();
        two.stop();
        Feeder feeder = feed(twoOfThree(), false, PACE, Optional.empty());
        assertEquals(
                log.checkpoint(1),
                judge(twoOfThree(), feeder.published().orElseThrow()).checkpoint());
        log.grow(3);
        eventually(() -> {
            JudgedCheckpoint judged = judge(twoOfThree(), feeder.published().orElseThrow());
            assertFalse(judged.quorum());
            return judged.checkpoint().size() == 4;
        });
        notCovered(feeder, 3);
        one.start();
        covered(feeder, twoOfThree(), 3);
        two.start();
    }

    @Test
    void a_restarted_feeder_learns_the_sizes_of_the_witnesses_from_their_answers() throws Exception {
        Feeder first = feed(twoOfThree());
        log.grow(600);
        covered(first, twoOfThree(), 600);
        first.close();
        log.grow(10);
        covered(feed(twoOfThree()), twoOfThree(), 610);
        assertEquals(List.of(), List.copyOf(reports));
    }

    @Test
    void a_replica_that_is_behind_what_a_witness_has_seen_goes_on_once_it_has_caught_up() throws Exception {
        String policy = one.terms("one") + "quorum one\n";
        log.grow(9);
        covered(feed(policy), policy, 9);
        AtomicInteger seen = new AtomicInteger(5);
        Supplier<byte[]> head = () -> log.note(seen.get()).print();
        Feeder replica =
                Feeder.start(parse(policy), new FedLog(head, head, log), true, PACE, Clock.systemUTC(), reports::add);
        open.add(0, replica);

        notCovered(replica, 4);
        seen.set(10);
        covered(replica, policy, 4);
        assertEquals(10, replica.state().cosigned());
    }

    @Test
    void the_operator_can_see_how_log_and_witnesses_are_doing() throws Exception {
        Feeder feeder = feed(twoOfThree());
        covered(feeder, twoOfThree(), 0);
        eventually(() -> feeder.state().quorum());
        Feeding well = feeder.state();
        assertEquals(List.of(1L, 1L, 1L), List.of(well.entries(), well.published(), well.cosigned()));
        assertTrue(well.cosignedAt().isPresent());
        assertEquals(List.of("one", "three", "two"), List.copyOf(well.troubles().keySet()));

        one.stop();
        two.stop();
        log.grow(4);
        eventually(() -> feeder.state().troubles().get("two").isPresent()
                && !feeder.state().quorum());
        Feeding ill = feeder.state();
        assertEquals(List.of(5L, 1L, 1L), List.of(ill.entries(), ill.published(), ill.cosigned()));
        assertTrue(ill.troubles().get("two").orElseThrow().startsWith("cannot be reached"));
        assertEquals(Optional.empty(), ill.troubles().get("three"));

        one.start();
        two.start();
        covered(feeder, twoOfThree(), 4);
        eventually(() -> feeder.state().quorum()
                && feeder.state().troubles().values().stream().allMatch(Optional::isEmpty));
    }

    @Test
    void a_restarted_witness_goes_on_and_one_that_lost_its_memory_is_fed_again() throws Exception {
        String policy = one.terms("one") + "quorum one\n";
        Feeder feeder = feed(policy);
        covered(feeder, policy, 0);
        one.stop();
        one.start();
        assertEquals(Optional.of(1L), one.remembers(log.origin()));
        log.grow(9);
        covered(feeder, policy, 9);
        one.stop();
        java.nio.file.Files.delete(folder.resolve("one").resolve(WitnessState.nameOf(log.origin())));
        one.start();
        log.grow(9);
        covered(feeder, policy, 18);
    }

    @Test
    void the_writer_of_the_log_is_never_waited_for_nor_made_to_wait() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        LyingWitness hanging = liar(request -> {
            await(end);
            return Answer.refused(500, "late");
        });
        Feeder feeder = feed(
                three() + hanging.terms("h") + "group q all one two h\nquorum q\n", true, STRICT, Optional.empty());
        CompletableFuture<byte[]> waits = feeder.covering(0).toCompletableFuture();
        long begun = System.nanoTime();
        for (int i = 0; i < 1000; i++) {
            log.grow(1);
            feeder.published();
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        assertTrue(millis < 1000, "took " + millis + " ms beside a witness that hangs");
        assertFalse(waits.isDone());
        reported("witness h did not answer within 1000 ms");
        end.countDown();
    }

    @Test
    void an_unchanged_head_is_published_again_after_a_while_with_new_times() throws Exception {
        Pace hurried = new Pace(
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                Duration.ofMillis(300),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5));
        Feeder feeder = feed(one.terms("one") + "quorum one\n", true, hurried, Optional.empty());
        Instant first = time(feeder.covering(0).toCompletableFuture().get(20, TimeUnit.SECONDS));
        eventually(() -> time(feeder.published().orElseThrow()).isAfter(first));
        assertEquals(Optional.of(1L), one.remembers(log.origin()));
    }

    private Instant time(byte[] note) {
        return judge(one.terms("one") + "quorum one\n", note)
                .cosignatures()
                .get(0)
                .at();
    }

    @Test
    void whoever_waits_in_vain_is_told_after_a_time_limit_of_the_feeders_own() {
        one.stop();
        Pace hasty =
                new Pace(PACE.onDemand(), PACE.regular(), PACE.unchanged(), PACE.perWitness(), Duration.ofMillis(300));
        Feeder feeder = feed(one.terms("one") + "quorum one\n", true, hasty, Optional.empty());
        ExecutionException e = assertThrows(
                ExecutionException.class,
                () -> feeder.covering(0).toCompletableFuture().get(20, TimeUnit.SECONDS));
        assertInstanceOf(TimeoutException.class, e.getCause());
        one.start();
    }

    // What a witness can do wrong. Each time the other two are a quorum, and with the liar in it there is none.

    private LyingWitness liar(Function<AddCheckpoint, Answer> lie) throws IOException {
        LyingWitness liar = new LyingWitness(lie);
        open.add(liar);
        return liar;
    }

    private void isFoundOut(String sentence, Function<AddCheckpoint, Answer> lie) throws Exception {
        isFoundOut(sentence, PACE, lie);
    }

    private void isFoundOut(String sentence, Pace pace, Function<AddCheckpoint, Answer> lie) throws Exception {
        LyingWitness liar = liar(lie);
        String policy = one.terms("one") + two.terms("two") + liar.terms("liar") + "group q 2 one two liar\nquorum q\n";
        Feeder feeder = feed(policy, true, pace, Optional.empty());
        for (int i = 0; i < 5; i++) {
            log.grow(3);
            JudgedCheckpoint judged = covered(feeder, policy, log.size() - 1);
            assertTrue(judged.cosignatures().stream().noneMatch(c -> c.key().equals(liar.key.verifierKey())));
        }
        reported(sentence);
        feeder.close();
        String needed = one.terms("one") + liar.terms("liar") + "group q all one liar\nquorum q\n";
        Feeder unlucky = feed(needed, true, pace, Optional.empty());
        notCovered(unlucky, 0);
        assertEquals(Optional.empty(), unlucky.published());
    }

    @Test
    void a_cosignature_by_another_key_is_found_out() throws Exception {
        Cosigner other = Cosigner.of("witness.example/liar", Ed25519Key.generate());
        isFoundOut(
                "a cosignature that does not hold",
                request -> Answer.cosigned(List.of(other.sign(checkpoint(request), Instant.now()))));
    }

    @Test
    void a_cosignature_of_another_checkpoint_is_found_out() throws Exception {
        LyingWitness[] liar = new LyingWitness[1];
        Checkpoint other = SmallLog.named(log.origin()).grow(9).checkpoint(9);
        liar[0] = liar(request -> Answer.cosigned(List.of(liar[0].key.sign(other, Instant.now()))));
        String policy = one.terms("one") + liar[0].terms("liar") + "group q any one liar\nquorum q\n";
        Feeder feeder = feed(policy);
        JudgedCheckpoint judged = covered(feeder, policy, 0);
        assertEquals(1, judged.cosignatures().size());
        reported("witness liar answered with a cosignature that does not hold");
    }

    @Test
    void a_time_in_the_future_or_none_is_found_out() throws Exception {
        LyingWitness[] liar = new LyingWitness[1];
        liar[0] = liar(request -> Answer.cosigned(
                List.of(liar[0].key.sign(checkpoint(request), Instant.now().plusSeconds(3600)))));
        String policy = one.terms("one") + liar[0].terms("liar") + "group q any one liar\nquorum q\n";
        Feeder feeder = feed(policy);
        covered(feeder, policy, 0);
        reported("a cosignature of another text or time");
        assertEquals(
                1,
                SignedNote.parse(feeder.published().orElseThrow()).signatures().size() - 1);
    }

    @Test
    void lines_that_are_no_signatures_or_a_text_slipped_in_are_found_out() throws Exception {
        isFoundOut("a cosignature that does not hold", request -> new Answer(200, Answer.TEXT_TYPE, "cosigned\n"));
        isFoundOut(
                "a cosignature that does not hold",
                request -> new Answer(200, Answer.TEXT_TYPE, "more text\n\n\u2014 w AAAAAAA=\n"));
        isFoundOut("a cosignature that does not hold", request -> new Answer(200, Answer.TEXT_TYPE, ""));
    }

    @Test
    void a_size_that_goes_back_and_forth_is_asked_at_most_four_times_a_round() throws Exception {
        int[] sizes = {0, 1, 0, 1, 0, 1};
        LyingWitness[] liar = new LyingWitness[1];
        isFoundOut("named another size each time", request -> Answer.otherSize(request.oldSize() == 0 ? 1 : 0));
        liar[0] = liar(request -> Answer.otherSize(sizes[(int) request.oldSize() + 1]));
        Pace once = new Pace(
                Duration.ofMinutes(1), Duration.ofMinutes(1), PACE.unchanged(), PACE.perWitness(), PACE.patience());
        Feeder feeder = feed(liar[0].terms("liar") + "quorum liar\n", true, once, Optional.empty());
        notCovered(feeder, 0);
        assertEquals(4, liar[0].asked.get());
    }

    @Test
    void a_size_that_is_the_one_it_was_sent_or_beyond_the_head_or_no_size_is_found_out() throws Exception {
        isFoundOut("named the size that it was sent", request -> Answer.otherSize(request.oldSize()));
        isFoundOut("has cosigned 9223372036854775807 entries", request -> Answer.otherSize(Long.MAX_VALUE));
        isFoundOut("a size that cannot be read", request -> new Answer(409, Answer.SIZE_TYPE, "5"));
        isFoundOut("without saying its size", request -> new Answer(409, Answer.TEXT_TYPE, "1\n"));
    }

    @Test
    void every_refusal_is_told_in_its_own_words() throws Exception {
        isFoundOut("malformed (400)", request -> Answer.refused(400, "no"));
        isFoundOut("(403); does it have the log's present key?", request -> Answer.refused(403, "no"));
        isFoundOut("(404); has it been told of it?", request -> Answer.refused(404, "no"));
        isFoundOut("another past than the one it saw (422)", request -> Answer.refused(422, "no"));
        isFoundOut("answered 500", request -> Answer.refused(500, "no"));
        isFoundOut("answered 301", request -> Answer.refused(301, "no"));
    }

    @Test
    void an_answer_that_is_late_or_endless_is_not_waited_for() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        isFoundOut("did not answer within 1000 ms", STRICT, request -> {
            await(end);
            return Answer.refused(500, "late");
        });
        end.countDown();
        isFoundOut("cannot be reached", request -> new Answer(200, Answer.TEXT_TYPE, "x".repeat(1 << 20)));
    }

    private static void await(CountDownLatch end) {
        try {
            end.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Checkpoint checkpoint(AddCheckpoint request) {
        return Checkpoint.parse(request.checkpoint().text());
    }

    // Policies that cannot be fed.

    @Test
    void a_policy_without_addresses_or_without_a_quorum_to_wait_for_is_refused() {
        String key = "witness w " + Cosigner.of("w", Ed25519Key.generate()).verifierKey();
        for (String policy : List.of(
                "quorum none\n",
                key + "\nquorum w\n",
                key + " ftp://w.example/\nquorum w\n",
                key + " http://user@w.example/\nquorum w\n",
                key + " https://w.example/?a\nquorum w\n",
                key + " https://w.example/#a\nquorum w\n",
                key + " w.example\nquorum w\n",
                key + " http://[\nquorum w\n",
                key + " https://w.example/\nquorum none\n")) {
            assertThrows(IllegalStateException.class, () -> feed(policy), policy);
        }
    }

    @Test
    void when_it_is_closed_those_who_wait_are_told() throws Exception {
        one.stop();
        Feeder feeder = feed(one.terms("one") + "quorum one\n");
        CompletableFuture<byte[]> waits = feeder.covering(0).toCompletableFuture();
        feeder.close();
        assertThrows(ExecutionException.class, () -> waits.get(20, TimeUnit.SECONDS));
        assertTrue(feeder.covering(0).toCompletableFuture().isCompletedExceptionally());
        one.start();
    }
}
