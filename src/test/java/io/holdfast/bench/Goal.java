package io.holdfast.bench;

import java.util.Locale;

/** What a figure should be, and whether it is. */
record Goal(String text, double wanted, boolean atLeast, Measure measured) {

    static Goal atLeast(String text, double wanted, Measure measured) {
        return new Goal(text, wanted, true, measured);
    }

    static Goal atMost(String text, double wanted, Measure measured) {
        return new Goal(text, wanted, false, measured);
    }

    boolean reached() {
        return atLeast ? measured.median() >= wanted : measured.median() <= wanted;
    }

    /** Such as {@code missed: 8,421, 15.8 % short}. */
    String verdict() {
        if (reached()) {
            return "reached: " + measured.text();
        }
        double part = Math.abs(measured.median() - wanted) / wanted * 100;
        return String.format(
                Locale.ROOT, "missed: %s, %.1f %% %s", measured.text(), part, atLeast ? "short" : "too much");
    }
}
