package io.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFolderTest {

    @TempDir
    Path temporary;

    private KeyFolder keys() {
        return new KeyFolder(temporary.resolve("keys"));
    }

    private Path file(String name) {
        return temporary.resolve("keys").resolve(name);
    }

    private void useAll() {
        keys().logKey();
        keys().recordKey();
        keys().exposeMasterKey();
    }

    @Test
    void keys_are_made_once_and_stay() {
        assertFalse(keys().exists());
        byte[] master = keys().exposeMasterKey();

        assertTrue(keys().exists());
        assertArrayEquals(master, keys().exposeMasterKey());
        assertArrayEquals(
                keys().logKey().publicKey().bytes(), keys().logKey().publicKey().bytes());
        assertFalse(java.util.Arrays.equals(
                keys().logKey().publicKey().bytes(),
                keys().recordKey().publicKey().bytes()));
    }

    @Test
    void key_files_are_for_their_owner_only_and_nothing_else_is_left_behind() throws IOException {
        useAll();

        try (Stream<Path> files = Files.list(temporary.resolve("keys"))) {
            for (Path file : files.toList()) {
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
                assertTrue(file.toString().endsWith(".key"), file.toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx------"})
    void a_key_file_that_others_may_use_is_refused_with_what_to_do(String permissions) throws IOException {
        useAll();
        Files.setPosixFilePermissions(file("record.key"), PosixFilePermissions.fromString(permissions));

        String message = assertThrows(IllegalStateException.class, () -> keys().recordKey())
                .getMessage();

        assertTrue(message.contains("record.key") && message.contains("chmod 600"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vault.key", "record.key"})
    void a_key_that_was_lost_is_not_silently_made_anew(String name) throws IOException {
        useAll();
        Files.delete(file(name));

        String message = assertThrows(IllegalStateException.class, this::useAll).getMessage();

        assertTrue(message.contains(name) && message.contains("backup"), message);
        assertFalse(Files.exists(file(name)));
    }

    @Test
    void a_crash_between_two_keys_leaves_a_folder_that_can_go_on() throws IOException {
        byte[] master = keys().exposeMasterKey();
        Files.delete(file("log.key"));
        Files.delete(file("record.key"));

        useAll();

        assertArrayEquals(master, keys().exposeMasterKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-----BEGIN PRIVATE KEY-----\n\n-----END PRIVATE KEY-----\n"})
    void a_damaged_key_file_is_refused_and_not_quoted(String content) throws IOException {
        useAll();
        Files.writeString(file("log.key"), content);

        String message =
                assertThrows(IllegalStateException.class, () -> keys().logKey()).getMessage();

        assertTrue(message.contains("log.key is not a key file"), message);
    }

    @Test
    void a_master_key_is_not_taken_for_a_signing_key() throws IOException {
        useAll();
        Files.copy(file("vault.key"), file("log.key"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThrows(IllegalStateException.class, () -> keys().logKey());
    }
}
