package io.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.TestLog;
import io.holdfast.bag.RecipientCertificate;
import io.holdfast.bag.SomePackage;
import io.holdfast.fixture.Recipient;
import io.holdfast.note.Cosigner;
import io.holdfast.note.Ed25519Key;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An authority without a gateway opens what it was given, and checks it. */
class PackageCommandsTest {

    private static final Recipient RECIPIENT = Recipient.ec("P-384");
    private static final SomePackage SOME = SomePackage.made();
    private static final String KEY = TestLog.verifierKey().toString();

    @TempDir
    Path temp;

    private Path message;
    private Path key;
    private Path certificate;
    private Path folder;

    @BeforeEach
    void download() throws IOException {
        RecipientCertificate theirs = RecipientCertificate.parse(RECIPIENT.certificate());
        message = Files.write(temp.resolve("package.cms"), SOME.encryptedFor(theirs));
        key = Files.writeString(temp.resolve("key.pem"), RECIPIENT.key());
        certificate = Files.writeString(temp.resolve("certificate.pem"), RECIPIENT.certificate());
        folder = temp.resolve("opened");
    }

    private Run open(String... more) {
        List<String> words = new ArrayList<>(List.of(
                "package",
                "open",
                message.toString(),
                "--key",
                key.toString(),
                "--certificate",
                certificate.toString(),
                "--to",
                folder.toString()));
        words.addAll(List.of(more));
        return Run.of(words.toArray(String[]::new));
    }

    private Run check(Path place, String... more) {
        List<String> words = new ArrayList<>(List.of("package", "check", place.toString()));
        words.addAll(List.of(more));
        return Run.of(words.toArray(String[]::new));
    }

    @Test
    void what_was_opened_is_there_and_holds() throws IOException {
        Run opened = open().endsWith(ExitCode.OK);
        Run checked = check(folder, "--log-key", KEY).endsWith(ExitCode.OK);

        assertTrue(opened.out().contains(SOME.manifest().receipt().hex()), opened.out());
        assertTrue(
                checked.out().contains("proven     3 files of the package for " + SomePackage.REQUEST), checked.out());
        assertTrue(checked.out().contains("by         entry 15 of " + TestLog.ORIGIN), checked.out());
        assertArrayEquals(SOME.manifest().bytes(), Files.readAllBytes(folder.resolve("manifest.json")));
        assertEquals(List.of("certificate.pem", "key.pem", "opened", "package.cms"), names());
    }

    @Test
    void programs_get_json() throws IOException {
        var opened = open("--output", "json").endsWith(ExitCode.OK).json();
        var checked = check(folder, "--log-key", KEY, "--output", "json")
                .endsWith(ExitCode.OK)
                .json();

        assertEquals(SomePackage.REQUEST, opened.get("request").textValue());
        assertEquals(3, opened.get("files").intValue());
        assertTrue(checked.get("holds").booleanValue());
        assertEquals(15, checked.get("index").intValue());
        assertEquals(SOME.manifest().receipt().hex(), checked.get("receipt").textValue());
        assertTrue(checked.get("findings").isEmpty());
    }

    @Test
    void a_changed_message_leaves_nothing_behind() throws IOException {
        byte[] bytes = Files.readAllBytes(message);
        bytes[bytes.length / 2] ^= 1;
        Files.write(message, bytes);

        Run run = open().endsWith(ExitCode.CHECK_FAILED);

        assertTrue(run.err().contains("changed on its way"), run.err());
        assertEquals(List.of("certificate.pem", "key.pem", "package.cms"), names());
    }

    @Test
    void half_a_message_leaves_nothing_behind() throws IOException {
        byte[] bytes = Files.readAllBytes(message);
        Files.write(message, Arrays.copyOf(bytes, bytes.length / 2));

        open().endsWith(ExitCode.CHECK_FAILED);

        assertEquals(List.of("certificate.pem", "key.pem", "package.cms"), names());
    }

    @Test
    void another_key_opens_nothing() throws IOException {
        Files.writeString(key, Recipient.ec("P-384").key());

        Run run = open().endsWith(ExitCode.CHECK_FAILED);

        assertTrue(run.err().contains("is the key the one of the certificate"), run.err());
        assertFalse(Files.exists(folder));
    }

    @Test
    void a_file_that_is_no_package_is_said_to_be_none() throws IOException {
        for (byte[] bytes : List.of(new byte[0], new byte[100], SOME.zip(), Files.readAllBytes(certificate))) {
            Files.write(message, bytes);
            Run run = open().endsWith(ExitCode.CHECK_FAILED);
            assertTrue(run.err().contains("nothing was kept of it"), run.err());
        }
        assertFalse(Files.exists(folder));
    }

