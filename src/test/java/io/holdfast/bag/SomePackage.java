package io.holdfast.bag;

import io.holdfast.audit.Base64Url;
import io.holdfast.audit.CanonicalJson;
import io.holdfast.audit.Leaf;
import io.holdfast.audit.TestLog;
import io.holdfast.tlog.Hash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A package of two pages and a letter, and the log that commits to it.
 *
 * @param content the manifest's files, by name
 */
public record SomePackage(Manifest manifest, PackageProof proof, SortedMap<String, byte[]> content) {

    public static final String REQUEST = "01980000-0000-7000-8000-00000000c0de";

    /** In a log with entries before it and after it. */
    public static SomePackage made() {
        return of(pages());
    }

    static SomePackage of(SortedMap<String, byte[]> content) {
        return committed(manifest(content), content, TestLog.honest());
    }

    static SomePackage committed(Manifest manifest, SortedMap<String, byte[]> content, TestLog log) {
        long index = log.addLeaf(entry(manifest.request(), manifest.digest()));
        log.addLeaf(entry("another", Hash.ofNothing()));
        return new SomePackage(manifest, new PackageProof(log.leaf(index), log.proof(index)), content);
    }

    public static SortedMap<String, byte[]> pages() {
        SortedMap<String, byte[]> content = new TreeMap<>();
        content.put("data/account-0001/page-0001.json", ascii("{\"items\":[{\"id\":\"a\"},{\"id\":\"b\"}]}"));
        content.put("data/account-0001/page-0002.json", ascii("{\"items\":[{\"id\":\"c\"}]}"));
        content.put("letter.txt", ascii("To whom it may concern: this is what you asked for.\n"));
        return content;
    }

    static Manifest manifest(Map<String, byte[]> content) {
        return new Manifest(
                REQUEST,
                5,
                new TreeSet<>(java.util.List.of("SUBSCRIBER", "TRAFFIC")),
                Instant.parse("2026-10-01T00:00:00Z"),
                Instant.parse("2026-11-01T00:00:00Z"),
                2,
                1,
                3,
                new TreeMap<>(content)
                        .entrySet().stream()
                                .map(file -> new PackageFile(
                                        file.getKey(), file.getValue().length, Sha512.of(file.getValue())))
                                .toList());
    }

    /** As the gateway writes it, but for the signature, which nothing here looks at. */
    static Leaf entry(String request, Hash manifest) {
        return entry(PackageEntry.TYPE, request, manifest);
    }

    static Leaf entry(String type, String request, Hash manifest) {
        byte[] header = CanonicalJson.write(CanonicalJson.object()
                .put("alg", "EdDSA")
                .put("kid", "hFbVBhD2mj02-tVI1s0ZXmerYiLMK0HMEtYSPPNPTT4")
                .put("typ", type));
        byte[] payload = CanonicalJson.write(CanonicalJson.object()
                .put("epoch", 1)
                .put("iat", 1_795_435_300)
                .put("iss", TestLog.ORIGIN)
                .put("jti", "01980000-0000-7000-8000-000000000abc")
                .put("manifest", manifest.hex())
                .put("rulebook", TestLog.rulebookDigest())
                .put("sub", request));
        String compact = Base64Url.print(header) + "." + Base64Url.print(payload) + "." + Base64Url.print(new byte[64]);
        return Leaf.of(ascii(compact));
    }

    BagWriter.Source source() {
        return file -> new ByteArrayInputStream(content.get(file.name()));
    }

    public byte[] zip() {
        try {
            ByteArrayOutputStream zip = new ByteArrayOutputStream();
            BagWriter.write(manifest, proof, source(), zip);
            return zip.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] encryptedFor(RecipientCertificate certificate) {
        try {
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            Encryption.encrypt(
                    certificate, TestLog.START, message, out -> BagWriter.write(manifest, proof, source(), out));
            return message.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
