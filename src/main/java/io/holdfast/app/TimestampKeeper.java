package io.holdfast.app;

import io.holdfast.audit.Event;
import io.holdfast.audit.Ledger;
import io.holdfast.audit.Stored;
import io.holdfast.audit.TimestampResponse;
import io.holdfast.gate.Gate;
import io.holdfast.gate.TimestampDesk;
import io.holdfast.note.Checkpoint;
import io.holdfast.note.SignedNote;
import io.holdfast.note.TimestampAuthority;
import io.holdfast.tlog.MalformedException;
import io.holdfast.witness.TimestampClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Has the newest checkpoint stamped by an authority now and then, in the background. Nothing waits for it: an authority that
 * fails is seen in the health and the metrics of the gateway, and asked again.
 */
final class TimestampKeeper extends Keeper {

    private static final Logger LOG = Logger.getLogger(TimestampKeeper.class);

    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Between two looks, and between two tries. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Ledger ledger;
    private final TimestampDesk desk;
    private final TimestampClient client;
    private final Duration every;
    private final Duration pause;
    private final Clock clock;
    private final AtomicLong failures = new AtomicLong();
    private volatile Optional<String> trouble = Optional.empty();
    private volatile Optional<Instant> newest = Optional.empty();

    /** The last entry that is known to name a stamp. Looking for it reads every entry about the log itself. */
    private Optional<Stored> last = Optional.empty();

    /** A size at which there was nothing to stamp; at the same size there still is nothing. */
    private long quietAt = -1;

    TimestampKeeper(Ledger ledger, TimestampDesk desk, TimestampClient client, Duration every, Clock clock) {
        super("timestamp-keeper", LIMIT);
        this.ledger = ledger;
        this.desk = desk;
        this.client = client;
        this.every = every;
        this.pause = every.compareTo(PAUSE) < 0 ? every : PAUSE;
        this.clock = clock;
    }

    /** @throws IllegalStateException if it cannot be what the operator meant; says what to do */
    static Optional<TimestampKeeper> of(Settings.Timestamp settings, Ledger ledger, Gate gate, Clock clock) {
        return settings.url().map(url -> {
            Path file = settings.authority()
                    .orElseThrow(() -> new IllegalStateException("holdfast.timestamp.url is set; set "
                            + "holdfast.timestamp.authority too, to the file with the authority's certificate"));
            if (settings.every().compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalStateException("holdfast.timestamp.every must be at least a second");
            }
            try {
                TimestampAuthority authority = TimestampAuthority.of(Files.readAllBytes(file), settings.policy());
                TimestampClient client = new TimestampClient(new URI(url), authority, settings.policy(), LIMIT);
                return new TimestampKeeper(ledger, new TimestampDesk(gate), client, settings.every(), clock);
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "cannot read " + file + ", the certificate of the time-stamp authority", e);
            } catch (MalformedException e) {
                throw new IllegalStateException("holdfast.timestamp: " + e.getMessage(), e);
            } catch (java.net.URISyntaxException | IllegalArgumentException e) {
                throw new IllegalStateException("holdfast.timestamp.url must be an address of the web", e);
            }
        });
    }

    @Override
    Duration step() throws InterruptedException {
        try {
            Checkpoint head =
                    Checkpoint.parse(SignedNote.parse(ledger.checkpoint()).text());
            if (isDue(head)) {
                byte[] response = client.stamp(head);
                desk.record(head.size(), head.root(), new TimestampResponse(response))
                        .toCompletableFuture()
                        .join();
                seen(desk.newest());
            }
            trouble = Optional.empty();
        } catch (TimestampClient.FailedException e) {
            failed(e.getMessage());
        }
        return pause;
    }

    /** The log cannot be read or written, or there is a bug: this thread goes on, and everybody can see it. */
    @Override
    Duration failed(RuntimeException why) {
        Throwable cause = why instanceof CompletionException ? why.getCause() : why;
        failed("the log did not take it: " + cause.getClass().getSimpleName());
        return pause;
    }

    private boolean isDue(Checkpoint head) {
        if (head.size() == quietAt) {
            return false;
        }
        if (last.isEmpty() || isOld(last.get())) {
            seen(desk.newest()); // another gateway may have been first
        }
        if (last.isEmpty()) {
            return head.size() > 0;
        }
        if (!isOld(last.get())) {
            return false;
        }
        boolean hasMoved =
                desk.hasMoved((Event.CheckpointTimestamped) last.get().entry().event(), head.size());
        if (!hasMoved) {
            quietAt = head.size();
        }
        return hasMoved;
    }

    private void seen(Optional<Stored> stamp) {
        last = stamp;
        newest = stamp.map(stored -> stored.entry().envelope().at());
    }

    private boolean isOld(Stored stamp) {
        return !stamp.entry().envelope().at().plus(every).isAfter(clock.instant());
    }

    private void failed(String why) {
        failures.incrementAndGet();
        trouble = Optional.of(why);
        LOG.warnf("no time-stamp, and it is tried again soon: %s", why);
    }

    /** How often there was none. */
    long failures() {
        return failures.get();
    }

    /** Why there was none at the last try. */
    Optional<String> trouble() {
        return trouble;
    }

    /** When the log last named one, by any gateway on it. */
    Optional<Instant> newest() {
        return newest;
    }
}
