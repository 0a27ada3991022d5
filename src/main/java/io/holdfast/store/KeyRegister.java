package io.holdfast.store;

import io.holdfast.audit.Event;
import io.holdfast.audit.KeyPurpose;
import io.holdfast.audit.NamedKey;
import io.holdfast.audit.Stored;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the log says about the keys of its gateway, beside the keys: so that they can be listed and rotated while neither
 * gateway nor database is there. Public, written anew at each start, and believed by people only: the gateway asks the log.
 *
 * <pre>
 * holdfast.example/log
 * record mZ0... 11qY... 0 57
 * record 3kQ... Zx9f... 56
 * </pre>
 *
 * The log's name; then for each key its purpose, id and public half, the entry that named it, and the one that retired it.
 */
public final class KeyRegister {

    private static final String FILE = "register";

    /**
     * @param since the entry that named the key
     * @param until the entry that retired it
     */
    public record Row(NamedKey key, long since, OptionalLong until) {

        public boolean isInForce() {
            return until.isEmpty();
        }

        private String line() {
            String line = key.purpose().code() + " " + key.id() + " " + key.text() + " " + since;
            return until.isPresent() ? line + " " + until.getAsLong() : line;
        }
    }

    private final String origin;
    private final List<Row> rows;

    private KeyRegister(String origin, List<Row> rows) {
        this.origin = origin;
        this.rows = List.copyOf(rows);
    }

    /** @param entries those about the log itself, oldest first, as the gateway has checked them */
    public static KeyRegister of(String origin, List<Stored> entries) {
        List<Row> rows = new ArrayList<>();
        for (Stored stored : entries) {
            Event event = stored.entry().event();
            if (event instanceof Event.Genesis genesis) {
                genesis.keys().forEach(key -> rows.add(new Row(key, stored.index(), OptionalLong.empty())));
            } else if (event instanceof Event.KeyAdded added) {
                rows.add(new Row(added.key(), stored.index(), OptionalLong.empty()));
            } else if (event instanceof Event.KeyRetired retired) {
                rows.replaceAll(row -> row.key().purpose() == retired.purpose()
                                && row.key().id().equals(retired.keyId())
                        ? new Row(row.key(), row.since(), OptionalLong.of(stored.index()))
                        : row);
            }
        }
        return new KeyRegister(origin, rows);
    }

    public String origin() {
        return origin;
    }

    /** In the order in which the log names them. */
    public List<Row> rows() {
        return rows;
    }

    public Optional<Row> find(NamedKey key) {
        return rows.stream().filter(row -> row.key().equals(key)).findFirst();
    }

    public void write(Path keyFolder) {
        StringBuilder text = new StringBuilder(origin).append('\n');
        rows.forEach(row -> text.append(row.line()).append('\n'));
        try {
            SecretFile.write(keyFolder.resolve(FILE), text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + keyFolder.resolve(FILE), e);
        }
    }

    static boolean exists(Path keyFolder) {
        return Files.exists(keyFolder.resolve(FILE));
    }

    /** Nothing if the gateway has never been started with these keys. */
    public static Optional<KeyRegister> read(Path keyFolder) {
        Path file = keyFolder.resolve(FILE);
        if (!exists(keyFolder)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            return Optional.of(new KeyRegister(
                    lines.get(0),
                    lines.subList(1, lines.size()).stream()
                            .map(KeyRegister::row)
                            .toList()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    file + " is damaged; remove it, the gateway writes it again when it is started", e);
        }
    }

    private static Row row(String line) {
        String[] words = line.split(" ");
        Row row = new Row(
                NamedKey.parse(KeyPurpose.parse(words[0]), words[2]),
                Long.parseLong(words[3]),
                words.length > 4 ? OptionalLong.of(Long.parseLong(words[4])) : OptionalLong.empty());
        if (!row.line().equals(line)) {
            throw new IllegalArgumentException("does not print back to the same line");
        }
        return row;
    }
}
