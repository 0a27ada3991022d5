package io.holdfast.app;

import io.holdfast.store.KeptKeys;
import io.holdfast.store.Rewrapping;
import io.holdfast.vault.CannotOpenException;
import io.holdfast.vault.KeyUnavailableException;
import io.holdfast.vault.MasterKeys;
import io.holdfast.vault.Vault;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * After a start with a new master key, puts every key that the older ones wrapped under it, in the background: a gateway
 * with a million cases is not out of service for that. What a stop or a crash leaves, the next start does.
 *
 * <p>Then it sees to it that the key of the next quarter's pseudonyms is there before the quarter is, so that no request has
 * to wait for it.
 */
final class VaultKeeper implements Runnable, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(VaultKeeper.class);

    private static final Duration BETWEEN_TWO_TRIES = Duration.ofSeconds(30);
    private static final long BETWEEN_TWO_LINES_NANOS = Duration.ofSeconds(10).toNanos();

    private static final Duration AHEAD = Duration.ofDays(1);
    private static final Duration BETWEEN_TWO_LOOKS = Duration.ofHours(1);

    private final MasterKeys masterKeys;
    private final Vault vault;
    private final Clock clock;
    private final KeptKeys kept;
    private final Rewrapping rewrapping;
    private final Thread thread = new Thread(this, "vault-keeper");
    private volatile boolean isStopping;
    private long lastLine = System.nanoTime() - BETWEEN_TWO_LINES_NANOS;

    VaultKeeper(MasterKeys masterKeys, Vault vault, KeptKeys kept, Clock clock) {
        this.masterKeys = masterKeys;
        this.vault = vault;
        this.clock = clock;
        this.kept = kept;
        this.rewrapping = new Rewrapping(vault, kept);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void run() {
        wrapAnew();
        while (!isStopping) {
            pause(prepareAhead() ? BETWEEN_TWO_LOOKS : BETWEEN_TWO_TRIES);
        }
    }

    /** If it cannot be done ahead, the first request of the quarter does it. */
    private boolean prepareAhead() {
        try {
            vault.pseudonyms(clock.instant().plus(AHEAD));
            return true;
        } catch (KeyUnavailableException | CannotOpenException | IllegalStateException e) {
            LOG.warnf("there is no key for tomorrow's pseudonyms, and it is tried again soon: %s", e.getMessage());
            return false;
        }
    }

    private void wrapAnew() {
        while (!isStopping) {
            try {
                long done = rewrapping.run(this::tell, () -> !isStopping);
                if (!isStopping) {
                    tellTheEnd(done);
                }
                return;
            } catch (KeyUnavailableException | IllegalStateException e) {
                LOG.warnf("keys are not wrapped anew, and it is tried again soon: %s", e.getMessage());
                pause(BETWEEN_TWO_TRIES);
            } catch (CannotOpenException e) {
                LOG.errorf("keys are not wrapped anew: %s; restore the master key that is named", e.getMessage());
                return;
            }
        }
    }

    /** The first batch, then now and then. */
    private void tell(long done, long all) {
        if (done == all || System.nanoTime() - lastLine >= BETWEEN_TWO_LINES_NANOS) {
            lastLine = System.nanoTime();
            LOG.infof("wrapped %d of %d case keys anew, under master key %s", done, all, masterKeys.newest());
        }
    }

    private void tellTheEnd(long done) {
        List<String> old = masterKeys.ids().stream()
                .filter(id -> !id.equals(masterKeys.newest()) && !kept.needs(id))
                .toList();
        if (done > 0 || !old.isEmpty()) {
            LOG.infof("nothing needs the master keys %s any more; they can be retired", old);
        }
    }

    private void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            isStopping = true;
        }
    }

    /** Waits for the batch that is under way. */
    @Override
    public void close() {
        isStopping = true;
        thread.interrupt();
        try {
            thread.join(BETWEEN_TWO_TRIES.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
