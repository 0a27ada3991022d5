package io.holdfast.store;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The one writer of this process. Takes a candidate, drains whatever else waits, and makes them durable in one transaction:
 * batches form by themselves while a commit is under way, and nobody lingers for one.
 *
 * <p>A failed write or sync is never tried again: what is on the disk is unknown then. The log is opened anew, by the very code
 * that opens it at the start, after a pause that grows; until that succeeds, everything is refused.
 */
final class Sequencer implements Runnable {

    private static final System.Logger LOG = System.getLogger(Sequencer.class.getName());

    private static final int MOST_WAITING = 4096;
    private static final int MOST_IN_A_BATCH = 512;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** Hears where the log ends, and whether it can be written. */
    interface Listener {

        /** @param seen the {@link System#nanoTime} at which the tables were like this */
        void published(Published published, long seen);

        /** The tables were still the same at this time. */
        void unchanged(long seen);

        /** What this one wanted to write stands in the log already. */
        void stands(Pending pending, List<Long> indices);

        /** @param why for the operator; empty when all is well again */
        void trouble(Optional<String> why);
    }

    private final Database database;
    private final Notary notary;
    private final Clock clock;
    private final Listener listener;

    /** Nothing, where somebody wants the writer to look up. */
    private final BlockingQueue<Optional<Pending>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);

    private volatile boolean stopping;
    private OpenLog log;
    private List<Pending> inHand = List.of();
    private Duration pause = FIRST_PAUSE;
    private String lastTrouble = "";

    /**
     * Opens the log.
     *
     * @throws IllegalStateException if what the database holds is not what was signed, with what to do about it
     */
    Sequencer(Database database, Notary notary, Clock clock, Listener listener) throws SQLException {
        this.database = database;
        this.notary = notary;
        this.clock = clock;
        this.listener = listener;
        this.log = OpenLog.open(database, notary, clock, listener, List.of());
    }

    /** @return false if too many wait already */
    boolean offer(Pending pending) {
        return waiting.offer(Optional.of(pending));
    }

    /** Ends the writer once it is done with what it has in hand. */
    void stop() {
        stopping = true;
        waiting.offer(Optional.empty()); // if there is no room, it is awake
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                try {
                    work();
                } catch (SQLException | RuntimeException | Error e) {
                    reopen(e);
                }
            }
            listener.trouble(Optional.of("the gateway is stopping"));
        } catch (FrozenException e) {
            trouble(e.getMessage());
        } catch (InterruptedException e) {
            trouble("the gateway was interrupted");
            Thread.currentThread().interrupt();
        }
        log.close();
        waiting.forEach(Sequencer::refuse);
    }

    private void work() throws SQLException, InterruptedException {
        List<Optional<Pending>> taken = new ArrayList<>(MOST_IN_A_BATCH);
        while (!stopping) {
            if (!take(taken)) {
                log.look();
                continue;
            }
            List<Pending> candidates = taken.stream()
                    .flatMap(Optional::stream)
                    .filter(Pending::take)
                    .toList();
            taken.clear();
            if (!candidates.isEmpty()) {
                inHand = candidates;
                log.write(candidates);
                inHand = List.of();
                pause = FIRST_PAUSE;
            }
        }
    }

    /** @return false if nothing came, and it is time to look what others have appended */
    private boolean take(List<Optional<Pending>> taken) throws InterruptedException {
        Optional<Duration> patience = database.lookEvery();
        Optional<Pending> first = patience.isEmpty()
                ? waiting.take()
                : waiting.poll(patience.get().toNanos(), TimeUnit.NANOSECONDS);
        if (first == null) {
            return false;
        }
        taken.add(first);
        waiting.drainTo(taken, MOST_IN_A_BATCH - 1);
        return true;
    }

    private void reopen(Throwable because) throws InterruptedException {
        List<Batch.Placed> doubtful = log.inDoubt();
        log.close();
        Throwable failure = because;
        trouble(refusing(failure));
        // After saying so: whoever is refused and asks finds the reason.
        if (doubtful.isEmpty()) {
            inHand.forEach(pending -> pending.refuse("the log could not be written"));
        }
        inHand = List.of();
        while (!stopping) {
            trouble(refusing(failure));
            refuseFor(pause);
            pause = longer(pause);
            try {
                log = OpenLog.open(database, notary, clock, listener, doubtful);
                listener.trouble(Optional.empty());
                lastTrouble = "";
                LOG.log(System.Logger.Level.INFO, "the log can be written again");
                return;
            } catch (FrozenException e) {
                throw e;
            } catch (SQLException | RuntimeException e) {
                failure = e;
            }
        }
    }

    private static String refusing(Throwable failure) {
        return "the log cannot be written: " + said(failure)
                + "; every request is refused, and the log is opened anew every few seconds until it can be";
    }

    private static String said(Throwable failure) {
        String said = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return failure.getCause() == null ? said : said + ": " + said(failure.getCause());
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    private void refuseFor(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0 && !stopping; left = end - System.nanoTime()) {
            refuse(waiting.poll(left, TimeUnit.NANOSECONDS));
        }
    }

    private static void refuse(Optional<Pending> pending) {
        if (pending != null && pending.isPresent() && pending.get().take()) {
            pending.get().refuse("the log cannot be written");
        }
    }

    private void trouble(String why) {
        listener.trouble(Optional.of(why));
        if (!why.equals(lastTrouble)) {
            LOG.log(System.Logger.Level.ERROR, why); // once, and not with every attempt
            lastTrouble = why;
        }
    }
}
