package io.holdfast.app;

import java.time.Duration;

/**
 * A thread that takes one step after another, with a pause after each, until it is closed. What a step leaves undone because of
 * a fault, a stop or a crash, a later one does: so a step keeps nothing that the log, or a file, does not tell it again.
 */
abstract class Keeper implements AutoCloseable {

    private final Thread thread;
    private final Duration patience;
    private volatile boolean isStopping;

    /** @param patience how long closing waits for the step that is under way */
    Keeper(String name, Duration patience) {
        this.thread = new Thread(this::run, name);
        this.patience = patience;
        thread.setDaemon(true);
    }

    /** Does what is to be done now. @return how long to wait for the next step */
    abstract Duration step() throws InterruptedException;

    /** Tells of a step that threw. @return how long to wait for the next one */
    abstract Duration failed(RuntimeException why);

    /** How long to wait for the first step. */
    Duration atFirst() {
        return Duration.ZERO;
    }

    void start() {
        thread.start();
    }

    final boolean isStopping() {
        return isStopping;
    }

    private void run() {
        try {
            Thread.sleep(atFirst().toMillis());
            while (!isStopping) {
                Thread.sleep(stepAnyhow().toMillis());
            }
        } catch (InterruptedException e) {
            isStopping = true;
        }
    }

    private Duration stepAnyhow() throws InterruptedException {
        try {
            return step();
        } catch (RuntimeException e) {
            return isStopping ? Duration.ZERO : failed(e);
        }
    }

    /** Waits for the step that is under way. */
    @Override
    public void close() {
        isStopping = true;
        thread.interrupt();
        try {
            thread.join(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
