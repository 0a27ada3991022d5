package io.holdfast.store;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a key is called where secrets are kept: {@code record} for the first of its kind, and for a later one {@code
 * record-3f2a91c077d0b1aa}, with its fingerprint, so that the same key has the same name in the folder of every replica.
 * Master keys are numbered instead, {@code vault-2}: the last of them wraps, and no log says in which order they came.
 *
 * @param suffix what tells it from the first of its kind; empty for that one
 */
public record KeyName(KeyKind kind, String suffix) implements Comparable<KeyName> {

    private static final Pattern FINGERPRINTED = Pattern.compile("(.+)-([0-9a-f]{16})");
    private static final Pattern NUMBERED = Pattern.compile("(vault)-([1-9][0-9]{0,5})");

    private static final Comparator<KeyName> ORDER = Comparator.comparing(KeyName::kind)
            .thenComparingInt(KeyName::number)
            .thenComparing(KeyName::suffix);

    static KeyName first(KeyKind kind) {
        return new KeyName(kind, "");
    }

    /** Nothing if that is no name of a key. */
    static Optional<KeyName> parse(String text) {
        Optional<KeyKind> first = KeyKind.parse(text);
        if (first.isPresent()) {
            return first.map(KeyName::first);
        }
        Matcher later = (text.startsWith(KeyKind.VAULT.code()) ? NUMBERED : FINGERPRINTED).matcher(text);
        return later.matches()
                ? KeyKind.parse(later.group(1)).map(kind -> new KeyName(kind, later.group(2)))
                : Optional.empty();
    }

    public boolean isFirst() {
        return suffix.isEmpty();
    }

    /** Of master keys; the first has the number 1. */
    int number() {
        return kind == KeyKind.VAULT && !suffix.isEmpty() ? Integer.parseInt(suffix) : 1;
    }

    /** The fingerprint that the key must have. */
    Optional<String> fingerprint() {
        return Optional.of(suffix).filter(text -> kind != KeyKind.VAULT && !text.isEmpty());
    }

    @Override
    public int compareTo(KeyName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return suffix.isEmpty() ? kind.code() : kind.code() + "-" + suffix;
    }
}
