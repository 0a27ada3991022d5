package io.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.note.Ed25519Key;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that nobody here wrote open what is written. */
class ForeignKeyToolsTest {

    private static final Passphrase PASSPHRASE = KeysInAnyFormTest.given(KeysInAnyFormTest.RIGHT);
    private static final char[] CHARACTERS = KeysInAnyFormTest.RIGHT.toCharArray();

    @TempDir
    Path temporary;

    private KeyFolder keys(KeyForm form) {
        KeyFolder keys =
                new KeyFolder(temporary.resolve("keys"), new KeyProtection(Optional.of(form), PASSPHRASE), Map.of());
        keys.logKey();
        return keys;
    }

    /** Standard output; the passphrase comes on standard input. */
    private byte[] openssl(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Path out = temporary.resolve("out");
        Path in = temporary.resolve("in");
        Files.writeString(in, KeysInAnyFormTest.RIGHT + "\n");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(temporary.resolve("err").toFile())
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "there is no openssl here");
            throw e;
        }
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), Files.readString(temporary.resolve("err")));
        return Files.readAllBytes(out);
    }

    @Test
    void openssl_opens_an_encrypted_file() throws Exception {
        Ed25519Key key = keys(KeyForm.PASSPHRASE).recordKey();

        byte[] der = openssl(
                "pkcs8",
                "-in",
                temporary.resolve("keys/record.p8").toString(),
                "-passin",
                "stdin",
                "-outform",
                "DER",
                "-nocrypt",
                "-topk8");

        assertArrayEquals(KeyKind.RECORD.pkcs8(key.exposeSecretSeed()), der);
    }

    @Test
    void openssl_finds_the_store_whole_and_opens_its_keys() throws Exception {
        Ed25519Key key = keys(KeyForm.PKCS12).recordKey();
        String store = temporary.resolve("keys/keys.p12").toString();

        String certificates =
                new String(openssl("pkcs12", "-in", store, "-passin", "stdin", "-nokeys"), StandardCharsets.US_ASCII);

        assertTrue(certificates.contains("friendlyName: log-ml-dsa-44"), certificates);
        assertEquals(4, certificates.split("BEGIN CERTIFICATE").length - 1);
        String seed = java.util.Base64.getEncoder().encodeToString(KeyKind.RECORD.pkcs8(key.exposeSecretSeed()));
        // OpenSSL before 3.5 knows no ML-DSA and ends at that key, after the others.
        ProcessBuilder all = new ProcessBuilder("openssl", "pkcs12", "-in", store, "-passin", "stdin", "-nodes");
        Process process = all.redirectInput(temporary.resolve("in").toFile())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(text.contains(seed), "the Ed25519 key of records was not opened");
    }

    @Test
    void java_opens_the_store_with_every_key_in_it() throws Exception {
        KeyFolder keys = keys(KeyForm.PKCS12);
        keys.addMasterKey();

        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(Files.readAllBytes(temporary.resolve("keys/keys.p12"))), CHARACTERS);

        assertEquals(
                Set.of("record", "log", "log-ml-dsa-44", "grant", "vault", "vault-2"),
                new TreeSet<>(Collections.list(store.aliases())));
        assertArrayEquals(
                keys.exposeMasterKeys().get(0),
                store.getKey("vault", CHARACTERS).getEncoded());
        assertArrayEquals(
                KeyKind.RECORD.pkcs8(keys.recordKey().exposeSecretSeed()),
                store.getKey("record", CHARACTERS).getEncoded());
        store.getCertificate("record").verify(store.getCertificate("record").getPublicKey());
        assertEquals(
                "X.509 CN=holdfast log-ml-dsa-44",
                store.getCertificate("log-ml-dsa-44").getType() + " "
                        + ((java.security.cert.X509Certificate) store.getCertificate("log-ml-dsa-44"))
                                .getSubjectX500Principal());
    }
}
