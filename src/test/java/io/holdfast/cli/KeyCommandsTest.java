package io.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.Envelope;
import io.holdfast.audit.KeyPurpose;
import io.holdfast.fixture.TemporaryLog;
import io.holdfast.store.DataFolder;
import io.holdfast.store.HeldKey;
import io.holdfast.store.KeyFolder;
import io.holdfast.store.KeyRegister;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCommandsTest {

    @TempDir
    Path data;

    private KeyFolder keys() {
        return new KeyFolder(data.resolve("keys"));
    }

    private Run key(String... arguments) {
        String[] all = Stream.of(Stream.of("key"), Stream.of(arguments), Stream.of("--data", data.toString()))
                .flatMap(part -> part)
                .toArray(String[]::new);
        return Run.of(all);
    }

    /** A gateway that was started once and is stopped. */
    private void started() {
        try (TemporaryLog log = TemporaryLog.open(data)) {
            log.ledger()
                    .append(new GenesisOfKeys(log, keys().held(TemporaryLog.ORIGIN)))
                    .toCompletableFuture()
                    .join();
            KeyRegister.of(TemporaryLog.ORIGIN, log.ledger().history(Envelope.LOG))
                    .write(data.resolve("keys"));
        }
    }

    private List<String> states(String purpose) {
        JsonNode keys =
                key("list", "--output", "json").endsWith(ExitCode.OK).json().get("keys");
        return StreamSupport.stream(keys.spliterator(), false)
                .filter(key -> key.get("purpose").textValue().equals(purpose))
                .map(key -> key.get("state").textValue())
                .toList();
    }

    @Test
    void a_rotation_is_seen_in_the_list_from_its_first_file_to_its_end() {
        started();
        assertEquals(List.of("in-force"), states("log"));
        String old = keys().held(TemporaryLog.ORIGIN).stream()
                .filter(key -> key.key().purpose() == KeyPurpose.LOG)
                .findFirst()
                .orElseThrow()
                .key()
                .id();

        JsonNode made =
                key("rotate", "log", "--output", "json").endsWith(ExitCode.OK).json();
        assertEquals("log", made.get("purpose").textValue());
        assertEquals("new", made.get("state").textValue());
        assertEquals(List.of("in-force", "new"), states("log"));

        key("retire", "log", old).endsWith(ExitCode.OK);
        assertEquals(List.of("retiring", "new"), states("log"));
    }

    @Test
    void what_is_printed_holds_no_secret() throws IOException {
        started();
        List<Run> runs = List.of("record", "log", "log-ml-dsa-44", "grant", "vault").stream()
                .map(purpose -> key("rotate", purpose).endsWith(ExitCode.OK))
                .toList();
        String printed = runs.stream().map(Run::out).collect(Collectors.joining())
                + key("list").out()
                + key("list", "--output", "json").out();
        try (Stream<Path> files = Files.list(data.resolve("keys"))) {
            for (Path file : files.filter(it -> it.toString().endsWith(".key")).toList()) {
                String secret = Files.readString(file).split("\n")[1];
                assertFalse(printed.contains(secret.substring(Math.max(0, secret.length() - 43))), file.toString());
            }
        }
        assertEquals(8, keys().held(TemporaryLog.ORIGIN).size());
    }

    @Test
    void nothing_is_changed_under_a_gateway_that_runs() {
        started();
        HeldKey log = keys().held(TemporaryLog.ORIGIN).get(1);
        try (DataFolder running = DataFolder.lock(data)) {
            for (Run run : List.of(
                    key("rotate", "record"), key("retire", "log", log.key().id()))) {
                run.endsWith(ExitCode.CONFLICT);
                assertTrue(run.err().contains("in use by a running gateway; stop it first"), run.err());
            }
            assertTrue(Files.exists(running.keys()));
        }
        assertEquals(4, keys().held(TemporaryLog.ORIGIN).size());
        assertFalse(keys().isMarked(log.key()));
    }

    @Test
    void a_folder_without_keys_gets_none() {
        for (String[] command :
                new String[][] {{"list"}, {"rotate", "log"}, {"retire", "log", "00000000"}, {"protect", "pkcs12"}}) {
            Run run = key(command).endsWith(ExitCode.UNREACHABLE);
            assertTrue(run.err().contains("holds no keys"), run.err());
        }
        assertFalse(Files.exists(data.resolve("keys")));
        assertFalse(Files.exists(data.resolve("holdfast.lock")));
    }

    @Test
    void a_purpose_that_no_key_has_is_a_wrong_command_line() {
        Run run = key("rotate", "logs").endsWith(ExitCode.USAGE);

        assertTrue(run.err().contains("record, log, log-ml-dsa-44, grant, vault"), run.err());
    }

    @Test
    void a_new_master_key_wraps_and_the_old_one_opens() {
        started();
        assertEquals(List.of("wraps"), states("vault"));

        JsonNode made =
                key("rotate", "vault", "--output", "json").endsWith(ExitCode.OK).json();

        assertEquals("vault-2", made.get("name").textValue());
        assertEquals(List.of("opens", "wraps"), states("vault"));
        key("retire", "vault", made.get("id").textValue()).endsWith(ExitCode.USAGE);
    }

    @Test
    void what_cannot_be_rotated_or_retired_says_why() {
        keys().logKey();
        assertTrue(key("rotate", "log").endsWith(ExitCode.UNREACHABLE).err().contains("start the gateway once"));
        started();
        assertTrue(key("retire", "log", "00000000")
                .endsWith(ExitCode.UNREACHABLE)
                .err()
                .contains("no log key 00000000 is in force"));
        key("rotate", "log").endsWith(ExitCode.OK);
        assertTrue(key("rotate", "log").endsWith(ExitCode.UNREACHABLE).err().contains("start the gateway"));
    }

    @Test
    void an_id_that_looks_like_an_option_stands_behind_two_hyphens() {
        started();

        Run run = Run.of("key", "retire", "record", "--data", data.toString(), "--", "-hT8")
                .endsWith(ExitCode.UNREACHABLE);

        assertTrue(run.err().contains("no record key -hT8 is in force"), run.err());
    }

    private Path passphrase(String text) {
        try {
            Path file = Files.createTempFile(data, "passphrase", "");
            return Files.writeString(file, text + "\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"passphrase", "pkcs12"})
    void keys_are_protected_then_listed_rotated_and_retired_with_the_passphrase(String form) throws IOException {
        started();
        String passphrase = passphrase("correct horse battery staple").toString();
        JsonNode before = key("list", "--output", "json").json();
        String old = before.get("keys").get(1).get("id").textValue();

        JsonNode moved = key("protect", form, "--passphrase-file", passphrase, "--output", "json")
                .endsWith(ExitCode.OK)
                .json();

        assertEquals(form, moved.get("form").textValue());
        assertEquals(5, moved.get("moved").size());
        try (Stream<Path> files = Files.list(data.resolve("keys"))) {
            assertEquals(
                    0, files.filter(file -> file.toString().endsWith(".key")).count());
        }
        assertEquals(
                before,
                key("list", "--passphrase-file", passphrase, "--output", "json").json());
        key("rotate", "log", "--passphrase-file", passphrase).endsWith(ExitCode.OK);
        key("rotate", "log-ml-dsa-44", "--passphrase-file", passphrase).endsWith(ExitCode.OK);
        key("retire", "log", old, "--passphrase-file", passphrase).endsWith(ExitCode.OK);
        assertEquals(
                7,
                key("list", "--passphrase-file", passphrase, "--output", "json")
                        .json()
                        .get("keys")
                        .size());
        assertTrue(key("protect", form, "--passphrase-file", passphrase)
                .endsWith(ExitCode.OK)
                .out()
                .contains("already"));
    }

    @Test
    void protected_keys_do_not_open_without_the_right_passphrase_and_nothing_shows_it() {
        started();
        key(
                        "protect",
                        "pkcs12",
                        "--passphrase-file",
                        passphrase("correct horse battery staple").toString())
                .endsWith(ExitCode.OK);
        String wrong = passphrase("another horse battery").toString();
        for (String[] command : new String[][] {{"list"}, {"rotate", "log"}, {"protect", "passphrase"}}) {
            Run none = key(command).endsWith(ExitCode.UNREACHABLE);
            assertTrue(none.err().contains("HOLDFAST_KEYS_PASSPHRASE"), none.err());
            Run other = key(Stream.concat(Stream.of(command), Stream.of("--passphrase-file", wrong))
                            .toArray(String[]::new))
                    .endsWith(ExitCode.UNREACHABLE);
            assertTrue(other.err().contains("does not open with the passphrase"), other.err());
            assertFalse(other.err().contains("battery"), other.err());
        }
    }

    @Test
    void keys_are_not_protected_under_a_gateway_that_runs_nor_without_a_passphrase_nor_in_no_form() {
        started();
        String passphrase = passphrase("correct horse battery staple").toString();
        try (DataFolder running = DataFolder.lock(data)) {
            key("protect", "pkcs12", "--passphrase-file", passphrase).endsWith(ExitCode.CONFLICT);
            assertTrue(Files.exists(running.keys()));
        }
        key("protect", "pkcs12").endsWith(ExitCode.UNREACHABLE);
        key("protect", "plain", "--passphrase-file", passphrase).endsWith(ExitCode.USAGE);

        assertEquals(List.of("in-force"), states("log"));
    }
}
