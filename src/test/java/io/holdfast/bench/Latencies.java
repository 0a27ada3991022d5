package io.holdfast.bench;

import java.util.Arrays;
import java.util.List;

/** Every single latency of a run, in nanoseconds: no bucket rounds the worst one away. For one thread. */
final class Latencies {

    private long[] nanos = new long[1 << 14];
    private int count;

    void add(long latency) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = latency;
    }

    static Latencies of(List<Latencies> parts) {
        Latencies all = new Latencies();
        for (Latencies part : parts) {
            for (int i = 0; i < part.count; i++) {
                all.add(part.nanos[i]);
            }
        }
        return all;
    }

    int count() {
        return count;
    }

    double mean() {
        return Arrays.stream(nanos, 0, count).average().orElse(Double.NaN);
    }

    /** The smallest latency that this share of all does not exceed. */
    double percentile(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[Math.min(count - 1, (int) Math.ceil(share * count) - 1)];
    }

    double max() {
        return percentile(1);
    }
}
