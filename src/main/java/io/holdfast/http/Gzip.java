package io.holdfast.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Compression of an answer, for whoever says that they can read it (RFC 9110 section 12.5.3). */
final class Gzip {

    static final String CODE = "gzip";

    private Gzip() {}

    /** @param accepted the values of {@code Accept-Encoding}; without any, nothing is compressed */
    static boolean isAccepted(List<String> accepted) {
        List<String> choices = accepted.stream()
                .flatMap(value -> Stream.of(value.toLowerCase(Locale.ROOT).split(",")))
                .map(choice -> choice.replaceAll("\\s", ""))
                .toList();
        List<String> named =
                choices.stream().filter(choice -> isFor(CODE, choice)).toList();
        // What is said of gzip itself counts; only otherwise what is said of everything.
        Stream<String> counted =
                named.isEmpty() ? choices.stream().filter(choice -> isFor("*", choice)) : named.stream();
        return counted.anyMatch(Gzip::isWanted);
    }

    private static boolean isFor(String coding, String choice) {
        return choice.equals(coding) || choice.startsWith(coding + ";");
    }

    private static boolean isWanted(String choice) {
        return Arrays.stream(choice.split(";")).skip(1).noneMatch(weight -> weight.matches("q=0(\\.0{0,3})?"));
    }

    static byte[] compress(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return out.toByteArray();
    }
}
