package io.holdfast.note;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.tlog.Hash;
import io.holdfast.tlog.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CosignerTest {
    private static final Cosigner W1 = Cosigner.of("witness.example/w1", Ed25519Key.ofSeed(Samples.seedFrom(0x60)));
    private static final Cosigner W2 = Cosigner.of("witness.example/w2", MlDsa44Key.ofSeed(Samples.seedFrom(0x40)));
    private static final Cosigner LOG = Cosigner.of(Samples.ORIGIN, MlDsa44Key.ofSeed(Samples.seedFrom(0x80)));
    private static final List<Cosigner> COSIGNERS = List.of(W1, W2, LOG);
    private static final List<VerifierKey> KEYS =
            List.of(W1.verifierKey(), W2.verifierKey(), LOG.verifierKey(), Samples.LOG.verifierKey());
    private static final Instant AT = Instant.ofEpochSecond(1_795_553_068);

    @Test
    void opens_what_another_implementation_cosigned() {
        OpenedNote opened = SignedNote.open(Samples.read("cosigned/checkpoint.txt"), KEYS);
        assertEquals(
                List.of(Samples.LOG.verifierKey(), W1.verifierKey(), W2.verifierKey(), LOG.verifierKey()),
                opened.signedBy());
        assertEquals(
                COSIGNERS.stream()
                        .map(cosigner -> new Cosignature(cosigner.verifierKey(), AT))
                        .toList(),
                opened.cosignatures());
    }

    @Test
    void has_the_verifier_keys_that_the_other_implementation_prints() {
        String printed = new String(Samples.read("cosigned/keys.txt"), StandardCharsets.UTF_8);
        assertEquals(
                printed.lines().toList(),
                COSIGNERS.stream()
                        .map(cosigner -> cosigner.verifierKey().toString())
                        .toList());
    }

    @Test
    void cosigns_with_ed25519_to_the_byte_as_the_other_implementation() {
        SignedNote note = SignedNote.parse(Samples.read("cosigned/checkpoint.txt"));
        assertEquals(note.signatures().get(1), W1.sign(Checkpoint.parse(note.text()), AT));
    }

    @Test
    void passes_over_the_example_of_the_specification_whose_keys_nobody_here_has() {
        SignedNote example = SignedNote.parse(("example.com/behind-the-sofa\n20852163\n"
                        + "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
                        + "\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/"
                        + "Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
                        + "\u2014 witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrD"
                        + "JsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n")
                .getBytes(StandardCharsets.UTF_8));
        assertEquals(
                Instant.ofEpochSecond(1_679_315_147),
                Timestamped.instant(example.signatures().get(1).bytes()));
        SignedNote ours = example.with(Samples.LOG.sign(example.text()));
        assertEquals(List.of(Samples.LOG.verifierKey()), ours.open(KEYS).signedBy());
        assertEquals(List.of(), ours.open(KEYS).cosignatures());
    }

    @Test
    void any_flipped_bit_of_a_cosigned_checkpoint_is_refused() {
        byte[] sample = Samples.read("cosigned/checkpoint.txt");
        assertEquals(4, SignedNote.open(sample, KEYS).signedBy().size());
        for (int at = 0; at < sample.length; at += at < 600 ? 1 : 13) {
            byte[] flipped = sample.clone();
            flipped[at] ^= (byte) (1 << at % 8);
            // A line whose label changed is a stranger's, and passed over: that is one cosignature less, never one
            // more.
            int signed;
            try {
                signed = SignedNote.open(flipped, KEYS).signedBy().size();
            } catch (MalformedException | UntrustedException refused) {
                continue;
            }
            assertEquals(3, signed, "byte " + at);
        }
    }

    @Test
    void a_cosignature_fits_one_log_one_size_one_root_and_one_time() {
        Checkpoint checkpoint = Checkpoint.parse(
                SignedNote.parse(Samples.read("checkpoint.txt")).text());
        List<Checkpoint> others = List.of(
                new Checkpoint("holdfast.example/lo", checkpoint.size(), checkpoint.root()),
                new Checkpoint(Samples.ORIGIN, checkpoint.size() + 1, checkpoint.root()),
                new Checkpoint(Samples.ORIGIN, checkpoint.size(), Hash.ofNothing()));
        for (Cosigner cosigner : COSIGNERS) {
            NoteSignature signature = cosigner.sign(checkpoint, AT);
            assertTrue(cosigner.verifierKey().verify(checkpoint.text(), signature));
            for (Checkpoint other : others) {
                assertFalse(cosigner.verifierKey().verify(other.text(), signature));
            }
            byte[] later = signature.bytes();
            later[7]++;
            assertFalse(cosigner.verifierKey().verify(checkpoint.text(), new NoteSignature(signature.label(), later)));
        }
    }

    @Test
    void an_ml_dsa_key_under_another_name_makes_other_cosignatures() {
        Checkpoint checkpoint = new Checkpoint(Samples.ORIGIN, 0, Hash.ofNothing());
        MlDsa44Key key = MlDsa44Key.generate();
        NoteSignature signature = Cosigner.of("one", key).sign(checkpoint, AT);
        VerifierKey other = VerifierKey.of("other", key.publicKey());
        assertFalse(other.verify(checkpoint.text(), new NoteSignature(other.label(), signature.bytes())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a text\n",
                "a\n1\n",
                "holdfast.example/log\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\nmore\n"
            })
    void a_cosignature_over_text_that_is_no_checkpoint_is_refused(String text) {
        SignedNote note = SignedNote.sign(text, Samples.LOG);
        byte[] message = ("cosignature/v1\ntime 1\n" + text).getBytes(StandardCharsets.UTF_8);
        byte[] bare = Ed25519Key.ofSeed(Samples.seedFrom(0x60)).sign(message);
        SignedNote cosigned = note.with(new NoteSignature(W1.verifierKey().label(), Timestamped.bytes(1, bare)));
        assertEquals(
                1, cosigned.open(List.of(Samples.LOG.verifierKey())).signedBy().size());
        assertThrows(UntrustedException.class, () -> cosigned.open(KEYS));
    }

    @Test
    void a_time_above_63_bits_is_refused_and_one_that_java_cannot_name_is_read_as_its_last() {
        Checkpoint checkpoint = new Checkpoint(Samples.ORIGIN, 0, Hash.ofNothing());
        assertThrows(UntrustedException.class, () -> opened(checkpoint, -1));
        assertThrows(UntrustedException.class, () -> opened(checkpoint, Long.MIN_VALUE));
        assertEquals(
                Instant.MAX.getEpochSecond(),
                opened(checkpoint, Long.MAX_VALUE).at().getEpochSecond());
        assertEquals(Instant.EPOCH, opened(checkpoint, 0).at());
    }

    private static Cosignature opened(Checkpoint checkpoint, long time) {
        String text = "cosignature/v1\ntime " + Long.toUnsignedString(time) + "\n" + checkpoint.text();
        byte[] bare = Ed25519Key.ofSeed(Samples.seedFrom(0x60)).sign(text.getBytes(StandardCharsets.UTF_8));
        NoteSignature line = new NoteSignature(W1.verifierKey().label(), Timestamped.bytes(time, bare));
        return checkpoint.sign(Samples.LOG).with(line).open(KEYS).cosignatures().get(0);
    }

    @Test
    void of_several_cosignatures_by_one_key_the_latest_counts() {
        Checkpoint checkpoint = new Checkpoint(Samples.ORIGIN, 0, Hash.ofNothing());
        SignedNote note = checkpoint
                .sign(Samples.LOG)
                .with(W1.sign(checkpoint, AT))
                .with(W1.sign(checkpoint, AT.plusSeconds(5)))
                .with(W1.sign(checkpoint, AT.minusSeconds(5)));
        assertEquals(
                List.of(new Cosignature(W1.verifierKey(), AT.plusSeconds(5))),
                note.open(KEYS).cosignatures());
    }

    @Test
    void signs_no_time_before_1970_and_no_name_that_the_message_has_no_room_for() {
        Checkpoint checkpoint = new Checkpoint(Samples.ORIGIN, 0, Hash.ofNothing());
        Checkpoint longOrigin = new Checkpoint("o".repeat(256), 0, Hash.ofNothing());
        assertThrows(MalformedException.class, () -> W1.sign(checkpoint, Instant.EPOCH));
        assertThrows(MalformedException.class, () -> W2.sign(checkpoint, Instant.ofEpochSecond(-1)));
        assertThrows(MalformedException.class, () -> W2.sign(longOrigin, AT));
        assertThrows(MalformedException.class, () -> Cosigner.of("w".repeat(256), MlDsa44Key.generate()));
        assertThrows(
                MalformedException.class,
                () -> Cosigner.of("w".repeat(127) + "\u00e8".repeat(65), MlDsa44Key.generate()));
        assertTrue(W1.verifierKey().verify(longOrigin.text(), W1.sign(longOrigin, AT)));
        NoteSignature forged = new NoteSignature(W2.verifierKey().label(), Timestamped.bytes(1, new byte[2420]));
        assertFalse(W2.verifierKey().verify(longOrigin.text(), forged));
    }

    @Test
    void the_message_of_type_6_is_the_structure_of_the_specification() {
        Checkpoint checkpoint = new Checkpoint("b\u00e8", 0x0102030405060708L, Hash.leaf(new byte[0]));
        byte[] expected = ByteBuffer.allocate(12 + 2 + 8 + 4 + 16 + 32)
                .put(new byte[] {'s', 'u', 'b', 't', 'r', 'e', 'e', '/', 'v', '1', '\n', 0})
                .put(new byte[] {1, 'w'})
                .putLong(9)
                .put(new byte[] {3, 'b', (byte) 0xc3, (byte) 0xa8})
                .putLong(0)
                .putLong(0x0102030405060708L)
                .put(checkpoint.root().bytes())
                .array();
        assertArrayEquals(expected, CosignedMessage.subtree("w", checkpoint, 9));
    }

    @Test
    void a_key_of_each_type_has_a_label_of_its_own() {
        Ed25519Key key = Ed25519Key.generate();
        VerifierKey log = VerifierKey.of("a", key.publicKey());
        VerifierKey witness = Cosigner.of("a", key).verifierKey();
        assertFalse(log.label().equals(witness.label()));
        assertTrue(log.sameKeyAs(witness));
        assertFalse(log.sameKeyAs(W1.verifierKey()));
    }
}
