package io.holdfast.webhook;

import io.holdfast.audit.Ledger;
import io.holdfast.audit.LedgerSource;
import io.holdfast.audit.LogReader;
import io.holdfast.audit.Stored;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends a receiver what the log has gained, in order, each event until it has arrived. A receiver that fails is asked again
 * after a pause that doubles; what comes after waits. For one thread, but the counts, which are for many.
 */
public final class Outbox {

    /** For one event. With {@link #SLICE} less than what the database grants a transaction that waits. */
    public static final Duration LIMIT = Duration.ofSeconds(4);

    /** After so long its place is kept, if it has been moved. */
    private static final Duration SLICE = Duration.ofSeconds(2);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Ledger ledger;
    private final Places places;
    private final Receiver receiver;
    private final Clock clock;
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private volatile Optional<String> trouble = Optional.empty();
    private volatile long behind;
    private Duration pause = Duration.ZERO;

    public Outbox(Ledger ledger, Places places, Receiver receiver, Clock clock) {
        this.ledger = ledger;
        this.places = places;
        this.receiver = receiver;
        this.clock = clock;
    }

    /**
     * Sends for some seconds at most. A receiver that is new begins with what comes next.
     *
     * @return how long to wait before the next step
     * @throws RuntimeException if the log or the place cannot be read or written; the next step goes on
     */
    public Duration step() {
        LogReader log = LogReader.of(new LedgerSource(ledger, Map.of()));
        long size = log.size();
        OptionalLong next = places.move(receiver.name(), size, from -> from < size ? send(log, from) : from);
        if (next.isEmpty()) {
            pause = Duration.ZERO;
            return SHORTEST; // another gateway is at it
        }
        behind = Math.max(0, size - next.getAsLong()); // another gateway may have seen more of the log
        if (!pause.isZero()) {
            return pause;
        }
        return behind > 0 ? Duration.ZERO : SHORTEST;
    }

    private long send(LogReader log, long from) {
        long begun = System.nanoTime();
        long next = from;
        Iterator<Stored> entries = log.entries(from).iterator();
        while (entries.hasNext() && System.nanoTime() - begun < SLICE.toNanos()) {
            Stored stored = entries.next();
            Optional<Message> message = Message.of(stored);
            try {
                if (message.isPresent()) {
                    receiver.send(message.get(), clock.instant());
                    arrived();
                }
            } catch (Receiver.FailedException e) {
                failed(e);
                return next;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return next;
            }
            next = stored.index() + 1;
        }
        return next;
    }

    private void arrived() {
        sent.incrementAndGet();
        trouble = Optional.empty();
        pause = Duration.ZERO;
    }

    private void failed(Receiver.FailedException e) {
        failures.incrementAndGet();
        trouble = Optional.of(e.getMessage());
        Duration doubled = pause.isZero() ? SHORTEST : pause.multipliedBy(2);
        pause = e.isGone() || doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }

    /** Why the last event did not arrive; nothing if it did. */
    public Optional<String> trouble() {
        return trouble;
    }

    /** How often an event did not arrive. */
    public long failures() {
        return failures.get();
    }

    /** How many events have arrived from this gateway. */
    public long sent() {
        return sent.get();
    }

    /** How many entries of the log the receiver has not been told of, as of the last step of this gateway. */
    public long behind() {
        return behind;
    }
}
