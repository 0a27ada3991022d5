package io.holdfast.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The word that a mistyped one was probably meant to be. */
final class Suggestion {

    private static final int MOST_CHANGES = 2;
    private static final int LONGEST = 40;

    private Suggestion() {}

    /** {@code ; did you mean 'log'?}, or nothing if no word is near. */
    static String of(String typed, Collection<String> known) {
        String lower = typed.toLowerCase(Locale.ROOT);
        Optional<String> nearest = lower.length() > LONGEST
                ? Optional.empty()
                : known.stream()
                        .min(Comparator.<String>comparingInt(word -> changes(lower, word))
                                .thenComparing(Comparator.naturalOrder()))
                        .filter(word -> changes(lower, word) <= Math.min(MOST_CHANGES, word.length() / 2 + 1));
        return nearest.map(word -> "; did you mean '" + word + "'?").orElse("");
    }

    /** Letters that differ, are missing or too many, or have changed places (optimal string alignment). */
    private static int changes(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replaced = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + replaced);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
