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
import java.util.Base64;
import java.util.List;
import java.util.Map;
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
        keys().exposeMasterKeys().get(0);
    }

    @Test
    void keys_are_made_once_and_stay() {
        assertFalse(keys().exists());
        byte[] master = keys().exposeMasterKeys().get(0);

        assertTrue(keys().exists());
        assertArrayEquals(master, keys().exposeMasterKeys().get(0));
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
        byte[] master = keys().exposeMasterKeys().get(0);
        Files.delete(file("log.key"));
        Files.delete(file("record.key"));

        useAll();

        assertArrayEquals(master, keys().exposeMasterKeys().get(0));
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

    private static final String IN_THE_ENVIRONMENT = Base64.getEncoder().encodeToString(new byte[32]);

    private KeyFolder keys(String newest, String former) {
        return new KeyFolder(
                temporary.resolve("keys"),
                KeyProtection.none(),
                Map.of("HOLDFAST_MASTER_KEY", newest, "HOLDFAST_MASTER_KEY_FORMER", former));
    }

    @Test
    void the_next_master_key_gets_a_file_of_its_own_and_is_the_last() throws IOException {
        useAll();
        byte[] first = keys().exposeMasterKeys().get(0);

        assertEquals("vault-2", keys().addMasterKey().toString());
        assertEquals("vault-3", keys().addMasterKey().toString());

        List<byte[]> three = keys().exposeMasterKeys();
        assertEquals(3, three.size());
        assertArrayEquals(first, three.get(0));
        Files.delete(file("vault.key"));
        Files.delete(file("vault-2.key"));
        assertEquals(1, keys().exposeMasterKeys().size());
        assertArrayEquals(three.get(2), keys().exposeMasterKeys().get(0));
        assertEquals("vault-4", keys().addMasterKey().toString());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file("vault-4.key"))));
    }

    @Test
    void files_that_only_look_like_master_keys_are_none() throws IOException {
        useAll();
        for (String name : List.of("vault-0.key", "vault-02.key", "vault-2.key.new", "vault-x.key")) {
            Files.writeString(file(name), "nothing");
        }

        assertEquals(1, keys().exposeMasterKeys().size());
    }

    @Test
    void with_a_master_key_in_the_environment_no_file_is_made() {
        KeyFolder keys = keys(IN_THE_ENVIRONMENT, "");

        assertArrayEquals(new byte[32], keys.exposeMasterKeys().get(0));

        assertEquals(1, keys.exposeMasterKeys().size());
        assertTrue(keys.exists());
        assertFalse(Files.exists(file("vault.key")));
    }

    @Test
    void a_master_key_in_the_environment_is_newer_than_those_in_files_and_those_before_it_are_older() {
        useAll();
        byte[] file = keys().exposeMasterKeys().get(0);
        byte[] older = new byte[32];
        older[0] = 1;

        List<byte[]> all = keys(IN_THE_ENVIRONMENT, Base64.getEncoder().encodeToString(older))
                .exposeMasterKeys();

        assertEquals(3, all.size());
        assertArrayEquals(older, all.get(0));
        assertArrayEquals(file, all.get(1));
        assertArrayEquals(new byte[32], all.get(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret-that-is-not-base64",
                "AAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
            })
    void a_master_key_in_the_environment_that_is_none_is_refused_and_not_quoted(String text) {
        for (KeyFolder keys : List.of(keys(text, ""), keys(IN_THE_ENVIRONMENT, IN_THE_ENVIRONMENT + "," + text))) {
            String message = assertThrows(IllegalStateException.class, keys::exposeMasterKeys)
                    .getMessage();

            assertTrue(message.contains("HOLDFAST_MASTER_KEY") && message.contains("openssl rand"), message);
            assertFalse(message.contains(text), message);
        }
    }

    @Test
    void where_the_environment_brings_the_master_key_no_file_can_follow_it() {
        KeyFolder keys = keys(IN_THE_ENVIRONMENT, "");
        keys.exposeMasterKeys();

        String message =
                assertThrows(IllegalStateException.class, keys::addMasterKey).getMessage();

        assertTrue(message.contains("HOLDFAST_MASTER_KEY_FORMER"), message);
        assertFalse(Files.exists(file("vault-2.key")));
    }
}
