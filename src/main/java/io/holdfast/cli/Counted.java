package io.holdfast.cli;

/** Numbers of things, in words: {@code 1 finding}, {@code 2 findings}. */
final class Counted {

    private Counted() {}

    static String of(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** For what does not take an s. */
    static String of(long number, String one, String several) {
        return number + " " + (number == 1 ? one : several);
    }
}
