package io.holdfast.witness;

import io.holdfast.note.SignedNote;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;

/**
 * The checkpoint of a log without witnesses: its newest one, with the log's own signatures. Safe for many threads. The
 * second signature is made again when the head has changed, or has not for long.
 */
public final class OwnWord {
    private final FedLog log;
    private final Clock clock;
    private final Duration unchanged;
    private byte[] head = {};
    private byte[] note = {};
    private long madeAt;

    public OwnWord(FedLog log, Pace pace, Clock clock) {
        this.log = log;
        this.clock = clock;
        this.unchanged = pace.unchanged();
    }

    public byte[] published() {
        return log.second().isEmpty() ? log.head().get() : signedTwice();
    }

    private synchronized byte[] signedTwice() {
        byte[] now = log.head().get();
        boolean isFresh = System.nanoTime() - madeAt < unchanged.toNanos();
        if (note.length == 0 || !isFresh || !Arrays.equals(head, now)) {
            SignedNote signed = log.newest(clock);
            head = now;
            note = signed.print();
            madeAt = System.nanoTime();
        }
        return note.clone();
    }
}
