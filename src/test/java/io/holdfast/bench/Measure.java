package io.holdfast.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * One measured quantity: the median of its repetitions, and the lowest and the highest.
 *
 * @param what such as {@code p99}
 * @param unit such as {@code ms}
 */
record Measure(String what, String unit, double median, double lowest, double highest) {

    static Measure of(String what, String unit, double... repetitions) {
        double[] sorted = repetitions.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Measure(what, unit, median, sorted[0], sorted[sorted.length - 1]);
    }

    String column() {
        return what + (unit.isEmpty() ? "" : " [" + unit + "]");
    }

    /** The median, and the spread where there is one to see. */
    String text() {
        String text = number(median);
        return number(lowest).equals(number(highest))
                ? text
                : text + " (" + number(lowest) + "-" + number(highest) + ")";
    }

    static String number(double value) {
        double size = Math.abs(value);
        String pattern =
                size >= 100 || value == Math.rint(value) ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, pattern, value);
    }
}
