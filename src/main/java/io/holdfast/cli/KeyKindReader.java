package io.holdfast.cli;

import io.holdfast.store.KeyKind;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads what a key is for, as `key list` shows it. */
final class KeyKindReader implements ITypeConverter<KeyKind> {

    @Override
    public KeyKind convert(String text) {
        return KeyKind.parse(text).orElseThrow(() -> {
            String words = Arrays.stream(KeyKind.values()).map(KeyKind::code).collect(Collectors.joining(", "));
            return new TypeConversionException("must be one of " + words + ", found '" + text + "'");
        });
    }
}
