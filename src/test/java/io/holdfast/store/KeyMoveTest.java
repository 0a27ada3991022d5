package io.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.KeyPurpose;
import io.holdfast.fixture.TemporaryLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyMoveTest {

    private static final Passphrase PASSPHRASE = KeysInAnyFormTest.given(KeysInAnyFormTest.RIGHT);

    @TempDir
    Path temporary;

    private List<String> before;

    private Path folder() {
        return temporary.resolve("keys");
    }

    private KeyFolder keys(KeyProtection protection) {
        return new KeyFolder(folder(), protection, Map.of());
    }

    private static KeyProtection of(KeyForm form) {
        return new KeyProtection(Optional.of(form), PASSPHRASE);
    }

    private static List<String> all(KeyFolder keys) {
        List<String> all = new ArrayList<>();
        keys.held(TemporaryLog.ORIGIN).forEach(held -> all.add(held.toString()));
        keys.exposeMasterKeys().forEach(secret -> all.add(Arrays.toString(secret)));
        return all;
    }

    private List<KeyName> move(KeyForm form) {
        return new KeyMove(folder(), PASSPHRASE).into(form);
    }

    private List<String> files(String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    /** A folder after two rotations, in plain files. */
    @BeforeEach
    void plainKeys() {
        KeyFolder plain = keys(KeyProtection.none());
        plain.logKey();
        plain.makeNext(KeyPurpose.LOG, TemporaryLog.ORIGIN);
        plain.makeNext(KeyPurpose.LOG_ML_DSA_44, TemporaryLog.ORIGIN);
        plain.addMasterKey();
        before = all(plain);
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyForm.class,
            names = {"PASSPHRASE", "PKCS12"})
    void every_key_is_the_same_afterwards_and_no_plain_file_is_left(KeyForm form) throws IOException {
        assertEquals(8, move(form).size());

        assertEquals(List.of(), files(".key"));
        assertEquals(before, all(keys(of(form))));
        assertEquals(form, keys(new KeyProtection(Optional.empty(), PASSPHRASE)).form());
        assertEquals(List.of(), move(form), "a second time does nothing");
    }

    @Test
    void encrypted_files_can_go_into_a_store_and_back() throws IOException {
        move(KeyForm.PASSPHRASE);
        move(KeyForm.PKCS12);
        assertEquals(List.of(), files(".p8"));
        assertEquals(before, all(keys(of(KeyForm.PKCS12))));

        move(KeyForm.PASSPHRASE);
        assertEquals(List.of(), files(".p12"));
        assertEquals(before, all(keys(of(KeyForm.PASSPHRASE))));
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyForm.class,
            names = {"PASSPHRASE", "PKCS12"})
    void a_crash_before_the_plain_files_are_gone_is_refused_and_mended_by_a_second_move(KeyForm form)
            throws IOException {
        Path saved = Files.createDirectory(temporary.resolve("saved"));
        for (String file : files(".key")) {
            Files.copy(folder().resolve(file), saved.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        for (String left : List.of("vault-2.key", "log.key", "record.key")) {
            move(form);
            Files.copy(saved.resolve(left), folder().resolve(left), StandardCopyOption.COPY_ATTRIBUTES);

            for (KeyProtection protection : List.of(of(form), KeyProtection.none())) {
                String message = assertThrows(IllegalStateException.class, () -> keys(protection))
                        .getMessage();
                assertTrue(message.contains("more than one form") && message.contains("holdfast key protect"), message);
            }
            assertEquals(1, move(form).size());
            assertEquals(before, all(keys(of(form))));
        }
    }

    @Test
    void a_crash_between_two_encrypted_files_loses_nothing() throws IOException {
        List<String> plain = files(".key");
        for (int done = 1; done < plain.size(); done++) {
            Path again = temporary.resolve("again-" + done);
            Files.createDirectory(again);
            for (String file : plain) {
                Files.copy(folder().resolve(file), again.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
            }
            KeySafe source = new PemFiles(again);
            KeySafe target = new EncryptedPemFiles(again, PASSPHRASE);
            for (KeyName name : source.names().stream().limit(done).toList()) {
                target.add(Map.of(name, KeySecret.of(source.exposeSecret(name))));
            }

            new KeyMove(again, PASSPHRASE).into(KeyForm.PASSPHRASE);

            assertEquals(before, all(new KeyFolder(again, of(KeyForm.PASSPHRASE), Map.of())));
            assertEquals(List.of(), List.copyOf(source.names()));
        }
    }

    @Test
    void another_key_under_the_same_name_is_refused_and_nothing_is_removed() throws IOException {
        new EncryptedPemFiles(folder(), PASSPHRASE).add(Map.of(KeyName.first(KeyKind.RECORD), KeySecret.generate()));

        String message = assertThrows(IllegalStateException.class, () -> move(KeyForm.PASSPHRASE))
                .getMessage();

        assertTrue(message.contains("record.p8 is another key"), message);
        assertEquals(8, files(".key").size());
    }

    @Test
    void a_store_of_another_passphrase_is_refused_and_nothing_is_removed() throws IOException {
        new Pkcs12File(folder(), KeysInAnyFormTest.given("some other passphrase"))
                .add(Map.of(KeyName.first(KeyKind.GRANT), KeySecret.generate()));

        String message = assertThrows(IllegalStateException.class, () -> move(KeyForm.PKCS12))
                .getMessage();

        assertTrue(message.contains("does not open with the passphrase"), message);
        assertEquals(8, files(".key").size());
    }

    @Test
    void without_a_passphrase_nothing_is_moved() throws IOException {
        assertThrows(IllegalStateException.class, () -> new KeyMove(folder(), Passphrase.none()).into(KeyForm.PKCS12));

        assertEquals(before, all(keys(KeyProtection.none())));
    }

    @Test
    void plain_keys_are_refused_where_protected_ones_are_expected() {
        for (KeyProtection protection :
                List.of(of(KeyForm.PKCS12), of(KeyForm.PASSPHRASE), new KeyProtection(Optional.empty(), PASSPHRASE))) {
            String message = assertThrows(IllegalStateException.class, () -> keys(protection))
                    .getMessage();
            assertTrue(message.contains("are plain") && message.contains("holdfast key protect"), message);
        }
        assertEquals(before, all(keys(of(KeyForm.PLAIN))));
    }

    @Test
    void a_folder_without_keys_gets_none() {
        assertThrows(
                IllegalStateException.class,
                () -> new KeyMove(temporary.resolve("nothing"), PASSPHRASE).into(KeyForm.PKCS12));
        assertFalse(Files.exists(temporary.resolve("nothing")));
    }
}
