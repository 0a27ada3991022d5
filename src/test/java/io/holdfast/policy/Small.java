package io.holdfast.policy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SortedMap;

/** A small complete rulebook, and the same with one file changed. */
final class Small {

    static final Vocabulary VOCABULARY = rulebook().vocabulary();

    private Small() {}

    static PolicySet set() {
        try {
            return PolicySet.read(Path.of("src/test/resources/policy/small"));
        } catch (PolicyException e) {
            throw new AssertionError(e);
        }
    }

    static Rulebook rulebook() {
        return load(set());
    }

    static PolicySet with(String path, String text) {
        SortedMap<String, byte[]> files = set().files();
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
        return PolicySet.of(files);
    }

    static String text(String path) {
        return new String(set().files().get(path), StandardCharsets.UTF_8);
    }

    /** Loads it under a lock that fits. */
    static Rulebook load(PolicySet set) {
        try {
            return set.relocked().rulebook();
        } catch (PolicyException e) {
            throw new AssertionError(e);
        }
    }
}
