package io.holdfast.note;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.tlog.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierKeyTest {
    private static final String PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    /** The examples of the signed-note specification and of the Go implementation, and our own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                PETER,
                "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop",
                "holdfast.example/log+6ed4c24a+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
            })
    void reads_and_prints_known_keys(String line) {
        VerifierKey key = VerifierKey.parse(line);
        assertEquals(line, key.toString());
        assertEquals(SignatureType.ED25519, key.type());
        assertEquals(key, VerifierKey.parse(line));
    }

    /** A witness that is in public use, as it stands in tests of transparency-dev/formats (Apache License 2.0). */
    @Test
    void reads_and_prints_the_key_of_a_known_witness() {
        String line = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";
        assertEquals(line, VerifierKey.parse(line).toString());
        assertEquals(SignatureType.ED25519_COSIGNATURE, VerifierKey.parse(line).type());
    }

    @Test
    void a_signer_has_the_key_that_verifies_it() {
        assertEquals(
                "holdfast.example/log+6ed4c24a+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
                Samples.LOG.verifierKey().toString());
        assertEquals(
                "holdfast.example/log (6ed4c24a)",
                Samples.LOG.verifierKey().label().toString());
        assertNotEquals(Samples.LOG.verifierKey(), Samples.STRANGER.verifierKey());
    }

    @Test
    void a_good_signature_under_another_label_is_not_this_keys() {
        NoteSignature signature = Samples.LOG.sign("a text\n");
        NoteSignature relabelled =
                new NoteSignature(Samples.STRANGER.verifierKey().label(), signature.bytes());
        assertTrue(Samples.LOG.verifierKey().verify("a text\n", signature));
        assertFalse(Samples.LOG.verifierKey().verify("another text\n", signature));
        assertFalse(Samples.LOG.verifierKey().verify("a text\n", relabelled));
        assertThrows(MalformedException.class, () -> new NoteSignature(signature.label(), new byte[0]));
    }

    @Test
    void rejects_every_part_of_a_key() {
        for (int from = 0; from <= PETER.length(); from++) {
            for (int to = from; to <= PETER.length(); to++) {
                if (to - from < PETER.length()) {
                    String part = PETER.substring(from, to);
                    assertThrows(MalformedException.class, () -> VerifierKey.parse(part));
                }
            }
        }
    }

    @Test
    void rejects_a_key_with_any_character_changed() {
        for (int i = 0; i < PETER.length(); i++) {
            for (char c = 0; c < 256; c++) {
                if (c != PETER.charAt(i)) {
                    String changed = PETER.substring(0, i) + c + PETER.substring(i + 1);
                    assertThrows(MalformedException.class, () -> VerifierKey.parse(changed));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
                "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+c74f20a3+",
                "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
            })
    void rejects_other_keys_in_bad_form(String line) {
        assertThrows(MalformedException.class, () -> VerifierKey.parse(line));
    }

    @Test
    void says_which_id_a_mistyped_key_should_have() {
        String line = PETER.replace("c74f20a3", "c74f20a4");
        MalformedException e = assertThrows(MalformedException.class, () -> VerifierKey.parse(line));
        assertEquals("verifier key id: must be c74f20a3 for this name and key, found \"c74f20a4\"", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a+b",
                "a\nb",
                "a\tb",
                "a\u00a0b",
                "a\u0085b",
                "a\u2003b",
                "a\u3000b",
                "a\0b",
                "\ud800"
            })
    void rejects_names_that_would_break_a_signature_line(String name) {
        assertThrows(MalformedException.class, () -> new KeyLabel(name, 1));
    }

    @Test
    void a_label_prints_its_id_with_leading_zeros_and_its_name_safely() {
        assertEquals("holdfast-2026 (000000ff)", new KeyLabel("holdfast-2026", 255).toString());
        assertEquals("\\u202eevil (ffffffff)", new KeyLabel("\u202eevil", -1).toString());
    }
}
