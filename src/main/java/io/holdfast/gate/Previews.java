package io.holdfast.gate;

import io.holdfast.audit.HoldPreview;
import io.holdfast.audit.LedgerSource;
import io.holdfast.audit.PastRequests;
import io.holdfast.audit.RequestCount;
import io.holdfast.audit.Standing;
import io.holdfast.legal.Hold;
import io.holdfast.policy.Rulebook;
import io.holdfast.policy.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Finds out what a proposal would do, before it is made. Not on the caller's thread, and on half of the processors: looking at
 * all requests that there can be must not take them from those that come. What cannot be found out in time is not proposed.
 */
final class Previews {

    /** Less than what the command line waits for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    /** So often it is looked again because something changed meanwhile. */
    private static final int AGAIN = 2;

    private final Gate gate;

    /** Its threads end by themselves when there is nothing to do. */
    private final ForkJoinPool half =
            new ForkJoinPool(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

    Previews(Gate gate) {
        this.gate = gate;
    }

    /** Something in force has changed since it was looked: thrown by a candidate that is to be made again with a new look. */
    static final class Stale extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Stale() {
            super("what is in force changed while it was found out what the proposal would do", null, false, false);
        }
    }

    /** Fails with {@link NoPreviewException}. */
    CompletionStage<HoldPreview> of(WantedChange wanted, Standing standing) {
        return inBackground(goingOn -> {
            Rulebook rulebook = gate.rulebook().at(standing);
            RequestCount count = count(goingOn);
            return HoldPreview.of(
                    count,
                    count.size(),
                    gate.scribe().now(standing),
                    wanted.changes(),
                    wanted.effective(),
                    standing,
                    rulebook);
        });
    }

    /** What recorded requests would meet under it. Fails with {@link NoPreviewException}. */
    CompletionStage<PastRequests> of(NextRulebook next, Standing standing) {
        return inBackground(goingOn -> {
            List<Hold> holds = standing.holds().holds();
            RequestCount count = count(goingOn);
            Instant at = gate.scribe().now(standing);
            Tally tally = new Tally(gate.rulebook().at(standing), holds, next.rulebook(), holds, at);
            return count.count(count.size(), at, tally);
        });
    }

    private RequestCount count(Runnable goingOn) {
        return RequestCount.of(new LedgerSource(gate.ledger(), Map.of()), goingOn);
    }

    private <T> CompletionStage<T> inBackground(Function<Runnable, T> work) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Runnable goingOn = () -> {
            if (System.nanoTime() - end > 0) {
                throw tookTooLong(null);
            }
        };
        return CompletableFuture.supplyAsync(
                        () -> {
                            goingOn.run();
                            return work.apply(goingOn);
                        },
                        half)
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(noPreview(failure)));
    }

    private static RuntimeException noPreview(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof NoPreviewException told) {
            return told;
        }
        return cause instanceof TimeoutException
                ? tookTooLong(cause)
                : new NoPreviewException("the log or the rulebook cannot be read: " + cause.getMessage(), cause);
    }

    private static NoPreviewException tookTooLong(Throwable because) {
        return new NoPreviewException(
                "it takes longer than " + PATIENCE.toSeconds() + " seconds; try it when the gateway has less to do",
                because);
    }

    /** Does it, and again if something in force changed meanwhile. Fails with {@link NoPreviewException} if that goes on. */
    static <T> CompletionStage<T> whileStale(Supplier<CompletionStage<T>> attempt) {
        return whileStale(attempt, AGAIN);
    }

    private static <T> CompletionStage<T> whileStale(Supplier<CompletionStage<T>> attempt, int again) {
        CompletionStage<T> first;
        try {
            first = attempt.get();
        } catch (Stale e) {
            first = CompletableFuture.failedStage(e);
        }
        return first.exceptionallyCompose(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (!(cause instanceof Stale)) {
                return CompletableFuture.failedStage(cause);
            }
            return again > 0
                    ? whileStale(attempt, again - 1)
                    : CompletableFuture.failedStage(
                            new NoPreviewException(cause.getMessage() + ", again and again; try it later", cause));
        });
    }
}
