package io.holdfast.audit;

import java.util.function.Function;

/** Finds the constant that is spelt so. */
final class Words {

    private Words() {}

    static <T> T parse(T[] all, Function<T, String> spelling, String text) {
        for (T one : all) {
            if (spelling.apply(one).equals(text)) {
                return one;
            }
        }
        throw new IllegalArgumentException("not one of the known words");
    }
}
