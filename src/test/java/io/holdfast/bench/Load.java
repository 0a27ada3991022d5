package io.holdfast.bench;

import java.time.Duration;

/** Callers in a closed loop. */
interface Load extends AutoCloseable {

    /**
     * What one run gave.
     *
     * @param seconds from the first request to the last answer
     * @param generatorSeconds CPU that making the load took; 0 where it cannot be told from serving it
     */
    record Run(Latencies latencies, double seconds, double generatorSeconds) {}

    /** Sends for so long, and waits for every answer. Throws if one of them is not a decision. */
    Run run(Duration duration);

    @Override
    void close();
}
