package io.holdfast.app;

import io.holdfast.http.IssuerKeys;
import io.holdfast.http.Keyring;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Reads the issuer's keys at the start and again and again, in the background. Between two looks nobody asks the issuer, whatever
 * tokens say; so a key that is new there counts, and one that is gone stops counting, with the next look. While the keys cannot be
 * had, those heard of last stand for a while, and then none.
 */
final class IssuerKeysKeeper extends Keeper {

    private static final Logger LOG = Logger.getLogger(IssuerKeysKeeper.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final long LEAST_PAUSE_MILLIS = 100;

    /** Of the tokens that people call the gateway itself with. */
    static final String OWN = "tokens";

    private final String which;
    private final IssuerKeysSource source;
    private final Keyring keyring;
    private final Settings.Tokens settings;
    private final Clock clock;
    private volatile Optional<String> trouble = Optional.empty();

    /** @param which tokens it is about, as the log calls them */
    IssuerKeysKeeper(String which, IssuerKeysSource source, Keyring keyring, Settings.Tokens settings, Clock clock) {
        super("issuer-keys-keeper", PATIENCE);
        this.which = which;
        this.source = source;
        this.keyring = keyring;
        this.settings = settings;
        this.clock = clock;
    }

    /** The first look is over when this returns: a token that comes right after the start is not refused for coming early. */
    @Override
    void start() {
        try {
            look();
            super.start();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    Duration atFirst() {
        return Duration.ofMillis(
                Math.max(LEAST_PAUSE_MILLIS, settings.keysEvery().toMillis()));
    }

    @Override
    Duration step() throws InterruptedException {
        look();
        return atFirst();
    }

    @Override
    Duration failed(RuntimeException why) {
        failed("reading the issuer's keys failed: " + why.getClass().getSimpleName());
        return atFirst();
    }

    void look() throws InterruptedException {
        try {
            if (settings.keysEvery().toMillis() < 1 || settings.keysStand().compareTo(settings.keysEvery()) < 0) {
                throw new IssuerKeysSource.FailedException(
                        "holdfast.tokens.keys-every must not be nothing, nor longer than holdfast.tokens.keys-stand");
            }
            IssuerKeys keys = source.read();
            boolean isNew = !keyring.keys().equals(Optional.of(keys));
            keyring.take(keys, clock.instant().plus(settings.keysStand()));
            if (isNew) {
                LOG.infof("%s are verified with %d key(s) of the issuer", which, keys.size());
            }
            trouble = Optional.empty();
        } catch (IssuerKeysSource.FailedException e) {
            failed(e.getMessage());
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(String why) {
        if (!trouble.equals(Optional.of(why))) {
            LOG.warnf(
                    "%s: %s: %s",
                    which,
                    keyring.keys().isPresent()
                            ? "the issuer's keys cannot be read, and those heard of last stand for "
                                    + settings.keysStand()
                            : "no token is accepted",
                    why);
        }
        trouble = Optional.of(why);
    }

    /** Why the keys could not be had at the last look. */
    Optional<String> trouble() {
        return trouble;
    }

    Keyring keyring() {
        return keyring;
    }
}
