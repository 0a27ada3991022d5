package io.holdfast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.KeyPurpose;
import io.holdfast.fixture.Institutions;
import io.holdfast.fixture.TemporaryLog;
import io.holdfast.http.Inside;
import io.holdfast.http.SomethingSealed;
import io.holdfast.store.DataFolder;
import io.holdfast.store.HeldKey;
import io.holdfast.store.KeyFolder;
import io.holdfast.store.KeyForm;
import io.holdfast.store.KeyMove;
import io.holdfast.store.KeyProtection;
import io.holdfast.store.KeyRotation;
import io.holdfast.store.Passphrase;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gateways that are started, rotated and stopped with keys in every form. */
class ProtectedKeysAtStartTest {

    private static final String ORIGIN = TemporaryLog.ORIGIN;
    private static final String RIGHT = "correct horse battery staple";

    @TempDir
    static Path enrolled;

    @TempDir
    Path temporary;

    private static Path authorities;

    @BeforeAll
    static void enrol() throws IOException {
        authorities = Institutions.enrol(Path.of("policies"), enrolled).registry();
    }

    private Path data() {
        return temporary.resolve("data");
    }

    private Path passphrase(String text) {
        try {
            Path file = temporary.resolve("passphrase");
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            return file;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Wiring start(Map<String, String> more) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(Settings.class)
                .withDefaultValue("holdfast.data", data().toString())
                .withDefaultValue("holdfast.origin", ORIGIN)
                .withDefaultValue("holdfast.policies", "policies")
                .withDefaultValue("holdfast.authorities", authorities.toString());
        more.forEach(builder::withDefaultValue);
        return new Wiring(builder.build().getConfigMapping(Settings.class), TemporaryLog.database(data()));
    }

    private Map<String, String> settings(KeyForm form) {
        return form == KeyForm.PLAIN
                ? Map.of("holdfast.keys.form", form.code())
                : Map.of(
                        "holdfast.keys.form",
                        form.code(),
                        "holdfast.keys.passphrase-file",
                        passphrase(RIGHT).toString());
    }

    /** Starts it, has it append an entry, stops it, and tells how large the log is. */
    private long use(Map<String, String> settings) {
        Wiring wiring = start(settings);
        assertEquals(Optional.empty(), wiring.gateway().trouble());
        SomethingSealed.in(wiring.gateway());
        long epoch = Inside.ledger(wiring.gateway()).standing().epoch();
        wiring.stop();
        return epoch;
    }

    private void assertOutOfService(Map<String, String> settings, String because) throws IOException {
        List<String> before = files();
        Wiring wiring = start(settings);
        String trouble = wiring.gateway().trouble().orElseThrow();
        wiring.stop();
        assertTrue(trouble.contains(because), trouble);
        assertFalse(trouble.contains(RIGHT), trouble);
        assertEquals(before, files(), "nothing is made anew");
    }

    private List<String> files() throws IOException {
        if (!Files.isDirectory(data().resolve("keys"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(data().resolve("keys"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private KeyFolder keys(KeyForm form) {
        Passphrase passphrase =
                form == KeyForm.PLAIN ? Passphrase.none() : Passphrase.of(Map.of(), Optional.of(passphrase(RIGHT)));
        return new KeyFolder(data().resolve("keys"), new KeyProtection(Optional.of(form), passphrase));
    }

    private static List<HeldKey> held(KeyFolder keys, KeyPurpose purpose) {
        return keys.held(ORIGIN).stream()
                .filter(key -> key.key().purpose() == purpose)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(KeyForm.class)
    void a_gateway_makes_its_keys_in_the_form_that_is_set_and_rotates_and_retires_them_there(KeyForm form) {
        use(settings(form));
        KeyFolder keys = keys(form);
        for (KeyPurpose purpose : List.of(KeyPurpose.RECORD, KeyPurpose.LOG_ML_DSA_44)) {
            HeldKey old = held(keys, purpose).get(0);
            new KeyRotation(keys).rotate(purpose);
            new KeyRotation(keys).retire(purpose, old.key().id());
        }
        List<HeldKey> records = held(keys, KeyPurpose.RECORD);

        use(settings(form));

        assertEquals(List.of(records.get(1)), held(keys(form), KeyPurpose.RECORD));
        assertEquals(1, held(keys(form), KeyPurpose.LOG_ML_DSA_44).size());
        use(settings(form));
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyForm.class,
            names = {"PASSPHRASE", "PKCS12"})
    void plain_keys_are_moved_and_the_log_goes_on_with_them(KeyForm form) throws IOException {
        long before = use(Map.of());
        assertOutOfService(settings(form), "are plain, and holdfast.keys.form is " + form.code());
        Path saved = temporary.resolve("record.key");
        Files.copy(data().resolve("keys/record.key"), saved, StandardCopyOption.COPY_ATTRIBUTES);

        try (DataFolder lock = DataFolder.lock(data())) {
            new KeyMove(lock.keys(), Passphrase.of(Map.of(), Optional.of(passphrase(RIGHT)))).into(form);
        }

        assertEquals(before, use(settings(form)), "no key is new to the log");
        assertTrue(files().stream().noneMatch(file -> file.endsWith(".key")));
        Files.copy(saved, data().resolve("keys/record.key"), StandardCopyOption.COPY_ATTRIBUTES);
        assertOutOfService(settings(form), "holds keys in more than one form");
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyForm.class,
            names = {"PASSPHRASE", "PKCS12"})
    void without_the_right_passphrase_the_gateway_is_out_of_service(KeyForm form) throws IOException {
        use(settings(form));

        assertOutOfService(Map.of(), "the keys need a passphrase");
        Map<String, String> wrong = settings(form);
        passphrase("another horse battery");
        assertOutOfService(wrong, "does not open with the passphrase");
        passphrase("short");
        assertOutOfService(wrong, "fewer than 12 characters");
        passphrase(RIGHT);
        Files.setPosixFilePermissions(temporary.resolve("passphrase"), PosixFilePermissions.fromString("rw-r--r--"));
        assertOutOfService(wrong, "chmod 600");
        Files.delete(temporary.resolve("passphrase"));
        assertOutOfService(wrong, "does not exist");
        use(settings(form));
    }

    @Test
    void a_new_gateway_makes_no_plain_keys_where_a_passphrase_is_expected() throws IOException {
        assertOutOfService(Map.of("holdfast.keys.form", "pkcs12"), "the keys need a passphrase");
        assertOutOfService(Map.of("holdfast.keys.form", "jks"), "must be plain, passphrase or pkcs12");

        use(Map.of("holdfast.keys.passphrase-file", passphrase(RIGHT).toString()));

        assertTrue(files().contains("record.p8"), files().toString());
    }
}
