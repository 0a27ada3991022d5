package io.holdfast.bag;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The small files of a bag, in bytes, and what they are called. */
final class BagLayout {

    static final String MANIFEST = "manifest.json";
    static final String ENTRY = "record/entry.jws";
    static final String PROOF = "record/entry.tlog-proof";
    static final String CHECKER = "Check.java";
    static final String README = "README.txt";
    static final String BAGIT = "bagit.txt";
    static final String BAG_INFO = "bag-info.txt";
    static final String PAYLOAD_MANIFEST = "manifest-sha512.txt";
    static final String TAG_MANIFEST = "tagmanifest-sha512.txt";

    /** All that may be there beside the files of the manifest. */
    static final Set<String> NAMES =
            Set.of(MANIFEST, ENTRY, PROOF, CHECKER, README, BAGIT, BAG_INFO, PAYLOAD_MANIFEST, TAG_MANIFEST);

    private BagLayout() {}

    /** Whether it has a line for each file, and so grows with the manifest. */
    static boolean isList(String name) {
        return name.equals(PAYLOAD_MANIFEST) || name.equals(TAG_MANIFEST);
    }

    /** All that is beside the files of the manifest and what the log says, by name: it is the same for one manifest. */
    static SortedMap<String, byte[]> tagFiles(Manifest manifest) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put(README, resource(README));
        files.put(CHECKER, resource(CHECKER));
        files.put(MANIFEST, manifest.bytes());
        files.put(BAGIT, ascii("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"));
        files.put(BAG_INFO, bagInfo(manifest));
        files.put(PAYLOAD_MANIFEST, payloadManifest(manifest));
        files.put(TAG_MANIFEST, tagManifest(manifest, files));
        return files;
    }

    /** Payload-Oxum: how many bytes and how many files are in {@code data/}, RFC 8493 section 2.2.2. */
    private static byte[] bagInfo(Manifest manifest) {
        long bytes = manifest.data().stream().mapToLong(PackageFile::bytes).sum();
        return ascii("External-Identifier: " + manifest.request() + "\nPayload-Oxum: " + bytes + "."
                + manifest.data().size() + "\n");
    }

    /** RFC 8493 section 2.1.3. */
    static byte[] payloadManifest(Manifest manifest) {
        StringBuilder lines = new StringBuilder();
        manifest.data().forEach(file -> line(lines, file.sha512(), file.name()));
        return ascii(lines.toString());
    }

    private static byte[] tagManifest(Manifest manifest, SortedMap<String, byte[]> others) {
        SortedMap<String, Sha512> digests = new TreeMap<>();
        others.forEach((name, bytes) -> digests.put(name, Sha512.of(bytes)));
        manifest.files().stream()
                .filter(file -> !file.isData())
                .forEach(letter -> digests.put(letter.name(), letter.sha512()));
        StringBuilder lines = new StringBuilder();
        digests.forEach((name, digest) -> line(lines, digest, name));
        return ascii(lines.toString());
    }

    /** As {@code sha512sum} writes and reads it. */
    private static void line(StringBuilder lines, Sha512 digest, String name) {
        lines.append(digest.hex()).append("  ").append(name).append('\n');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] resource(String name) {
        try (InputStream in = BagLayout.class.getResourceAsStream("/package/" + name)) {
            if (in == null) {
                throw new IllegalStateException("this build lacks the resource package/" + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
