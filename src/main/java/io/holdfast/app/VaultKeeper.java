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
final class VaultKeeper extends Keeper {

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
    private boolean isWrapped;
    private long lastLine = System.nanoTime() - BETWEEN_TWO_LINES_NANOS;

    VaultKeeper(MasterKeys masterKeys, Vault vault, KeptKeys kept, Clock clock) {
        super("vault-keeper", BETWEEN_TWO_TRIES);
        this.masterKeys = masterKeys;
        this.vault = vault;
        this.clock = clock;
        this.kept = kept;
        this.rewrapping = new Rewrapping(vault, kept);
    }

    @Override
    Duration step() {
        return isWrapped ? prepareAhead() : wrapAnew();
    }

    private Duration wrapAnew() {
        try {
            long done = rewrapping.run(this::tell, () -> !isStopping());
            if (!isStopping()) {
                tellTheEnd(done);
            }
        } catch (KeyUnavailableException | IllegalStateException e) {
            return failed(e);
        } catch (CannotOpenException e) {
            LOG.errorf("keys are not wrapped anew: %s; restore the master key that is named", e.getMessage());
        }
        isWrapped = true;
        return Duration.ZERO;
    }

    /** If it cannot be done ahead, the first request of the quarter does it. */
    private Duration prepareAhead() {
        vault.pseudonyms(clock.instant().plus(AHEAD));
        return BETWEEN_TWO_LOOKS;
    }

    @Override
    Duration failed(RuntimeException why) {
        LOG.warnf(
                "%s, and it is tried again soon: %s",
                isWrapped ? "there is no key for tomorrow's pseudonyms" : "keys are not wrapped anew",
                why.getMessage());
        return BETWEEN_TWO_TRIES;
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
}
