package io.holdfast.bench;

import io.holdfast.audit.Receipt;
import io.holdfast.fixture.SampleRequest;
import io.holdfast.gate.Gate;
import io.holdfast.legal.Authority;
import io.holdfast.legal.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Callers of a gate in this process. They share as many threads as the gateway has event loops, and like those they never
 * wait: an answer is handed from the log's writer back to the thread that asked.
 */
final class GateCallers implements Load {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private record Call(Request request, Authority sender) {}

    private final Gate gate;
    private final int callers;
    private final List<Call> calls = new ArrayList<>();
    private final List<ExecutorService> loops = new ArrayList<>();

    GateCallers(Gate gate, Traffic traffic, int callers) {
        this.gate = gate;
        this.callers = callers;
        for (SampleRequest sample : traffic.requests()) {
            Authority sender = gate.authority(sample.sender()).orElseThrow();
            calls.add(new Call(Traffic.asRequest(sample), sender));
        }
        int threads = Math.min(callers, 2 * Runtime.getRuntime().availableProcessors());
        for (int i = 0; i < threads; i++) {
            loops.add(Executors.newSingleThreadExecutor(work -> new Thread(work, "bench-loop")));
        }
    }

    @Override
    public Run run(Duration duration) {
        return run(Long.MAX_VALUE, duration);
    }

    /** Hands in so many requests. */
    Run make(long requests) {
        return run(requests, Duration.ofDays(1));
    }

    private Run run(long requests, Duration duration) {
        long start = System.nanoTime();
        Round round = new Round(requests, start + duration.toNanos());
        List<Latencies> latencies = new ArrayList<>();
        loops.forEach(loop -> latencies.add(new Latencies()));
        for (int i = 0; i < callers; i++) {
            int loop = i % loops.size();
            Caller caller = new Caller(round, loops.get(loop), latencies.get(loop), i);
            loops.get(loop).execute(caller::send);
        }
        round.await();
        return new Run(Latencies.of(latencies), (System.nanoTime() - start) / 1e9, 0);
    }

    private final class Round {
        private final AtomicLong left;
        private final long end;
        private final CountDownLatch busy = new CountDownLatch(callers);
        private final AtomicReference<Throwable> failure = new AtomicReference<>();

        Round(long requests, long end) {
            this.left = new AtomicLong(requests);
            this.end = end;
        }

        boolean goesOn() {
            return failure.get() == null && System.nanoTime() < end && left.getAndDecrement() > 0;
        }

        void await() {
            try {
                long patience = end - System.nanoTime() + PATIENCE.toNanos();
                if (!busy.await(patience, TimeUnit.NANOSECONDS)) {
                    throw new IllegalStateException("a request was not answered");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            if (failure.get() != null) {
                throw new IllegalStateException("a request was not decided", failure.get());
            }
        }
    }

    private final class Caller {
        private final Round round;
        private final ExecutorService loop;
        private final Latencies latencies;
        private int next;
        private long sent;

        Caller(Round round, ExecutorService loop, Latencies latencies, int number) {
            this.round = round;
            this.loop = loop;
            this.latencies = latencies;
            this.next = number * 7;
        }

        void send() {
            if (!round.goesOn()) {
                round.busy.countDown();
                return;
            }
            Call call = calls.get(next++ % calls.size());
            sent = System.nanoTime();
            try {
                gate.submit(call.request(), call.sender(), Optional.empty())
                        .whenComplete((receipt, error) -> loop.execute(() -> answered(receipt, error)));
            } catch (RuntimeException e) {
                answered(null, e);
            }
        }

        private void answered(Receipt receipt, Throwable error) {
            latencies.add(System.nanoTime() - sent);
            if (error != null || receipt.proof().checkpoint().isEmpty()) {
                round.failure.compareAndSet(null, error == null ? new IllegalStateException("no proof") : error);
            }
            send();
        }
    }

    @Override
    public void close() {
        loops.forEach(ExecutorService::shutdown);
    }
}
