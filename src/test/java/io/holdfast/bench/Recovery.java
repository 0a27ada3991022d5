package io.holdfast.bench;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Envelope;
import io.holdfast.audit.Event;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.fixture.Institutions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How long a gateway takes to open a large log. The entries come in through the log's own writer, hundreds to a transaction:
 * signed records of failed deliveries, the smallest that there are, since opening never looks at what most of them say.
 */
final class Recovery {

    private static final int TOGETHER = 400;

    private final Options options;
    private final Sheet sheet;
    private final Institutions institutions;

    Recovery(Options options, Sheet sheet, Institutions institutions) {
        this.options = options;
        this.sheet = sheet;
        this.institutions = institutions;
    }

    void run(Engine engine, Path data) throws Exception {
        double perSecond;
        try (LiveGate live = LiveGate.open(engine, data, institutions)) {
            long start = System.nanoTime();
            fill(live);
            perSecond = options.recovered() * 1e9 / (System.nanoTime() - start);
        }
        double[] seconds = new double[options.repetitions()];
        for (int i = 0; i < seconds.length; i++) {
            try (LiveGate live = LiveGate.open(engine, data, institutions)) {
                seconds[i] = live.secondsToOpen();
                long size =
                        live.ledger().entry(options.recovered()).orElseThrow().index();
                if (size != options.recovered()) {
                    throw new IllegalStateException("the log has " + size + " entries after its genesis");
                }
            }
        }
        Measure opening = Measure.of("opening", "s", seconds);
        sheet.row(
                "recovery, " + engine.name(),
                Measure.number(options.recovered()) + " entries, made " + TOGETHER + " to a transaction",
                List.of(opening, Measure.of("made", "/s", perSecond)));
        sheet.goal(Goal.atMost(
                "opening a log of " + Measure.number(options.recovered()) + " entries, " + engine.name()
                        + ", at most 5 s",
                5,
                opening));
    }

    /** On all cores, since each entry is signed. */
    private void fill(LiveGate live) throws Exception {
        int threads = Runtime.getRuntime().availableProcessors();
        ExecutorService makers = Executors.newFixedThreadPool(threads);
        List<Future<?>> made = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int first = options.recovered() / threads * i;
            int end = i == threads - 1 ? options.recovered() : options.recovered() / threads * (i + 1);
            made.add(makers.submit(() -> fill(live, end - first)));
        }
        for (Future<?> part : made) {
            part.get();
        }
        makers.shutdown();
    }

    private static void fill(LiveGate live, int entries) {
        CompletableFuture<List<Receipt>> last = CompletableFuture.completedFuture(List.of());
        for (int left = entries; left > 0; left -= TOGETHER) {
            CompletableFuture<List<Receipt>> next = live.ledger()
                    .append(new Failures(live, Math.min(left, TOGETHER)))
                    .toCompletableFuture();
            last.join();
            last = next;
        }
        last.join();
    }

    /** So many attempts on one request that failed. */
    private record Failures(LiveGate live, int count) implements Candidate {

        @Override
        public String subject() {
            return UUID.randomUUID().toString();
        }

        @Override
        public boolean hasHistory() {
            return false;
        }

        @Override
        public List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
            String subject = subject();
            List<Draft> drafts = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                Event event = new Event.DeliveryFailed(Event.Blocked.STORE_UNAVAILABLE);
                Envelope envelope = new Envelope(
                        LiveGate.ORIGIN,
                        at,
                        UUID.randomUUID().toString(),
                        subject,
                        standing.epoch(),
                        standing.rulebook(),
                        OptionalLong.empty());
                drafts.add(new Draft(
                        envelope, event, live.writer().write(envelope, event, List.of()), Optional.empty(), List.of()));
            }
            return drafts;
        }
    }
}
