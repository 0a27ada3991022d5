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
final class WebhookKeeper extends Keeper {

    private static final Logger LOG = Logger.getLogger(WebhookKeeper.class);

    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(5);

    private final Outbox outbox;
    private Optional<String> toldOf = Optional.empty();

    private WebhookKeeper(Outbox outbox) {
        super("webhook-keeper", Outbox.LIMIT);
        this.outbox = outbox;
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

    /** A place that was not kept when it is closed has its event sent again. */
    @Override
    Duration step() {
        Duration pause = outbox.step();
        tell();
        return pause;
    }

    @Override
    Duration failed(RuntimeException why) {
        LOG.warnf("no events are sent, and it is tried again soon: %s", why.getMessage());
        return AFTER_TROUBLE;
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
}
