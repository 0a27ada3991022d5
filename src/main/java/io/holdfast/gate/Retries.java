package io.holdfast.gate;

import java.time.Duration;

/**
 * How often a store that does not answer is asked again, and after what time: after the first pause, then after twice that, and so
 * on, up to half a minute.
 *
 * @param most in one call, of all pages together
 * @param waiting what waits; a test does not
 */
public record Retries(int most, Duration first, Waiting waiting) {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int MOST_DOUBLINGS = 20;

    /** Three times, within two seconds: for somebody who waits for the answer. */
    public static final Retries SHORT = new Retries(3, Duration.ofMillis(250), Retries::sleep);

    public Retries {
        if (most < 0 || first.isNegative()) {
            throw new IllegalArgumentException("cannot try less often than never");
        }
    }

    /** Lets time pass. */
    @FunctionalInterface
    public interface Waiting {

        /** @throws InterruptedException if the gateway is stopping */
        void await(Duration pause) throws InterruptedException;
    }

    private static void sleep(Duration pause) throws InterruptedException {
        Thread.sleep(pause.toMillis());
    }

    /** @param before how often it was asked again before */
    Duration pause(int before) {
        Duration pause = first.multipliedBy(1L << Math.min(before, MOST_DOUBLINGS));
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }

    /** @return false if it must not be asked again, or not by this call */
    boolean waitFor(int before) {
        if (before >= most) {
            return false;
        }
        try {
            waiting.await(pause(before));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
