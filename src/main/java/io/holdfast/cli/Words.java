package io.holdfast.cli;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.TypeConversionException;

/** Reads one of a few words, spelt as they print and in no other way. */
final class Words {

    private Words() {}

    static <T> T read(T[] all, String text) {
        for (T one : all) {
            if (one.toString().equals(text)) {
                return one;
            }
        }
        String words = Stream.of(all).map(Object::toString).collect(Collectors.joining(", "));
        throw new TypeConversionException("must be one of " + words + ", found '" + text + "'");
    }
}
