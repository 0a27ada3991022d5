package io.holdfast.store;

import io.holdfast.note.Ed25519Key;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The secret keys of a gateway, one PEM file each, readable by their owner only. A file that others may read is refused:
 * a secret that was exposed is not a secret. The master keys may come from the environment instead, and then none is made.
 */
public final class KeyFolder {

    /** PKCS#8 of an Ed25519 key is this and the 32 bytes of the seed, RFC 8410 section 7. */
    private static final byte[] PKCS8_PREFIX = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private static final String LOG = "log.key";
    private static final String RECORD = "record.key";
    private static final String VAULT = "vault.key";
    private static final Pattern LATER_VAULT = Pattern.compile("vault-([1-9][0-9]{0,5})\\.key");
    private static final String ED25519_LABEL = "PRIVATE KEY";
    private static final String VAULT_LABEL = "HOLDFAST MASTER KEY";

    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path folder;
    private final EnvironmentKeys environment;

    public KeyFolder(Path folder) {
        this(folder, System.getenv());
    }

    /** @param environment where {@code HOLDFAST_MASTER_KEY} is looked for */
    public KeyFolder(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = new EnvironmentKeys(environment);
    }

    /** Signs checkpoints. */
    public Ed25519Key logKey() {
        return ed25519(LOG);
    }

    /** Signs entries. */
    public Ed25519Key recordKey() {
        return ed25519(RECORD);
    }

    /**
     * What wraps the keys of cases, 32 bytes each, oldest first: the last one wraps, the others unwrap what they wrapped.
     * One that the environment brings is newer than every file.
     */
    public List<byte[]> exposeMasterKeys() {
        if (!exists()) {
            generate();
        }
        List<byte[]> keys = new ArrayList<>(environment.former());
        List<String> files = masterKeyFiles();
        if (files.isEmpty() && !environment.isThere()) {
            files = List.of(VAULT); // and it is told that this one is missing
        }
        files.forEach(name -> keys.add(secret(name, VAULT_LABEL, new byte[0])));
        environment.newest().ifPresent(keys::add);
        return keys;
    }

    /**
     * Makes the next master key. It wraps from the gateway's next start on.
     *
     * @return the file that it is in
     */
    public Path addMasterKey() {
        if (environment.isThere()) {
            throw new IllegalStateException("the master key comes from " + EnvironmentKeys.NEWEST
                    + "; put a new one there, and the one before it into " + EnvironmentKeys.FORMER);
        }
        try {
            Path file = folder.resolve("vault-" + (lastNumber() + 1) + ".key");
            generate(file, VAULT_LABEL, new byte[0]);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a key in " + folder, e);
        }
    }

    private int lastNumber() {
        return masterKeyFiles().stream().mapToInt(KeyFolder::number).max().orElse(1);
    }

    /** {@code vault.key} is the first, {@code vault-2.key} the second. */
    private static int number(String name) {
        Matcher later = LATER_VAULT.matcher(name);
        return later.matches() ? Integer.parseInt(later.group(1)) : 1;
    }

    private List<String> masterKeyFiles() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name ->
                            name.equals(VAULT) || LATER_VAULT.matcher(name).matches())
                    .sorted(Comparator.comparingInt(KeyFolder::number))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the folder of keys " + folder, e);
        }
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
        if (!environment.isThere()) {
            generateIfMissing(VAULT, VAULT_LABEL, new byte[0]);
        }
        generateIfMissing(RECORD, ED25519_LABEL, PKCS8_PREFIX);
        generateIfMissing(LOG, ED25519_LABEL, PKCS8_PREFIX);
    }

    private void generate() {
        try {
            generateAll();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the keys in " + folder, e);
        }
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
                generate();
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
