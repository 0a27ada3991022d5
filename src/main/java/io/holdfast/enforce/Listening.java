package io.holdfast.enforce;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starting and ending servers, from threads that may wait. */
final class Listening {

    private static final long PATIENCE_SECONDS = 5;

    private Listening() {}

    /**
     * @param purpose what it is for, after "cannot"
     * @throws IllegalStateException if it cannot listen there
     */
    static void start(HttpServer server, SocketAddress where, String purpose) {
        try {
            server.listen(where).toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the gateway is stopping", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("cannot " + purpose + " at " + where + ": " + e.getMessage(), e);
        }
    }

    /** Waits, and not for ever: what does not end in time ends with the process. */
    static void await(Future<?> ending, long seconds) {
        try {
            ending.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // It ends with the process.
        }
    }
}
