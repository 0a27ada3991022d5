package io.holdfast.tlog;

import java.util.Random;

/** Random numbers for property loops. Prints the seed; {@code -Dholdfast.seed=...} runs the same loop again. */
public final class Seeded {
    private Seeded() {}

    public static Random random(Class<?> test) {
        long seed = Long.getLong("holdfast.seed", System.nanoTime());
        System.out.println(test.getSimpleName() + ": -Dholdfast.seed=" + seed);
        return new Random(seed);
    }
}