    @Test
    void a_folder_that_is_there_is_left_alone() throws IOException {
        Files.createDirectory(folder);

        open().endsWith(ExitCode.UNREACHABLE);

        assertEquals(List.of("certificate.pem", "key.pem", "opened", "package.cms"), names());
    }

    @Test
    void files_that_are_missing_or_wrong_are_named() throws IOException {
        Files.writeString(key, "no key");
        assertTrue(open().endsWith(ExitCode.UNREACHABLE).err().contains("private key"));
        Files.writeString(certificate, "no certificate");
        assertTrue(open().endsWith(ExitCode.UNREACHABLE).err().contains("certificate"));
        Files.delete(certificate);
        assertTrue(open().endsWith(ExitCode.UNREACHABLE).err().contains("does not exist"));
    }

    @Test
    void a_zip_is_checked_as_it_is() throws IOException {
        Path zip = Files.write(temp.resolve("package.zip"), SOME.zip());

        check(zip, "--log-key", KEY).endsWith(ExitCode.OK);

        byte[] changed = SOME.zip();
        int name = new String(changed, StandardCharsets.ISO_8859_1).indexOf("/letter.txt");
        changed[name + "/letter.txt".length() + 4] ^= 1;
        Files.write(zip, changed);
        assertFalse(check(zip, "--log-key", KEY).code() == ExitCode.OK);
    }

    @Test
    void what_is_wrong_is_told() throws IOException {
        open().endsWith(ExitCode.OK);
        Files.writeString(folder.resolve("letter.txt"), "Another letter.\n");
        Files.writeString(folder.resolve("data/added\u202e.json"), "{}");

        Run run = check(folder, "--log-key", KEY).endsWith(ExitCode.CHECK_FAILED);

        assertTrue(run.out().contains("letter.txt: is of another size"), run.out());
        assertTrue(run.out().contains("is not part of the package"), run.out());
        assertFalse(run.out().contains("\u202e"), run.out());
        assertTrue(run.out().contains("2 findings; do not rely on this package"), run.out());
    }

    @Test
    void a_link_is_no_file_of_a_package() throws IOException {
        open().endsWith(ExitCode.OK);
        Path letter = folder.resolve("letter.txt");
        Files.move(letter, temp.resolve("elsewhere.txt"));
        Files.createSymbolicLink(letter, temp.resolve("elsewhere.txt"));

        check(folder, "--log-key", KEY).endsWith(ExitCode.CHECK_FAILED);
    }

    @Test
    void whom_to_trust_is_the_receivers_to_say() throws IOException {
        open().endsWith(ExitCode.OK);
        String witness = Cosigner.of("witness.example/w", Ed25519Key.generate())
                .verifierKey()
                .toString();
        Path policy = Files.writeString(temp.resolve("policy"), "log " + KEY + "\nquorum none\n");

        check(folder).endsWith(ExitCode.USAGE);
        check(folder, "--witness", witness).endsWith(ExitCode.USAGE);
        check(folder, "--log-key", "x").endsWith(ExitCode.USAGE);
        check(folder, "--log-key", witness).endsWith(ExitCode.USAGE);
        check(folder, "--log-key", KEY, "--quorum", "1").endsWith(ExitCode.USAGE);
        check(folder, "--log-key", KEY, "--policy", policy.toString()).endsWith(ExitCode.USAGE);
        check(folder, "--policy", policy.toString()).endsWith(ExitCode.OK);
        check(folder, "--log-key", KEY, "--witness", witness).endsWith(ExitCode.CHECK_FAILED);
        check(folder, "--log-key", KEY, "--witness", witness, "--quorum", "0").endsWith(ExitCode.OK);
        check(folder, "--log-key", TestLog.foreignLogKey().verifierKey().toString())
                .endsWith(ExitCode.CHECK_FAILED);
    }

    @Test
    void what_is_no_package_at_all_cannot_be_checked() {
        check(temp.resolve("nowhere"), "--log-key", KEY).endsWith(ExitCode.UNREACHABLE);
        Run encrypted = check(message, "--log-key", KEY).endsWith(ExitCode.UNREACHABLE);

        assertTrue(encrypted.err().contains("holdfast package open"), encrypted.err());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(temp)) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> !name.equals("elsewhere.txt"))
                    .sorted()
                    .toList();
        }
    }
}
