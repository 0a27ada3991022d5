package io.holdfast.witness;

import java.time.Duration;
import java.util.Arrays;

/**
 * The checkpoint of a log without witnesses: its newest one, with the log's own signatures. Safe for many threads. The
 * second signature is made again when the head has changed, or has not for long.
 */
public final class OwnWord {
    private final FedLog log;
    private final Duration unchanged;
    private byte[] head = {};
    private byte[] note = {};
    private long madeAt;

    public OwnWord(FedLog log, Pace pace) {
        this.log = log;
        this.unchanged = pace.unchanged();
    }

    public synchronized byte[] published() {
        byte[] now = log.head().get();
        boolean isFresh = System.nanoTime() - madeAt < unchanged.toNanos();
        if (note.length == 0 || !isFresh || !Arrays.equals(head, now)) {
            // A newer one may have come since: then it is made once more at the next call, and that is all.
            note = log.newest().print();
            head = now;
            madeAt = System.nanoTime();
        }
        return note.clone();
    }
}
