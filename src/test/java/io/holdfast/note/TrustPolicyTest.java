package io.holdfast.note;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.tlog.Hash;
import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.Seeded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrustPolicyTest {
    private static final Instant NOW = Instant.parse("2027-03-01T12:00:00Z");
    private static final Checkpoint CHECKPOINT = new Checkpoint(Samples.ORIGIN, 8, Hash.leaf(new byte[8]));
    private static final Cosigner LOG_PQ = Cosigner.of(Samples.ORIGIN, MlDsa44Key.generate());

    /** Six witnesses, of both types: x1 to x3, y1 to y3. */
    private static final List<Cosigner> SIX = Stream.of("x1", "x2", "x3", "y1", "y2", "y3")
            .map(name -> name.endsWith("1")
                    ? Cosigner.of("witness.example/" + name, MlDsa44Key.generate())
                    : Cosigner.of("witness.example/" + name, Ed25519Key.generate()))
            .toList();

    /** The example of the specification, with keys. */
    private static final TrustPolicy TWO_LEVELS = parse("log " + Samples.LOG.verifierKey() + "\n"
            + "log " + LOG_PQ.verifierKey() + " https://holdfast.example/log/\n\n"
            + witness("X1", 0) + witness("X2", 1) + witness("X3", 2) + "group X-witnesses 2 X1 X2 X3\n\n"
            + witness("Y1", 3) + witness("Y2", 4) + witness("Y3", 5) + "group Y-witnesses any Y1 Y2 Y3\n\n"
            + "group X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n");

    @Test
    void the_quorum_of_the_example_is_two_of_three_and_one_of_three() {
        for (int subset = 0; subset < 64; subset++) {
            int signed = subset;
            SignedNote note = CHECKPOINT.sign(Samples.LOG);
            for (int i = 0; i < 6; i++) {
                note = (signed >> i & 1) == 1 ? note.with(SIX.get(i).sign(CHECKPOINT, NOW)) : note;
            }
            JudgedCheckpoint judged = TWO_LEVELS.judge(note, NOW);
            assertEquals(Integer.bitCount(signed), judged.cosignatures().size());
            assertEquals(Integer.bitCount(signed & 7) >= 2 && signed >> 3 > 0, judged.quorum(), "signed by " + signed);
        }
    }

    @Test
    void says_which_keys_of_the_log_signed_and_which_cosignatures_hold() {
        Cosigner stranger = Cosigner.of("witness.example/z", Ed25519Key.generate());
        SignedNote note = CHECKPOINT
                .sign(Samples.LOG)
                .with(LOG_PQ.sign(CHECKPOINT, NOW))
                .with(stranger.sign(CHECKPOINT, NOW))
                .with(SIX.get(4).sign(CHECKPOINT, NOW.minusSeconds(7)));
        JudgedCheckpoint judged = TWO_LEVELS.judge(SignedNote.parse(note.print()), NOW);
        assertEquals(CHECKPOINT, judged.checkpoint());
        assertEquals(List.of(Samples.LOG.verifierKey(), LOG_PQ.verifierKey()), judged.logKeys());
        assertEquals(List.of(new Cosignature(SIX.get(4).verifierKey(), NOW.minusSeconds(7))), judged.cosignatures());
        assertEquals(List.of(), judged.passedOver());
        assertFalse(judged.quorum());
    }

    @Test
    void one_key_of_the_log_is_enough_and_a_witness_alone_is_not() {
        TrustPolicy policy = parse("log " + LOG_PQ.verifierKey() + "\n" + witness("w", 1) + "quorum w\n");
        NoteSignature cosigned = SIX.get(1).sign(CHECKPOINT, NOW);
        SignedNote byBoth = new SignedNote(CHECKPOINT.text(), List.of(LOG_PQ.sign(CHECKPOINT, NOW), cosigned));
        assertTrue(policy.judge(byBoth, NOW).quorum());
        SignedNote byWitness = new SignedNote(CHECKPOINT.text(), List.of(cosigned));
        UntrustedException e = assertThrows(UntrustedException.class, () -> policy.judge(byWitness, NOW));
        assertEquals(
                "checkpoint of the log holdfast.example/log is not signed by a key of that log;"
                        + " does the policy list the log under this origin?",
                e.getMessage());
    }

    @Test
    void a_log_does_not_speak_for_another_log_of_the_policy() {
        TrustPolicy policy = TrustPolicy.ofKeys(List.of(Samples.LOG.verifierKey(), Samples.STRANGER.verifierKey()));
        assertTrue(policy.judge(CHECKPOINT.sign(Samples.LOG), NOW).quorum());
        assertThrows(UntrustedException.class, () -> policy.judge(CHECKPOINT.sign(Samples.STRANGER), NOW));
    }

    @Test
    void a_wrong_signature_of_a_key_in_the_policy_rejects_the_note_and_a_strangers_does_not() {
        Checkpoint other = new Checkpoint(Samples.ORIGIN, 9, CHECKPOINT.root());
        SignedNote quorum = CHECKPOINT.sign(Samples.LOG);
        for (Cosigner witness : SIX) {
            quorum = quorum.with(witness.sign(CHECKPOINT, NOW));
        }
        assertTrue(TWO_LEVELS.judge(quorum, NOW).quorum());
        for (Cosigner known : SIX) {
            SignedNote spoilt = quorum.with(known.sign(other, NOW));
            assertThrows(UntrustedException.class, () -> TWO_LEVELS.judge(spoilt, NOW));
        }
        SignedNote spoiltByLog = quorum.with(LOG_PQ.sign(other, NOW));
        assertThrows(UntrustedException.class, () -> TWO_LEVELS.judge(spoiltByLog, NOW));
        SignedNote grease = quorum.with(new NoteSignature(new KeyLabel("grease", 7), new byte[] {1}));
        assertTrue(TWO_LEVELS.judge(grease, NOW).quorum());
    }

    @Test
    void a_cosignature_from_the_future_or_without_a_time_does_not_count() {
        TrustPolicy policy = parse("log " + Samples.LOG.verifierKey() + "\n" + witness("w", 1) + "quorum w\n");
        Cosigner witness = SIX.get(1);
        Instant ahead = NOW.plus(Cosignature.CLOCK_SKEW);
        SignedNote note = CHECKPOINT.sign(Samples.LOG);
        assertTrue(policy.judge(note.with(witness.sign(CHECKPOINT, ahead)), NOW).quorum());
        assertTrue(policy.judge(note.with(witness.sign(CHECKPOINT, NOW.minus(Duration.ofDays(9999)))), NOW)
                .quorum());
        JudgedCheckpoint early = policy.judge(note.with(witness.sign(CHECKPOINT, ahead.plusSeconds(1))), NOW);
        assertFalse(early.quorum());
        assertEquals(List.of(), early.cosignatures());
        assertEquals(List.of(new Cosignature(witness.verifierKey(), ahead.plusSeconds(1))), early.passedOver());

        MlDsa44Key key = MlDsa44Key.generate();
        VerifierKey timeless = VerifierKey.of("witness.example/t", key.publicKey());
        TrustPolicy other = parse("log " + Samples.LOG.verifierKey() + "\nwitness t " + timeless + "\nquorum t\n");
        byte[] bare = key.sign(CosignedMessage.subtree("witness.example/t", CHECKPOINT, 0));
        SignedNote timelessly = note.with(new NoteSignature(timeless.label(), Timestamped.bytes(0, bare)));
        assertFalse(other.judge(timelessly, NOW).quorum());
        assertEquals(1, other.judge(timelessly, NOW).passedOver().size());
    }

    @Test
    void without_a_log_or_with_text_that_is_no_checkpoint_nothing_is_believed() {
        TrustPolicy noLog = parse(witness("w", 1) + "quorum w\n");
        SignedNote note = CHECKPOINT.sign(Samples.LOG).with(SIX.get(1).sign(CHECKPOINT, NOW));
        assertThrows(UntrustedException.class, () -> noLog.judge(note, NOW));
        assertThrows(UntrustedException.class, () -> parse("quorum none\n").judge(note, NOW));
        assertThrows(
                MalformedException.class,
                () -> TrustPolicy.ofKeys(List.of(Samples.LOG.verifierKey()))
                        .judge(SignedNote.sign("a text\n", Samples.LOG), NOW));
    }

    @Test
    void keys_alone_are_a_policy_that_asks_for_no_witness() {
        TrustPolicy policy = TrustPolicy.ofKeys(List.of(Samples.LOG.verifierKey(), Samples.LOG.verifierKey()));
        assertEquals("log " + Samples.LOG.verifierKey() + "\nquorum none\n", policy.toString());
        assertFalse(policy.needsWitnesses());
        assertThrows(
                MalformedException.class,
                () -> TrustPolicy.ofKeys(List.of(SIX.get(1).verifierKey())),
                "a witness is no log");
    }

    @Test
    void a_policy_without_logs_is_completed_with_those_that_are_known_otherwise() {
        TrustPolicy policy = parse(witness("w", 1) + "quorum w\n");
        List<VerifierKey> keys = List.of(Samples.LOG.verifierKey(), LOG_PQ.verifierKey());
        TrustPolicy completed = policy.withLogs(keys);
        assertEquals(
                parse("log " + keys.get(0) + "\nlog " + keys.get(1) + "\n" + witness("w", 1) + "quorum w\n"),
                completed);
        assertEquals(completed, completed.withLogs(keys));
        assertThrows(
                MalformedException.class,
                () -> policy.withLogs(List.of(SIX.get(1).verifierKey())),
                "a witness is no log");
    }

    @Test
    void reads_comments_tabs_and_names_of_any_bytes() {
        byte[] file = ("# Who we trust: \u00e8\n \t# more\n\n\t \n\tlog\t " + Samples.LOG.verifierKey() + "  \n"
                        + "witness \u212a " + SIX.get(1).verifierKey() + " https://w.example/\n"
                        + "witness K " + SIX.get(2).verifierKey() + "\nquorum  \u212a\t\n")
                .getBytes(StandardCharsets.UTF_8);
        TrustPolicy policy = TrustPolicy.parse(file);
        assertEquals(2, policy.witnesses().size());
        assertEquals(
                Optional.of("https://w.example/"), policy.witnesses().get(0).url());
        assertNotEquals("K", policy.quorum());
        assertEquals(
                "log " + Samples.LOG.verifierKey() + "\nwitness \u212a "
                        + SIX.get(1).verifierKey() + " https://w.example/\nwitness K "
                        + SIX.get(2).verifierKey() + "\nquorum \u212a\n",
                policy.toString());
        byte[] latin1 = "quorum none\n# \u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals("quorum none\n", TrustPolicy.parse(latin1).toString());
    }

    @Test
    void reads_32_logs_32_witnesses_and_32_groups() {
        StringBuilder file = new StringBuilder();
        for (int i = 0; i < 32; i++) {
            file.append("log ")
                    .append(new NoteSigner("log" + i, Ed25519Key.generate()).verifierKey())
                    .append('\n');
            file.append("witness w" + i + " ")
                    .append(Cosigner.of("w" + i, MlDsa44Key.generate()).verifierKey())
                    .append('\n');
            file.append("group g" + i + (i == 0 ? " all w0\n" : " all w" + i + " g" + (i - 1) + "\n"));
        }
        TrustPolicy policy = parse(file + "quorum g31\n");
        assertEquals(32, policy.groups().size());
        List<Cosignature> all = policy.witnesses().stream()
                .map(witness -> new Cosignature(witness.key(), NOW))
                .collect(Collectors.toCollection(ArrayList::new));
        assertTrue(policy.holds(all));
        all.remove(0);
        assertFalse(policy.holds(all));
    }

    @Test
    void every_broken_sample_is_refused_with_its_sentence() throws IOException {
        Path folder = Samples.FOLDER.resolve("policy");
        String sentences;
        try (Stream<Path> samples = Files.list(folder.resolve("refused"))) {
            sentences = samples.sorted()
                    .map(sample -> {
                        byte[] bytes = Samples.read("policy/refused/" + sample.getFileName());
                        MalformedException e = assertThrows(
                                MalformedException.class, () -> TrustPolicy.parse(bytes), sample.toString());
                        return sample.getFileName() + "\n    " + e.getMessage() + "\n";
                    })
                    .collect(Collectors.joining());
        }
        assertEquals(Files.readString(folder.resolve("refused-sentences.txt")), sentences);
    }

    @Test
    void a_policy_of_more_than_1_MiB_is_not_read() {
        assertThrows(MalformedException.class, () -> TrustPolicy.parse(new byte[TrustPolicy.MOST_BYTES + 1]));
    }

    @Test
    void what_is_printed_reads_back_to_the_same_policy() {
        Random random = Seeded.random(getClass());
        for (int round = 0; round < 300; round++) {
            TrustPolicy policy = parse(randomPolicy(random));
            assertEquals(policy, TrustPolicy.parse(policy.print()));
            assertArrayEquals(policy.print(), TrustPolicy.parse(policy.print()).print());
        }
    }

    @Test
    void a_flipped_bit_gives_another_policy_or_none() {
        byte[] file = TWO_LEVELS.print();
        for (int at = 0; at < file.length; at += 3) {
            byte[] flipped = file.clone();
            flipped[at] ^= (byte) (1 << at % 8);
            try {
                assertNotEquals(TWO_LEVELS, TrustPolicy.parse(flipped), "byte " + at);
            } catch (MalformedException refused) {
                continue;
            }
        }
    }

    private static String randomPolicy(Random random) {
        StringBuilder file = new StringBuilder();
        List<String> free = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            file.append("log ")
                    .append(new NoteSigner("log" + i, Ed25519Key.generate()).verifierKey())
                    .append('\n');
        }
        for (int i = random.nextInt(6); i > 0; i--) {
            free.add("w" + i);
            file.append(" witness\tw" + i + " "
                    + Cosigner.of("\u00e8/" + i, Ed25519Key.generate()).verifierKey());
            file.append(random.nextBoolean() ? " https://" + i + ".example/\n" : "\n");
        }
        for (int i = random.nextInt(4); i > 0 && !free.isEmpty(); i--) {
            int count = 1 + random.nextInt(free.size());
            List<String> members =
                    IntStream.range(0, count).mapToObj(m -> free.remove(0)).toList();
            String k = List.of("any", "all", Integer.toString(1 + random.nextInt(count)))
                    .get(random.nextInt(3));
            file.append("group g" + i + " " + k + " " + String.join("  ", members) + "\n");
            free.add("g" + i);
        }
        return file + "quorum " + (free.isEmpty() ? "none" : free.get(0)) + "\n";
    }

    private static String witness(String name, int of) {
        return "witness " + name + " " + SIX.get(of).verifierKey() + "\n";
    }

    private static TrustPolicy parse(String file) {
        return TrustPolicy.parse(file.getBytes(StandardCharsets.UTF_8));
    }
}
