package io.holdfast.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the constants of a closed list are spelt in files. */
final class Spelling {

    private Spelling() {}

    static <T> Map<String, T> of(T[] constants, Function<T, String> code) {
        return Stream.of(constants).collect(Collectors.toMap(code, c -> c, (a, b) -> a, LinkedHashMap::new));
    }
}
