package io.holdfast.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.note.Cosigner;
import io.holdfast.note.SignatureType;
import io.holdfast.tlog.MalformedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyFileTest {
    private static final Path COSIGNED = Path.of("src/test/resources/note/cosigned/keys.txt");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"ED25519_COSIGNATURE", "ML_DSA_44"})
    void what_is_made_is_read_again_and_is_its_owners_only(SignatureType type) throws IOException {
        Path file = folder.resolve("w.key");
        Cosigner made = KeyFile.create(file, "witness.example/w", type);
        assertEquals(type, made.verifierKey().type());
        assertEquals(made.verifierKey(), KeyFile.read(file).verifierKey());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList(), "nothing is left beside it");
        }
    }

    @Test
    void a_file_that_is_there_is_never_replaced() throws IOException {
        Path file = folder.resolve("w.key");
        KeyFile.create(file, "witness.example/w", SignatureType.ML_DSA_44);
        String before = Files.readString(file);
        assertThrows(
                UncheckedIOException.class, () -> KeyFile.create(file, "witness.example/w", SignatureType.ML_DSA_44));
        assertEquals(before, Files.readString(file));
    }

    /** The keys in cosigned/README.md, in the form in which that library takes them. */
    @Test
    void reads_keys_as_the_go_library_writes_them() throws IOException {
        List<String> expected = Files.readAllLines(COSIGNED);
        assertEquals(
                expected.get(0),
                read("witness.example/w1+858ecd0c", 4, 0x60).verifierKey().toString());
        assertEquals(
                expected.get(1),
                read("witness.example/w2+56f347b1", 6, 0x40).verifierKey().toString());
    }

    private Cosigner read(String nameAndId, int type, int first) throws IOException {
        byte[] typed = new byte[33];
        typed[0] = (byte) type;
        for (int i = 0; i < 32; i++) {
            typed[i + 1] = (byte) (first + i);
        }
        Path file =
                ownFile("PRIVATE+KEY+" + nameAndId + "+" + Base64.getEncoder().encodeToString(typed) + "\n");
        return KeyFile.read(file);
    }

    private Path ownFile(String text) throws IOException {
        Path file = folder.resolve("some.key");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text);
    }

    @Test
    void a_file_that_others_may_read_is_refused() throws IOException {
        Path file = folder.resolve("w.key");
        KeyFile.create(file, "witness.example/w", SignatureType.ED25519_COSIGNATURE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> KeyFile.read(file));
        assertTrue(e.getMessage().contains("chmod 600"), e.getMessage());
    }

    @Test
    void a_file_with_any_character_changed_is_refused_and_never_quoted() throws IOException {
        Path file = folder.resolve("w.key");
        KeyFile.create(file, "witness.example/w", SignatureType.ED25519_COSIGNATURE);
        String good = Files.readString(file);
        String secret = good.split("\\+", 5)[4].strip();
        for (int at = 0; at < good.length(); at++) {
            char other = good.charAt(at) == 'A' ? 'B' : 'A';
            Path changed = ownFile(good.substring(0, at) + other + good.substring(at + 1));
            IllegalStateException e = assertThrows(IllegalStateException.class, () -> KeyFile.read(changed));
            assertFalse(e.getMessage().contains(secret.substring(10, 30)), "byte " + at);
        }
        for (String text : List.of("", "\n", good + "\n", good.strip(), " " + good, "x".repeat(2000))) {
            Path changed = ownFile(text);
            assertThrows(IllegalStateException.class, () -> KeyFile.read(changed));
        }
    }

    @Test
    void a_name_that_cannot_stand_in_a_note_makes_no_key() {
        Path file = folder.resolve("w.key");
        assertThrows(MalformedException.class, () -> KeyFile.create(file, "a witness", SignatureType.ML_DSA_44));
        assertFalse(Files.exists(file));
        assertThrows(UncheckedIOException.class, () -> KeyFile.read(file));
    }
}
