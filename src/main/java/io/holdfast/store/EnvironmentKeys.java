package io.holdfast.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Master keys that the environment brings, so that none of them lies on this machine's disk. Read from the process's
 * environment and never through the configuration: so nothing that prints the configuration prints a key.
 */
final class EnvironmentKeys {

    /** The master key that wraps. */
    static final String NEWEST = "HOLDFAST_MASTER_KEY";

    /** Those before it, oldest first, with a comma between two. */
    static final String FORMER = "HOLDFAST_MASTER_KEY_FORMER";

    private static final int KEY_BYTES = 32;

    private final Map<String, String> environment;

    EnvironmentKeys(Map<String, String> environment) {
        this.environment = environment;
    }

    boolean isThere() {
        return !text(NEWEST).isEmpty();
    }

    Optional<byte[]> newest() {
        return Optional.of(text(NEWEST)).filter(text -> !text.isEmpty()).map(text -> key(NEWEST, text));
    }

    List<byte[]> former() {
        List<byte[]> keys = new ArrayList<>();
        if (!text(FORMER).isEmpty()) {
            Arrays.stream(text(FORMER).split(",", -1)).forEach(text -> keys.add(key(FORMER, text)));
        }
        return keys;
    }

    private String text(String name) {
        return environment.getOrDefault(name, "").strip();
    }

    /** Never quotes what it refuses. */
    private static byte[] key(String name, String text) {
        try {
            byte[] key = Base64.getDecoder().decode(text);
            if (key.length == KEY_BYTES
                    && Base64.getEncoder().encodeToString(key).equals(text)) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // Said below: the decoder's message quotes the text.
        }
        throw new IllegalStateException(name + " must be the base64 of " + KEY_BYTES
                + " random bytes, such as `openssl rand -base64 32` makes; it is something else");
    }
}
