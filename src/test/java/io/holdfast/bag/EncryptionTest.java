package io.holdfast.bag;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.TestLog;
import io.holdfast.audit.UnreadableException;
import io.holdfast.fixture.Recipient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionTest {

    /** Making a key of RSA takes longer than all the rest. */
    private static final Map<String, Recipient> RECIPIENTS = new ConcurrentHashMap<>();

    @TempDir
    Path folder;

    private static Recipient recipient(String kind) {
        return RECIPIENTS.computeIfAbsent(kind, name -> name.equals("RSA") ? Recipient.rsa(3072) : Recipient.ec(name));
    }

    private static RecipientCertificate certificate(String kind) {
        return RecipientCertificate.parse(recipient(kind).certificate());
    }

    private static byte[] encrypted(String kind, byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Encryption.encrypt(certificate(kind), TestLog.START, out, sink -> sink.write(content));
        return out.toByteArray();
    }

    private static byte[] decrypted(String kind, byte[] message) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RecipientKey key = RecipientKey.parse(recipient(kind).key(), Optional.empty());
        Decryption.decrypt(new ByteArrayInputStream(message), certificate(kind), key, out);
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "P-256", "P-384", "P-521"})
    void what_was_encrypted_for_a_certificate_opens_with_its_key(String kind) throws IOException {
        for (int size : new int[] {0, 1, 1 << 15, 200_000}) {
            byte[] content = random(size);

            assertArrayEquals(content, decrypted(kind, encrypted(kind, content)));
        }
    }

    /** Of another program, and the one that receivers have. */
    @ParameterizedTest
    @ValueSource(strings = {"RSA", "P-256", "P-384", "P-521"})
    void openssl_opens_it_too(String kind) throws Exception {
        SomePackage some = SomePackage.made();
        byte[] zip = some.zip();
        Path message = Files.write(folder.resolve("p.cms"), some.encryptedFor(certificate(kind)));
        Path opened = folder.resolve("p.zip");

        assertEquals(0, openssl(kind, message, opened));
        assertArrayEquals(zip, Files.readAllBytes(opened));

        byte[] changed = Files.readAllBytes(message);
        changed[changed.length / 2] ^= 1;
        Files.write(message, changed);
        assertNotEquals(0, openssl(kind, message, opened));
    }

    private int openssl(String kind, Path message, Path to) throws Exception {
        Path key = Files.writeString(folder.resolve("key.pem"), recipient(kind).key());
        Path certificate = Files.writeString(
                folder.resolve("certificate.pem"), recipient(kind).certificate());
        List<String> command = List.of(
                "openssl",
                "cms",
                "-decrypt",
                "-binary",
                "-inform",
                "DER",
                "-in",
                message.toString(),
                "-inkey",
                key.toString(),
                "-recip",
                certificate.toString(),
                "-out",
                to.toString());
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("openssl.log").toFile())
                    .start();
        } catch (IOException e) {
            System.err.println("NOT TESTED: there is no openssl on this machine, so nobody else opened a package");
            Assumptions.abort("there is no openssl on this machine");
            throw e;
        }
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return process.exitValue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "P-256"})
    void what_was_changed_is_never_opened_as_whole_and_refused_in_one_way(String kind) throws IOException {
        byte[] content = random(300);
        byte[] message = encrypted(kind, content);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        // A key of RSA takes its time.
        for (int round = 0; round < message.length; round += kind.equals("RSA") ? 7 : 1) {
            byte[] changed = message.clone();
            changed[round] = (byte) random.nextInt();
            try {
                // What is left are bytes that say nothing, and then the content is the same.
                assertArrayEquals(content, decrypted(kind, changed), "seed " + seed + ", byte " + round);
            } catch (PackageException e) {
                // Refused, and in no other way.
            }
        }
    }

    @Test
    void one_that_was_cut_off_is_never_opened_as_whole() throws IOException {
        byte[] message = encrypted("P-256", random(70_000));
        for (int length : new int[] {0, 1, 100, 600, 40_000, message.length - 40, message.length - 9}) {
            byte[] cut = java.util.Arrays.copyOf(message, length);
            assertThrows(PackageException.class, () -> decrypted("P-256", cut), "cut to " + length);
        }
    }

    @Test
    void bytes_after_its_end_are_refused() throws IOException {
        byte[] message = encrypted("P-256", random(10));
        byte[] longer = java.util.Arrays.copyOf(message, message.length + 1);

        assertThrows(PackageException.class, () -> decrypted("P-256", longer));
    }

    @Test
    void content_that_ends_with_an_error_makes_no_message() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assertThrows(
                IOException.class,
                () -> Encryption.encrypt(certificate("P-256"), TestLog.START, out, sink -> {
                    sink.write(random(100_000));
                    throw new IOException("the spool is gone");
                }));

        assertThrows(PackageException.class, () -> decrypted("P-256", out.toByteArray()));
    }

    @Test
    void another_key_or_certificate_opens_nothing() throws IOException {
        byte[] message = encrypted("P-256", random(10));
        Recipient other = Recipient.ec("P-256");
        RecipientKey otherKey = RecipientKey.parse(other.key(), Optional.empty());

        PackageException wrongKey = assertThrows(
                PackageException.class,
                () -> Decryption.decrypt(
                        new ByteArrayInputStream(message),
                        certificate("P-256"),
                        otherKey,
                        OutputStream.nullOutputStream()));
        assertThrows(PackageException.class, () -> decrypted("P-384", message));

        assertTrue(wrongKey.getMessage().contains("is the key the one of the certificate"), wrongKey.getMessage());
    }

    @Test
    void an_expired_certificate_is_refused_before_the_first_byte() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        PackageException refused = assertThrows(
                PackageException.class,
                () -> Encryption.encrypt(
                        certificate("P-256"), Recipient.UNTIL.plusSeconds(1), out, sink -> sink.write(1)));

        assertTrue(refused.getMessage().contains("expired at 2030-01-01T00:00:00Z"), refused.getMessage());
        assertEquals(0, out.size());
    }

    @Test
    void two_of_the_same_content_have_nothing_in_common() throws IOException {
        byte[] content = random(1000);

        assertNotEquals(
                List.of(Sha512.of(encrypted("P-256", content))), List.of(Sha512.of(encrypted("P-256", content))));
    }

    /** Twice as much as there is memory; with -Dholdfast.large-package=true, 125 times, and more than 4 GiB. */
    @Test
    void memory_does_not_grow_with_the_package() throws Exception {
        boolean isLong = Boolean.getBoolean("holdfast.large-package");
        Path certificate =
                Files.writeString(folder.resolve("c.pem"), recipient("P-256").certificate());
        Path key = Files.writeString(folder.resolve("k.pem"), recipient("P-256").key());
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx40m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargePackage.class.getName(),
                        certificate.toString(),
                        key.toString(),
                        folder.resolve("large.cms").toString(),
                        isLong ? "5000" : "80")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("large.log").toFile())
                .start();

        assertTrue(process.waitFor(isLong ? 1200 : 120, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), () -> {
            try {
                return Files.readString(folder.resolve("large.log"));
            } catch (IOException e) {
                return e.toString();
            }
        });
    }

    @Test
    void a_private_key_is_read_in_the_forms_that_openssl_writes() {
        Recipient some = recipient("P-256");

        RecipientKey.parse(some.certificate() + some.key(), Optional.empty());

        assertThrows(UnreadableException.class, () -> RecipientKey.parse("", Optional.empty()));
        assertThrows(UnreadableException.class, () -> RecipientKey.parse(some.certificate(), Optional.empty()));
        assertThrows(
                UnreadableException.class,
                () -> RecipientKey.parse(Recipient.pem("PRIVATE KEY", new byte[] {1, 2}), Optional.empty()));
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
