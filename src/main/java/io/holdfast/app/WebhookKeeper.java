package io.holdfast.app;

import io.holdfast.audit.Ledger;
import io.holdfast.store.Database;
import io.holdfast.store.SecretFile;
import io.holdfast.store.SqlPlaces;
import io.holdfast.webhook.Outbox;
import io.holdfast.webhook.Receiver;
import io.holdfast.webhook.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Sends events in the background. Nothing waits for it: a receiver that fails is seen in the health and the metrics. */
final class WebhookKeeper implements Runnable, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(WebhookKeeper.class);

    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(5);

    private final Outbox outbox;
    private final Thread thread = new Thread(this, "webhook-keeper");
    private Optional<String> toldOf = Optional.empty();
    private volatile boolean isStopping;

    private WebhookKeeper(Outbox outbox) {
        this.outbox = outbox;
        thread.setDaemon(true);
    }

    /**
     * Nothing if nobody is to be sent events.
     *
     * @throws IllegalStateException if it cannot be what the operator meant; says what to do
     */
    static Optional<Receiver> receiver(Settings.Webhook settings) {
        return settings.url().map(url -> {
            Path file = settings.secretFile()
                    .orElseThrow(() -> new IllegalStateException("holdfast.webhook.url is set; set "
                            + "holdfast.webhook.secret-file too, to the file with the secret that the receiver has"));
            try {
                SecretFile.refuseIfOthersMayRead(file);
                return Receiver.of(url, Secrets.parse(Files.readString(file)), Outbox.LIMIT);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file + ", the secret of the receiver of events", e);
            }
        });
    }

    static WebhookKeeper of(Receiver receiver, Ledger ledger, Database database) {
        return new WebhookKeeper(new Outbox(ledger, new SqlPlaces(database), receiver, Clock.systemUTC()));
    }

    Outbox outbox() {
        return outbox;
    }

    void start() {
        thread.start();
    }

    @Override
    public void run() {
        while (!isStopping) {
            try {
                Thread.sleep(step().toMillis());
            } catch (InterruptedException e) {
                isStopping = true;
            }
        }
    }

    private Duration step() {
        try {
            Duration pause = outbox.step();
            tell();
            return pause;
        } catch (RuntimeException e) {
            if (!isStopping) {
                LOG.warnf("no events are sent, and it is tried again soon: %s", e.getMessage());
            }
            return AFTER_TROUBLE;
        }
    }

    /** Once for each trouble, and once when it is over. */
    private void tell() {
        Optional<String> now = outbox.trouble();
        if (!now.equals(toldOf)) {
            now.ifPresentOrElse(
                    why -> LOG.warnf("an event did not reach its receiver, and is sent again: %s", why),
                    () -> LOG.info("events reach their receiver again"));
            toldOf = now;
        }
    }

    /** Waits for the event that is under way, whose place is kept or not: then it is sent again. */
    @Override
    public void close() {
        isStopping = true;
        thread.interrupt();
        try {
            thread.join(Outbox.LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
