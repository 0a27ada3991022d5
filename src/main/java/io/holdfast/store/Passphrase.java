package io.holdfast.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What the operator protects keys with: from the process's environment, or from a file that only its owner may use. Never
 * from a command line, never through the configuration, never printed. It is read when it is first needed.
 *
 * <p>What is derived from it costs the better part of a second, on purpose, and is kept as long as this is.
 */
public final class Passphrase {

    /** The passphrase itself. */
    static final String VARIABLE = "HOLDFAST_KEYS_PASSPHRASE";

    private static final String HOW_TO_GIVE_ONE =
            "set holdfast.keys.passphrase-file to a file that only its owner may read, or " + VARIABLE;

    private static final int LEAST_CHARACTERS = 12;
    private static final int MOST_CHARACTERS = 1024;

    private final Optional<String> variable;
    private final Optional<Path> file;
    private final Map<String, byte[]> derived = new ConcurrentHashMap<>();

    private Passphrase(Optional<String> variable, Optional<Path> file) {
        this.variable = variable;
        this.file = file;
    }

    /** Where there is none; keys that need one do not open. */
    public static Passphrase none() {
        return new Passphrase(Optional.empty(), Optional.empty());
    }

    /** @param environment where {@code HOLDFAST_KEYS_PASSPHRASE} is looked for */
    public static Passphrase of(Map<String, String> environment, Optional<Path> file) {
        return new Passphrase(Optional.ofNullable(environment.get(VARIABLE)).filter(text -> !text.isEmpty()), file);
    }

    boolean isGiven() {
        return variable.isPresent() || file.isPresent();
    }

    /** @throws IllegalStateException if there is none, or it cannot be used; says what to do, and quotes nothing */
    char[] expose() {
        if (variable.isPresent() && file.isPresent()) {
            throw new IllegalStateException(
                    "a passphrase is given twice; unset " + VARIABLE + " or holdfast.keys.passphrase-file");
        }
        if (variable.isPresent()) {
            return checked(VARIABLE, variable.get());
        }
        return file.map(path -> checked(path.toString(), read(path)))
                .orElseThrow(() ->
                        new IllegalStateException("the keys need a passphrase, and none is given; " + HOW_TO_GIVE_ONE));
    }

    private static String read(Path file) {
        try {
            SecretFile.refuseIfOthersMayRead(file);
            try (InputStream in = Files.newInputStream(file)) {
                // An editor ends the line; the passphrase has no line in it.
                return new String(in.readNBytes(MOST_CHARACTERS + 3), StandardCharsets.ISO_8859_1)
                        .replaceFirst("\r?\n\\z", "");
            }
        } catch (NoSuchFileException e) {
            throw new IllegalStateException("the file of the passphrase, " + file + ", does not exist", e);
        } catch (IOException e) {
            throw new IllegalStateException("the file of the passphrase, " + file + ", cannot be read", e);
        }
    }

    /** What every program that opens such files takes for the same characters. */
    private static char[] checked(String where, String text) {
        if (text.length() < LEAST_CHARACTERS || text.length() > MOST_CHARACTERS) {
            throw new IllegalStateException("the passphrase in " + where + " has fewer than " + LEAST_CHARACTERS
                    + " characters, or more than " + MOST_CHARACTERS + "; `openssl rand -base64 32` makes a good one");
        }
        if (!text.chars().allMatch(character -> character >= ' ' && character <= '~')) {
            throw new IllegalStateException("the passphrase in " + where
                    + " must be one line of printable ASCII, and is not; `openssl rand -base64 32` makes a good one");
        }
        return text.toCharArray();
    }

    /** @param what tells apart what is derived, with salt and cost in it */
    byte[] derive(String what, Supplier<byte[]> derivation) {
        return derived.computeIfAbsent(what, name -> derivation.get());
    }

    @Override
    public String toString() {
        return "Passphrase";
    }
}
