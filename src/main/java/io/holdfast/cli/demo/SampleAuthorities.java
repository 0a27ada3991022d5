package io.holdfast.cli.demo;

import io.holdfast.evidence.SealedInstrument;
import io.holdfast.note.Ed25519Key;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The sample registry, with a seal key for each institution that exists for one demonstration only, and a certificate for all;
 * and one sender more, who has proved nothing but a mailbox.
 */
final class SampleAuthorities {

    static final String MAILBOX = "hk-mailbox";

    private static final String MAILBOX_FILE = """
            schema: holdfast/v1
            kind: Authority
            id: hk-mailbox
            name: "Sample: a mailbox that says it is the police"
            jurisdiction: HK
            level: OFFICER
            enrolment: MAILBOX
            national-security-unit: false
            sends: [HK-PDPO-58]
            issues: []
            """;

    private final Map<String, Ed25519Key> keys = new HashMap<>();
    private final SampleRecipient recipient;

    /** Writes the registry with its keys into {@code to}. */
    SampleAuthorities(Path samples, Path to, Instant now) {
        this.recipient = SampleRecipient.generate(now);
        try (Stream<Path> files = Files.list(samples)) {
            Files.createDirectories(to);
            List<Path> yaml = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            for (Path file : yaml) {
                Ed25519Key key = Ed25519Key.generate();
                keys.put(file.getFileName().toString().replace(".yaml", ""), key);
                Files.writeString(
                        to.resolve(file.getFileName()),
                        Files.readString(file) + "key: \""
                                + base64Url(key.publicKey().bytes()) + "\"\n" + recipient.yaml());
            }
            Files.writeString(to.resolve(MAILBOX + ".yaml"), MAILBOX_FILE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the sample registry in " + to, e);
        }
    }

    /** Who opens the packages. */
    SampleRecipient recipient() {
        return recipient;
    }

    /** The issuing court's seal on its instrument. */
    String seal(SealedInstrument instrument) {
        return seal(instrument, keys.get(instrument.issuer()));
    }

    /** A seal under a key that nobody enrolled. */
    String forgedSeal(SealedInstrument instrument) {
        return seal(instrument, Ed25519Key.generate());
    }

    private static String seal(SealedInstrument instrument, Ed25519Key key) {
        String header = "{\"alg\":\"EdDSA\",\"typ\":\"" + SealedInstrument.SEAL_TYPE + "\"}";
        String input = base64Url(header.getBytes(StandardCharsets.US_ASCII)) + "." + base64Url(instrument.print());
        return input + "." + base64Url(key.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
