package io.holdfast.policy;

import java.util.Collection;
import java.util.Locale;

/** Finds the word that a misspelt one was probably meant to be. */
final class NearestWord {

    private NearestWord() {}

    /** {@code ; did you mean 'HK'?}, or nothing when no known word is near. */
    static String hint(String found, Collection<String> known) {
        String best = null;
        int bestDistance = Math.max(1, found.length() / 3) + 1;
        for (String word : known) {
            int distance = word.equalsIgnoreCase(found) ? 0 : distance(lower(found), lower(word));
            if (distance < bestDistance || (distance == bestDistance && best != null && word.compareTo(best) < 0)) {
                best = word;
                bestDistance = distance;
            }
        }
        return best == null ? "" : "; did you mean '" + best + "'?";
    }

    /** Changes of one letter, neighbours swapped counting as one (optimal string alignment). */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }

    private static String lower(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.length() > 60 ? lower.substring(0, 60) : lower;
    }
}
