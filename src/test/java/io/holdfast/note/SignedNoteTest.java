package io.holdfast.note;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.Seeded;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {
    private static final VerifierKey LOG = Samples.LOG.verifierKey();
    private static final VerifierKey STRANGER = Samples.STRANGER.verifierKey();
    private static final String TEXT = "a text\n";

    @Test
    void opens_the_example_of_the_specification() {
        byte[] note =
                bytes("This is an example message.\n\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2"
                        + "ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n");
        VerifierKey key = VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
        OpenedNote opened = SignedNote.open(note, List.of(key));
        assertEquals("This is an example message.\n", opened.text());
        assertEquals(List.of(key), opened.signedBy());
    }

    @Test
    void signs_the_note_of_the_go_implementation_to_the_byte() {
        // The public test key of golang.org/x/mod/sumdb/note, as the 32 bytes of its seed.
        byte[] seed = HexFormat.of().parseHex("810a1402d5146c8d84f2443330f54080ebf98ee17d9c74f6252fc5d5c7283173");
        NoteSigner peter = new NoteSigner("PeterNeumann", Ed25519Key.ofSeed(seed));
        String text = "If you think cryptography is the answer to your problem,\n"
                + "then you don't know what your problem is.\n";
        String signature =
                "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotp"
                        + "RZb6KE6RyyBwJnAM=\n";
        String enoch =
                "\u2014 EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd"
                        + "1RvMc+QQ=\n";
        assertEquals(
                "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                peter.verifierKey().toString());
        assertEquals(
                text + "\n" + signature, string(SignedNote.sign(text, peter).print()));

        byte[] both = bytes(text + "\n" + signature + enoch);
        VerifierKey enochKey = VerifierKey.parse("EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop");
        assertEquals(List.of(enochKey), SignedNote.open(both, List.of(enochKey)).signedBy());
        List<VerifierKey> known = List.of(enochKey, peter.verifierKey());
        assertEquals(
                List.of(peter.verifierKey(), enochKey),
                SignedNote.open(both, known).signedBy());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "a\n",
                "\n\n",
                "a\n\nb\n",
                "a\n\n\n",
                "\u2014 a b\n",
                "a\n\n\u2014 x AAAAAAA=\n",
                "\u00e8\ud83d\udd10\n"
            })
    void the_text_ends_at_the_last_empty_line(String text) {
        SignedNote note = SignedNote.sign(text, Samples.LOG);
        assertEquals(note, SignedNote.parse(note.print()));
        assertEquals(text, SignedNote.open(note.print(), List.of(LOG)).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a\n\nb", "a\r\n", "a\tb\n", "\0\n", "\u001f\n", "\ud800\n"})
    void refuses_to_sign_what_is_no_note_text(String text) {
        assertThrows(MalformedException.class, () -> SignedNote.sign(text, Samples.LOG));
        assertThrows(MalformedException.class, () -> Samples.LOG.sign(text));
    }

    @Test
    void rejects_control_characters_and_invalid_utf8_anywhere() {
        byte[] note = SignedNote.sign(TEXT, Samples.LOG).print();
        for (int at = 0; at < note.length; at++) {
            for (int bad : new int[] {0x00, 0x09, 0x0d, 0x1b, 0x80, 0xff}) {
                byte[] changed = note.clone();
                changed[at] = (byte) bad;
                if (changed[at] != note[at]) {
                    assertThrows(MalformedException.class, () -> SignedNote.parse(changed));
                }
            }
        }
    }

    @Test
    void passes_over_signatures_of_strangers_whatever_they_hold() {
        SignedNote note = SignedNote.sign(TEXT, Samples.STRANGER, Samples.LOG)
                .with(new NoteSignature(new KeyLabel(LOG.label().name(), 1), new byte[] {1}))
                .with(new NoteSignature(new KeyLabel("other", LOG.label().id()), new byte[64]));
        assertEquals(List.of(LOG), SignedNote.open(note.print(), List.of(LOG)).signedBy());
        assertEquals(
                List.of(STRANGER, LOG),
                SignedNote.open(note.print(), List.of(LOG, STRANGER)).signedBy());
    }

    @Test
    void accepts_16_signatures_of_5000_bytes_and_64_small_ones_but_not_65() {
        SignedNote large = SignedNote.sign(TEXT, Samples.LOG);
        SignedNote many = SignedNote.sign(TEXT, Samples.LOG);
        for (int i = 1; i < 16; i++) {
            large = large.with(new NoteSignature(new KeyLabel("witness" + i, i), new byte[5000]));
        }
        for (int i = 1; i < 64; i++) {
            many = many.with(new NoteSignature(new KeyLabel("witness" + i, i), new byte[1]));
        }
        assertEquals(TEXT, SignedNote.open(large.print(), List.of(LOG)).text());
        assertEquals(TEXT, SignedNote.open(many.print(), List.of(LOG)).text());
        SignedNote full = many;
        assertThrows(MalformedException.class, () -> full.with(Samples.STRANGER.sign(TEXT)));
        assertThrows(MalformedException.class, () -> SignedNote.sign(TEXT));
    }

    @Test
    void rejects_a_note_of_more_than_128_KiB() {
        String text = "x".repeat(SignedNote.MOST_BYTES) + "\n";
        assertThrows(MalformedException.class, () -> SignedNote.sign(text, Samples.LOG));
        MalformedException e = assertThrows(MalformedException.class, () -> SignedNote.parse(bytes(text)));
        assertEquals("note: must be at most 131072 bytes, found 131073", e.getMessage());
    }

    @Test
    void one_wrong_signature_of_a_known_key_spoils_the_note() {
        SignedNote note = SignedNote.sign(TEXT, Samples.LOG).with(Samples.STRANGER.sign("another text\n"));
        assertEquals(TEXT, note.open(List.of(LOG)).text());
        UntrustedException e = assertThrows(UntrustedException.class, () -> note.open(List.of(LOG, STRANGER)));
        assertEquals(
                "note bears a signature of example.org/log (223050b2) that does not fit its text;"
                        + " it was changed or forged",
                e.getMessage());
    }

    @Test
    void says_who_signed_and_who_was_expected_when_they_differ() {
        SignedNote note = SignedNote.sign(TEXT, Samples.STRANGER);
        UntrustedException e = assertThrows(UntrustedException.class, () -> note.open(List.of(LOG)));
        assertEquals(
                "note is signed by example.org/log (223050b2), expected holdfast.example/log (6ed4c24a);"
                        + " is the key the right one?",
                e.getMessage());
        UntrustedException none = assertThrows(UntrustedException.class, () -> note.open(List.of()));
        assertEquals("note cannot be checked: no key was given", none.getMessage());
    }

    @Test
    void names_three_of_many_signers() {
        SignedNote note = SignedNote.sign(TEXT, Samples.STRANGER);
        for (int i = 1; i < 6; i++) {
            note = note.with(new NoteSignature(new KeyLabel("w" + i, i), new byte[1]));
        }
        SignedNote many = note;
        UntrustedException e = assertThrows(UntrustedException.class, () -> many.open(List.of(LOG)));
        assertEquals(
                "note is signed by example.org/log (223050b2) and w1 (00000001) and w2 (00000002) and 3 more,"
                        + " expected holdfast.example/log (6ed4c24a); is the key the right one?",
                e.getMessage());
    }

    @Test
    void the_same_key_twice_is_one_key() {
        SignedNote note = SignedNote.sign(TEXT, Samples.LOG, Samples.LOG);
        assertEquals(List.of(LOG), note.open(List.of(LOG, LOG)).signedBy());
    }

    @Test
    void two_keys_under_one_label_are_not_guessed_between() {
        // Found by trying: these two keys agree in all 32 bits of their ids.
        NoteSigner one = new NoteSigner("twin", Ed25519Key.ofSeed(seedOf(14970)));
        NoteSigner other = new NoteSigner("twin", Ed25519Key.ofSeed(seedOf(16033)));
        SignedNote note = SignedNote.sign(TEXT, one);
        assertEquals(TEXT, note.open(List.of(one.verifierKey())).text());
        assertThrows(UntrustedException.class, () -> note.open(List.of(other.verifierKey())));
        UntrustedException e = assertThrows(
                UntrustedException.class, () -> note.open(List.of(one.verifierKey(), other.verifierKey())));
        assertEquals(
                "note cannot be checked: two different keys are called twin (09913fee); remove the wrong one",
                e.getMessage());
    }

    @Test
    void what_is_read_prints_back_to_the_same_bytes() {
        Random random = Seeded.random(getClass());
        String alphabet = "aZ+/= \n\n\u2014\u00e8";
        byte[] note = SignedNote.sign(TEXT, Samples.LOG, Samples.STRANGER).print();
        for (int round = 0; round < 10_000; round++) {
            byte[] changed = note;
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                String now = string(changed);
                int at = random.nextInt(now.length());
                char c = alphabet.charAt(random.nextInt(alphabet.length()));
                changed = bytes(now.substring(0, at) + c + now.substring(at + random.nextInt(2)));
            }
            try {
                assertArrayEquals(changed, SignedNote.parse(changed).print());
            } catch (MalformedException refused) {
                continue;
            }
        }
    }

    private static byte[] seedOf(int number) {
        return ByteBuffer.allocate(32).putInt(28, number).array();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String string(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
