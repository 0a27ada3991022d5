package io.holdfast.app;

import io.holdfast.gate.HeldRequests;
import io.holdfast.gate.HoldChangeDesk;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Looks now and then whether a change of holds is due, or over, and has what was held decided again after one took effect. It
 * has no rule of its own, and keeps nothing: what a stop or a crash leaves, the next start or another replica does.
 */
final class HoldKeeper extends Keeper {

    private static final Logger LOG = Logger.getLogger(HoldKeeper.class);

    private static final Duration BETWEEN_TWO_LOOKS = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HoldChangeDesk changes;
    private final HeldRequests held;

    HoldKeeper(HoldChangeDesk changes, HeldRequests held) {
        super("hold-keeper", PATIENCE);
        this.changes = changes;
        this.held = held;
    }

    @Override
    Duration step() {
        look();
        return BETWEEN_TWO_LOOKS;
    }

    /** A scheduled lift must not be lost because the disk was full for a minute. */
    @Override
    Duration failed(RuntimeException why) {
        LOG.warnf("changes of holds are not looked after, and it is tried again soon: %s", why.getMessage());
        return BETWEEN_TWO_LOOKS;
    }

    /** One look. @return how many entries it wrote */
    int look() {
        int settled = changes.settle();
        int again = changes.book().lastEffect().map(held::decideAgain).orElse(0);
        if (again > 0) {
            LOG.infof("holds have changed, and %d held requests were decided again", again);
        }
        return settled + again;
    }
}
