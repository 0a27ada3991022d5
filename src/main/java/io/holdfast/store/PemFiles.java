package io.holdfast.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One PEM file for each key, readable by its owner only. A file that others may read is refused: a secret that was exposed
 * is not a secret.
 */
final class PemFiles implements KeySafe {

    private static final String ENDING = ".key";

    private final Path folder;

    PemFiles(Path folder) {
        this.folder = folder;
    }

    @Override
    public SortedSet<KeyName> names() throws IOException {
        SortedSet<KeyName> names = new TreeSet<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.map(file -> file.getFileName().toString())
                        .filter(file -> file.endsWith(ENDING))
                        .map(file -> KeyName.parse(file.substring(0, file.length() - ENDING.length())))
                        .flatMap(Optional::stream)
                        .forEach(names::add);
            }
        }
        return names;
    }

    private Path file(KeyName name) {
        return folder.resolve(name + ENDING);
    }

    @Override
    public byte[] exposeSecret(KeyName name) throws IOException {
        Path file = file(name);
        SecretFile.refuseIfOthersMayUse(file);
        KeyKind kind = name.kind();
        return body(kind.label(), Files.readString(file, StandardCharsets.US_ASCII))
                .flatMap(kind::unwrap)
                .orElseThrow(() ->
                        new IllegalStateException(file + " is not a key file of Holdfast; restore it from its backup"));
    }

    private static Optional<byte[]> body(String label, String pem) {
        String head = "-----BEGIN " + label + "-----\n";
        String tail = "-----END " + label + "-----\n";
        if (!pem.startsWith(head) || !pem.endsWith(tail)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder()
                    .decode(pem.substring(head.length(), pem.length() - tail.length())
                            .replace("\n", "")));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    @Override
    public void add(Map<KeyName, KeySecret> secrets) throws IOException {
        DataFolder.create(folder);
        for (Map.Entry<KeyName, KeySecret> secret : secrets.entrySet()) {
            KeyKind kind = secret.getKey().kind();
            SecretFile.write(
                    file(secret.getKey()),
                    pem(kind.label(), kind.wrap(secret.getValue().expose())));
        }
    }

    private static byte[] pem(String label, byte[] der) {
        return ("-----BEGIN " + label + "-----\n" + Base64.getEncoder().encodeToString(der) + "\n-----END " + label
                        + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void remove(KeyName name) throws IOException {
        SecretFile.delete(file(name));
    }
}
