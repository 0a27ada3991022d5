package io.holdfast.audit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Works on all cores and hands the results out in the order in which the work came in. It takes in so much ahead that no
 * core waits for another, and no more than fits into a few dozen megabytes.
 */
final class InOrder<T> implements AutoCloseable {

    private static final long MOST_BYTES = 64L * 1024 * 1024;
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private final ThreadPoolExecutor workers = workers();
    private final Deque<Ahead<T>> ahead = new ArrayDeque<>();
    private long bytes;

    /** They end by themselves when there is nothing to do: whoever reads a few entries of a log need not close it. */
    private static ThreadPoolExecutor workers() {
        ThreadPoolExecutor workers =
                new ThreadPoolExecutor(CORES, CORES, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread worker = new Thread(work, "log-check");
                    worker.setDaemon(true);
                    return worker;
                });
        workers.allowCoreThreadTimeOut(true);
        return workers;
    }

    private record Ahead<T>(Future<T> result, long bytes) {}

    boolean hasRoom() {
        return ahead.isEmpty() || ahead.size() < 4 * CORES && bytes < MOST_BYTES;
    }

    /** @param size how much memory the work holds until it is handed out */
    void add(long size, Callable<T> work) {
        ahead.add(new Ahead<>(workers.submit(work), size));
        bytes += size;
    }

    /** The result of the oldest work; waits for it, and throws what the work threw. */
    T next() {
        Ahead<T> oldest = ahead.remove();
        bytes -= oldest.bytes();
        try {
            return oldest.result().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("checking failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while checking", e);
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
