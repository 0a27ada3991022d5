package io.holdfast.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.note.Checkpoint;
import io.holdfast.note.Cosignature;
import io.holdfast.note.Cosigner;
import io.holdfast.note.Ed25519Key;
import io.holdfast.note.MlDsa44Key;
import io.holdfast.note.NoteSignature;
import io.holdfast.note.NoteSigner;
import io.holdfast.note.OpenedNote;
import io.holdfast.note.SignedNote;
import io.holdfast.note.TrustPolicy;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.Seeded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessTest {
    private static final Instant NOW = Instant.parse("2027-03-01T12:00:00Z");
    private static final Cosigner ED25519 = Cosigner.of("witness.example/w", Ed25519Key.generate());
    private static final Cosigner ML_DSA = Cosigner.of("witness.example/w", MlDsa44Key.generate());

    @TempDir
    Path folder;

    private final SmallLog log = SmallLog.named("log.example").grow(300);
    private final SmallLog other = SmallLog.named("other.example").grow(20);
    private WitnessState state;
    private Witness witness;

    @BeforeEach
    void start() {
        state = WitnessState.open(folder.resolve("state"));
        witness = witness(TrustPolicy.ofKeys(List.of(log.signer.verifierKey(), other.signer.verifierKey())));
    }

    @AfterEach
    void stop() {
        state.close();
    }

    private Witness witness(TrustPolicy policy) {
        return new Witness(policy, List.of(ED25519, ML_DSA), state, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private int status(byte[] request) throws IOException {
        return witness.add(request).status();
    }

    private int status(long old, List<Hash> proof, SignedNote note) throws IOException {
        return status(new AddCheckpoint(old, proof, note).print());
    }

    @Test
    void a_log_that_grows_is_cosigned_by_both_keys_at_each_step() throws IOException {
        int old = 0;
        for (int size : new int[] {0, 1, 7, 7, 256, 300}) {
            Answer answer = witness.add(log.request(old, size));
            assertEquals(200, answer.status(), answer.text());
            SignedNote cosigned = SignedNote.parse(
                    (log.checkpoint(size).text() + "\n" + answer.text()).getBytes(StandardCharsets.UTF_8));
            OpenedNote opened = cosigned.open(witness.verifierKeys());
            assertEquals(
                    List.of(new Cosignature(ED25519.verifierKey(), NOW), new Cosignature(ML_DSA.verifierKey(), NOW)),
                    opened.cosignatures());
            old = size;
        }
    }

    @Test
    void what_is_served_is_the_last_checkpoint_with_the_logs_signature_and_its_own() throws IOException {
        NoteSignature grease = new NoteSigner("stranger.example", Ed25519Key.generate())
                .sign(log.checkpoint(9).text());
        assertEquals(java.util.Optional.empty(), witness.last(WitnessState.nameOf(log.origin())));
        assertEquals(200, status(0, List.of(), log.note(9).with(grease)));

        SignedNote served =
                SignedNote.parse(witness.last(WitnessState.nameOf(log.origin())).orElseThrow());

        assertEquals(3, served.signatures().size());
        assertEquals(
                List.of(log.signer.verifierKey(), ED25519.verifierKey(), ML_DSA.verifierKey()),
                served.open(List.of(log.signer.verifierKey(), ED25519.verifierKey(), ML_DSA.verifierKey()))
                        .signedBy());
    }

    @Test
    void an_unknown_log_is_not_found_whatever_else_is_wrong() throws IOException {
        SmallLog stranger = SmallLog.named("stranger.example").grow(3);
        assertEquals(404, status(stranger.request(0, 3)));
        assertEquals(404, status(9, List.of(Hash.ofNothing()), stranger.note(3)));
    }

    @Test
    void a_checkpoint_that_the_log_did_not_sign_is_forbidden_whatever_else_is_wrong() throws IOException {
        SmallLog impostor = SmallLog.named(log.origin()).grow(10);
        assertEquals(403, status(impostor.request(0, 5)));
        assertEquals(403, status(9, List.of(), impostor.note(5)));
        // A second line under the log's label that does not fit makes the whole note malformed.
        SignedNote spoilt = log.note(5).with(log.signer.sign(log.checkpoint(6).text()));
        assertEquals(403, status(0, List.of(), spoilt));
        assertEquals(403, status(0, List.of(), log.checkpoint(5).sign(other.signer)), "signed by another log");
    }

    @Test
    void an_old_size_above_the_checkpoints_is_malformed() throws IOException {
        assertEquals(400, status(6, List.of(), log.note(5)));
        assertEquals(
                400, witness.add("old 0\n\n".getBytes(StandardCharsets.UTF_8)).status());
        assertEquals(400, witness.add(new byte[0]).status());
    }

    @Test
    void another_old_size_is_told_the_right_one() throws IOException {
        assertEquals(Answer.otherSize(0), witness.add(log.request(3, 5)));
        assertEquals(200, status(log.request(0, 5)));
        assertEquals(new Answer(409, "text/x.tlog.size", "5\n"), witness.add(log.request(0, 9)));
        assertEquals(409, status(log.request(4, 4)));
        assertEquals(5, Answer.size(witness.add(log.request(0, 9)).text().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void another_past_or_a_bad_proof_is_not_consistent() throws IOException {
        SmallLog fork = new SmallLog(log.signer, "other entry ").grow(300);
        assertEquals(200, status(log.request(0, 5)));
        assertEquals(422, status(fork.request(5, 9)), "another past");
        assertEquals(422, status(5, List.of(), fork.note(5)), "another root of the same size");
        assertEquals(422, status(5, log.proof(5, 8), log.note(9)), "the proof of another size");
        assertEquals(422, status(5, List.of(), log.note(9)), "no proof");
        assertEquals(422, status(5, List.of(Hash.ofNothing()), log.note(5)), "a proof where none is needed");
        assertEquals(200, status(log.request(5, 9)), "and the true one still passes");
    }

    @Test
    void from_size_0_a_proof_must_be_empty_and_the_empty_tree_has_one_root() throws IOException {
        assertEquals(422, status(0, List.of(Hash.ofNothing()), log.note(5)));
        String text = log.origin() + "\n0\n" + Hash.leaf(new byte[1]).base64() + "\n";
        assertEquals(422, status(0, List.of(), SignedNote.sign(text, log.signer)));
        assertEquals(200, status(0, List.of(), log.note(0)));
    }

    @Test
    void signed_text_that_is_no_checkpoint_is_malformed() throws IOException {
        assertEquals(400, status(0, List.of(), SignedNote.sign(log.origin() + "\nfive\n", log.signer)));
        String extended = log.checkpoint(5).text() + "an extension\n";
        assertEquals(400, status(0, List.of(), SignedNote.sign(extended, log.signer)));
    }

    @Test
    void a_refused_request_changes_nothing() throws IOException {
        assertEquals(200, status(log.request(0, 5)));
        byte[] before = witness.last(WitnessState.nameOf(log.origin())).orElseThrow();
        for (byte[] refused : List.of(
                log.request(0, 9),
                log.request(3, 9),
                new SmallLog(log.signer, "x").grow(9).request(5, 9))) {
            assertFalse(status(refused) == 200);
        }
        org.junit.jupiter.api.Assertions.assertArrayEquals(
                before, witness.last(WitnessState.nameOf(log.origin())).orElseThrow());
    }

    @Test
    void each_log_has_a_size_of_its_own() throws IOException {
        assertEquals(200, status(log.request(0, 5)));
        assertEquals(200, status(other.request(0, 9)));
        assertEquals(200, status(log.request(5, 300)));
        assertEquals(200, status(other.request(9, 20)));
    }

    @Test
    void of_many_requests_at_once_those_win_that_follow_one_another() throws Exception {
        Random random = Seeded.random(getClass());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<int[]> cosigned = new ArrayList<>();
        try {
            List<Future<int[]>> calls = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                int from = random.nextInt(12);
                int to = from + random.nextInt(6);
                byte[] request = log.request(from, to);
                calls.add(threads.submit(() -> status(request) == 200 ? new int[] {from, to} : new int[0]));
            }
            for (Future<int[]> call : calls) {
                if (call.get().length > 0) {
                    cosigned.add(call.get());
                }
            }
        } finally {
            threads.shutdownNow();
        }
        // Whatever the order, each step that grew the log can have happened once: no two left one size for another.
        List<Integer> left = cosigned.stream()
                .filter(step -> step[0] < step[1])
                .map(step -> step[0])
                .toList();
        assertEquals(left.stream().distinct().toList(), left);
        int highest = cosigned.stream().mapToInt(step -> step[1]).max().orElseThrow();
        assertEquals(
                highest,
                Checkpoint.parse(SignedNote.parse(witness.last(WitnessState.nameOf(log.origin()))
                                        .orElseThrow())
                                .text())
                        .size());
    }

    @Test
    void any_flipped_bit_of_a_request_is_refused_and_changes_nothing() throws IOException {
        assertEquals(200, status(log.request(0, 5)));
        byte[] request = log.request(5, 9);
        for (int bit = 0; bit < request.length * 8; bit++) {
            byte[] flipped = request.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(status(flipped) == 200, "bit " + bit);
        }
        assertEquals(200, status(request));
    }

    @Test
    void it_needs_a_key_and_a_log() {
        TrustPolicy none = TrustPolicy.ofKeys(List.of());
        TrustPolicy policy = TrustPolicy.ofKeys(List.of(log.signer.verifierKey()));
        assertThrows(IllegalStateException.class, () -> witness(none));
        assertThrows(IllegalStateException.class, () -> new Witness(policy, List.of(), state, Clock.systemUTC()));
    }

    @Test
    void state_that_neither_the_log_nor_the_witness_signed_is_refused() throws IOException {
        assertEquals(200, status(log.request(0, 5)));
        SmallLog renewed = SmallLog.named(log.origin());
        TrustPolicy policy = TrustPolicy.ofKeys(List.of(renewed.signer.verifierKey()));
        Cosigner newKey = Cosigner.of("witness.example/w", Ed25519Key.generate());
        assertTrue(witness(policy).verifierKeys().size() == 2, "its own signature is enough");
        assertThrows(IllegalStateException.class, () -> new Witness(policy, List.of(newKey), state, Clock.systemUTC()));
    }
}
