package io.holdfast.cli;

import io.holdfast.audit.Progress;
import java.io.PrintWriter;

/** Says on one line how far a long reading is, to a person who waits; to nobody else. */
final class ProgressLine implements Progress, AutoCloseable {

    private static final long NANOS_BETWEEN = 200_000_000;

    private final PrintWriter err;
    private final boolean isWatched;
    private long last = System.nanoTime();
    private boolean isShown;

    ProgressLine(PrintWriter err, boolean isWatched) {
        this.err = err;
        this.isWatched = isWatched;
    }

    @Override
    public void at(long done, long all) {
        long now = System.nanoTime();
        if (now - last >= NANOS_BETWEEN) {
            last = now;
            say(done + " of " + all + " entries");
        }
    }

    /** What is waited for. */
    void say(String what) {
        if (isWatched) {
            isShown = true;
            err.print("\r\033[K" + what);
            err.flush();
        }
    }

    @Override
    public void close() {
        if (isShown) {
            err.print("\r\033[K");
            err.flush();
        }
    }
}
