package io.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.KeyPurpose;
import io.holdfast.fixture.TemporaryLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for a folder of keys, in whatever form it keeps its secrets. */
abstract class KeysInAnyFormTest {

    static final String RIGHT = "correct horse battery staple";
    private static final String WRONG = "correct horse battery stable";

    /** One for all tests, since it keeps what it derives, and deriving is slow on purpose. */
    private static final Passphrase PASSPHRASE = given(RIGHT);

    @TempDir
    Path temporary;

    private final KeyForm form;

    KeysInAnyFormTest(KeyForm form) {
        this.form = form;
    }

    static Passphrase given(String text) {
        return Passphrase.of(Map.of("HOLDFAST_KEYS_PASSPHRASE", text), Optional.empty());
    }

    private boolean needsPassphrase() {
        return form != KeyForm.PLAIN;
    }

    private Path folder() {
        return temporary.resolve("keys");
    }

    private KeyFolder keys(Passphrase passphrase) {
        return new KeyFolder(folder(), new KeyProtection(Optional.of(form), passphrase), Map.of());
    }

    KeyFolder keys() {
        return keys(needsPassphrase() ? PASSPHRASE : Passphrase.none());
    }

    /** Every public half, and the master keys; what is compared must have been opened. */
    private static List<String> all(KeyFolder keys) {
        List<String> all = new ArrayList<>();
        keys.held(TemporaryLog.ORIGIN)
                .forEach(held -> all.add(held.name() + " " + held.key().text()));
        keys.exposeMasterKeys().forEach(secret -> all.add(Arrays.toString(secret)));
        return all;
    }

    private Map<String, String> contents() {
        Map<String, String> contents = new TreeMap<>();
        for (Path file : files()) {
            try {
                contents.put(file.getFileName().toString(), Arrays.toString(Files.readAllBytes(file)));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return contents;
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Where the log's key is. */
    private Path file() {
        return files().stream()
                .filter(file -> file.getFileName().toString().matches("log\\.(key|p8)|keys\\.p12"))
                .findFirst()
                .orElseThrow();
    }

    private String refused(KeyFolder keys) {
        Map<String, String> before = contents();
        String message =
                assertThrows(IllegalStateException.class, () -> all(keys)).getMessage();
        assertEquals(before, contents(), "nothing is made anew");
        assertFalse(message.contains(RIGHT) || message.contains(WRONG), message);
        return message;
    }

    @Test
    void all_keys_are_made_once_and_stay() {
        assertFalse(keys().exists());
        List<String> made = all(keys());

        assertTrue(keys().exists());
        assertEquals(5, made.size());
        assertEquals(made, all(keys()));
    }

    @Test
    void what_is_written_is_for_its_owner_only_and_nothing_else_is_left_behind() throws IOException {
        all(keys());

        assertEquals(form == KeyForm.PKCS12 ? 1 : 5, files().size());
        for (Path file : files()) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            assertFalse(file.toString().endsWith(".new"), file.toString());
        }
    }

    @ParameterizedTest
    @EnumSource(KeyPurpose.class)
    void the_next_key_of_a_purpose_stands_beside_the_old_one_until_that_is_dropped(KeyPurpose purpose) {
        List<String> before = all(keys());

        HeldKey made = keys().makeNext(purpose, TemporaryLog.ORIGIN);

        assertTrue(all(keys()).containsAll(before));
        List<HeldKey> two = keys().held(TemporaryLog.ORIGIN).stream()
                .filter(held -> held.key().purpose() == purpose)
                .toList();
        assertEquals(made, two.get(1));

        keys().drop(two.get(0).name());

        assertEquals(
                List.of(made),
                keys().held(TemporaryLog.ORIGIN).stream()
                        .filter(held -> held.key().purpose() == purpose)
                        .toList());
        assertEquals(5, all(keys()).size(), "and nothing was made anew");
    }

    @Test
    void the_next_master_key_is_the_last() {
        byte[] first = keys().exposeMasterKeys().get(0);

        assertEquals("vault-2", keys().addMasterKey().toString());

        assertEquals(2, keys().exposeMasterKeys().size());
        assertArrayEquals(first, keys().exposeMasterKeys().get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
    void a_file_that_others_may_use_is_refused_with_what_to_do(String permissions) throws IOException {
        all(keys());
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(permissions));

        String message = refused(keys());

        assertTrue(message.contains(file().toString()) && message.contains("chmod 600"), message);
    }

    @Test
    void a_file_that_was_cut_short_is_refused_wherever_it_was_cut() throws IOException {
        all(keys());
        byte[] whole = Files.readAllBytes(file());
        // Every length of a small file, and a hundred or two of a large one.
        for (int length = 0; length < whole.length; length += 1 + length / 50) {
            Files.write(file(), Arrays.copyOf(whole, length));
            String message = refused(keys());
            assertTrue(message.contains("restore it from its backup"), message);
        }
        Files.write(file(), Arrays.copyOf(whole, whole.length + 1));
        refused(keys());
    }

    @Test
    void a_protected_file_of_which_any_byte_was_changed_is_refused() throws IOException {
        if (!needsPassphrase()) {
            return; // nothing but the log can tell another plain key from the right one
        }
        all(keys());
        byte[] whole = Files.readAllBytes(file());
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            byte[] changed = whole.clone();
            changed[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file(), changed);
            String message = refused(keys());
            assertTrue(message.contains("backup"), message);
        }
    }

    @Test
    void keys_that_were_lost_are_not_silently_made_anew() throws IOException {
        all(keys());
        Files.writeString(folder().resolve("register"), TemporaryLog.ORIGIN + "\n");
        Files.delete(file());
        if (form != KeyForm.PKCS12) {
            Files.delete(folder().resolve("record" + (needsPassphrase() ? ".p8" : ".key")));
        }

        String message = refused(keys());

        assertTrue(message.contains("is missing") && message.contains("backup"), message);
    }

    @Test
    void with_a_wrong_passphrase_nothing_opens_and_nothing_is_added() {
        if (!needsPassphrase()) {
            return;
        }
        all(keys());

        String message = refused(keys(given(WRONG)));

        assertTrue(message.contains("does not open with the passphrase"), message);
        assertTrue(message.contains("give the right one"), message);
    }

    @Test
    void without_a_passphrase_nothing_opens_and_nothing_is_made() {
        if (!needsPassphrase()) {
            return;
        }
        String none = assertThrows(IllegalStateException.class, () -> all(keys(Passphrase.none())))
                .getMessage();
        assertTrue(none.contains("HOLDFAST_KEYS_PASSPHRASE") && none.contains("passphrase-file"), none);
        assertFalse(keys().exists());

        all(keys());
        String message = refused(keys(Passphrase.none()));

        assertTrue(message.contains("HOLDFAST_KEYS_PASSPHRASE") && message.contains("passphrase-file"), message);
    }

    @Test
    void no_secret_stands_in_a_protected_file() throws IOException {
        if (!needsPassphrase()) {
            return;
        }
        byte[] seed = keys().logKey().exposeSecretSeed();
        byte[] file = Files.readAllBytes(file());

        for (int at = 0; at + seed.length <= file.length; at++) {
            assertFalse(Arrays.equals(file, at, at + seed.length, seed, 0, seed.length));
        }
    }
}
