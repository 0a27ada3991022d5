package io.holdfast.store;

import io.holdfast.note.Ed25519Key;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * The secret keys of a gateway, one PEM file each, readable by their owner only. A file that others may read is refused:
 * a secret that was exposed is not a secret.
 */
public final class KeyFolder {

    /** PKCS#8 of an Ed25519 key is this and the 32 bytes of the seed, RFC 8410 section 7. */
    private static final byte[] PKCS8_PREFIX = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private static final String LOG = "log.key";
    private static final String RECORD = "record.key";
    private static final String VAULT = "vault.key";
    private static final String ED25519_LABEL = "PRIVATE KEY";
    private static final String VAULT_LABEL = "HOLDFAST MASTER KEY";

    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path folder;

    public KeyFolder(Path folder) {
        this.folder = folder;
    }

    /** Signs checkpoints. */
    public Ed25519Key logKey() {
        return ed25519(LOG);
    }

    /** Signs entries. */
    public Ed25519Key recordKey() {
        return ed25519(RECORD);
    }

    /** Wraps the keys of cases; 32 bytes. */
    public byte[] exposeMasterKey() {
        return secret(VAULT, VAULT_LABEL, new byte[0]);
    }

    /** Whether keys have been generated here. */
    public boolean exists() {
        return Files.exists(folder.resolve(LOG));
    }

    private Ed25519Key ed25519(String name) {
        return Ed25519Key.ofSeed(secret(name, ED25519_LABEL, PKCS8_PREFIX));
    }

    /** The log's own key last: where it is, all of them are, and one that is not there was lost. */
    private void generateAll() throws IOException {
        generateIfMissing(VAULT, VAULT_LABEL, new byte[0]);
        generateIfMissing(RECORD, ED25519_LABEL, PKCS8_PREFIX);
        generateIfMissing(LOG, ED25519_LABEL, PKCS8_PREFIX);
    }

    private void generateIfMissing(String name, String label, byte[] prefix) throws IOException {
        if (!Files.exists(folder.resolve(name))) {
            generate(folder.resolve(name), label, prefix);
        }
    }

    private byte[] secret(String name, String label, byte[] prefix) {
        Path file = folder.resolve(name);
        try {
            if (!exists()) {
                generateAll();
            }
            if (!Files.exists(file)) {
                throw new IllegalStateException(
                        file + " is missing, and a new one would open nothing; restore it from its backup");
            }
            if (!Files.getPosixFilePermissions(file).equals(OWNER_ONLY)) {
                throw new IllegalStateException(
                        file + " may be read by others than its owner; run chmod 600 on it, and "
                                + "replace the key if anybody else had access");
            }
            return parse(file, Files.readString(file, StandardCharsets.US_ASCII), label, prefix);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the key " + file, e);
        }
    }

    private static byte[] parse(Path file, String pem, String label, byte[] prefix) {
        String head = "-----BEGIN " + label + "-----\n";
        String tail = "\n-----END " + label + "-----\n";
        if (pem.startsWith(head) && pem.endsWith(tail) && pem.length() > head.length() + tail.length()) {
            byte[] der = decode(pem.substring(head.length(), pem.length() - tail.length()));
            if (der.length == prefix.length + 32 && Arrays.equals(prefix, 0, prefix.length, der, 0, prefix.length)) {
                return Arrays.copyOfRange(der, prefix.length, der.length);
            }
        }
        throw new IllegalStateException(file + " is not a key file of Holdfast; restore it from its backup");
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** Written whole and synced under another name first: a crash leaves no half of a key behind. */
    private void generate(Path file, String label, byte[] prefix) throws IOException {
        DataFolder.create(folder);
        byte[] der = Arrays.copyOf(prefix, prefix.length + 32);
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        System.arraycopy(secret, 0, der, prefix.length, secret.length);
        String pem = "-----BEGIN " + label + "-----\n" + Base64.getEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        try (FileChannel channel = FileChannel.open(
                unfinished,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            channel.write(ByteBuffer.wrap(pem.getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(unfinished, file);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
