package io.holdfast.cli;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Ends a body that has stopped coming: whoever reads it is told. */
final class Stall implements AutoCloseable {

    private final InputStream body;
    private final Duration patience;
    private volatile long last = System.nanoTime();
    private volatile boolean isOver;

    Stall(InputStream body, Duration patience) {
        this.body = body;
        this.patience = patience;
        watch(patience.toNanos());
    }

    void moved() {
        last = System.nanoTime();
    }

    private void watch(long nanos) {
        Executor later = CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS);
        later.execute(() -> {
            long left = patience.toNanos() - (System.nanoTime() - last);
            if (isOver) {
                return;
            }
            if (left > 0) {
                watch(left);
            } else {
                breakOff();
            }
        });
    }

    private void breakOff() {
        try {
            body.close();
        } catch (IOException e) {
            // Whoever reads it is told.
        }
    }

    @Override
    public void close() {
        isOver = true;
    }
}
