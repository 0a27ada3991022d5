package io.holdfast.bag;

import io.holdfast.audit.TestLog;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A process of its own with little memory: writes a package of so many MiB, encrypted, opens and unpacks it again. */
final class LargePackage {

    private static final int FILE_BYTES = 1 << 20;

    private LargePackage() {}

    public static void main(String... arguments) throws IOException {
        RecipientCertificate certificate = RecipientCertificate.parse(Files.readString(Path.of(arguments[0])));
        RecipientKey key = RecipientKey.parse(Files.readString(Path.of(arguments[1])), Optional.empty());
        Path file = Path.of(arguments[2]);
        int files = Integer.parseInt(arguments[3]);
        Manifest small = SomePackage.manifest(SomePackage.pages());
        Manifest manifest = new Manifest(
                small.request(),
                small.decision(),
                new TreeSet<>(small.categories()),
                small.from(),
                small.to(),
                1,
                1,
                files,
                IntStream.range(0, files).mapToObj(LargePackage::file).toList());
        PackageProof proof = SomePackage.committed(manifest, new TreeMap<>(), TestLog.honest())
                .proof();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            Encryption.encrypt(
                    certificate,
                    TestLog.START,
                    out,
                    sink -> BagWriter.write(manifest, proof, page -> new Noise(number(page)), sink));
        }
        Path zip = file.resolveSibling("large.zip");
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(zip))) {
            Decryption.decrypt(in, certificate, key, out);
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(zip))) {
            Manifest read = BagReader.read(in, name -> OutputStream.nullOutputStream());
            if (!read.equals(manifest)) {
                throw new IllegalStateException("another manifest came out");
            }
        }
        // By its directory too, which is of the larger kind from 4 GiB on.
        try (ZipFile opened = new ZipFile(zip.toFile())) {
            ZipEntry last = opened.getEntry(
                    manifest.folder() + "/" + manifest.files().get(files - 1).name());
            if (last.getSize() != FILE_BYTES) {
                throw new IllegalStateException("the last file has another size");
            }
        }
    }

    private static PackageFile file(int number) {
        try (InputStream in = new Noise(number)) {
            MessageDigest digest = Sha512.digest();
            digest.update(in.readAllBytes());
            return new PackageFile(String.format("data/page-%06d", number), FILE_BYTES, Sha512.finish(digest));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int number(PackageFile file) {
        return Integer.parseInt(file.name().substring("data/page-".length()));
    }

    /** Bytes that do not compress, made as they are read. */
    private static final class Noise extends InputStream {
        private final Random random;
        private int left = FILE_BYTES;

        Noise(int seed) {
            random = new Random(seed);
        }

        @Override
        public int read() {
            return left-- > 0 ? random.nextInt() & 0xff : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            int count = Math.min(left, length);
            byte[] some = new byte[count];
            random.nextBytes(some);
            System.arraycopy(some, 0, bytes, offset, count);
            left -= count;
            return count;
        }
    }
}
