package io.holdfast.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One file of text for each key, readable by its owner only. A file that others may read is refused: a secret that was
 * exposed is not a secret.
 */
abstract class FileForEachKey implements KeySafe {

    private final Path folder;
    private final String ending;

    FileForEachKey(Path folder, String ending) {
        this.folder = folder;
        this.ending = ending;
    }

    /** The text of a new file. */
    abstract String write(KeyName name, KeySecret secret) throws IOException;

    /**
     * The secret in a text, or nothing if there is none in it.
     *
     * @throws IllegalStateException if it cannot be opened
     */
    abstract Optional<byte[]> read(KeyName name, String text);

    @Override
    public SortedSet<KeyName> names() throws IOException {
        SortedSet<KeyName> names = new TreeSet<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.map(file -> file.getFileName().toString())
                        .filter(file -> file.endsWith(ending))
                        .map(file -> KeyName.parse(file.substring(0, file.length() - ending.length())))
                        .flatMap(Optional::stream)
                        .forEach(names::add);
            }
        }
        return names;
    }

    final Path file(KeyName name) {
        return folder.resolve(name + ending);
    }

    @Override
    public String place(KeyName name) {
        return file(name).toString();
    }

    @Override
    public byte[] exposeSecret(KeyName name) throws IOException {
        Path file = file(name);
        SecretFile.refuseIfOthersMayUse(file);
        return read(name, Files.readString(file, StandardCharsets.ISO_8859_1))
                .orElseThrow(() ->
                        new IllegalStateException(file + " is not a key file of Holdfast; restore it from its backup"));
    }

    @Override
    public void add(Map<KeyName, KeySecret> secrets) throws IOException {
        DataFolder.create(folder);
        for (Map.Entry<KeyName, KeySecret> secret : secrets.entrySet()) {
            SecretFile.write(
                    file(secret.getKey()),
                    write(secret.getKey(), secret.getValue()).getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Override
    public void remove(KeyName name) throws IOException {
        SecretFile.delete(file(name));
    }
}
