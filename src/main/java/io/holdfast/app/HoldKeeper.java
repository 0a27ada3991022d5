package io.holdfast.app;

import io.holdfast.audit.HoldProposal;
import io.holdfast.audit.Warning;
import io.holdfast.gate.HeldRequests;
import io.holdfast.gate.HoldChangeDesk;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Looks now and then whether a change of holds is due, or over, and has what was held decided again after one took effect. It
 * has no rule of its own, and keeps nothing but what it has told: what a stop or a crash leaves, the next start or another replica
 * does.
 */
final class HoldKeeper extends Keeper {

    private static final Logger LOG = Logger.getLogger(HoldKeeper.class);

    private static final Duration BETWEEN_TWO_LOOKS = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HoldChangeDesk changes;
    private final HeldRequests held;
    private final Warning warning;
    private final Set<String> told = new HashSet<>();
    private volatile List<HoldProposal> nearlyOver = List.of();

    HoldKeeper(HoldChangeDesk changes, HeldRequests held, Warning warning) {
        super("hold-keeper", PATIENCE);
        this.changes = changes;
        this.held = held;
        this.warning = warning;
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
        nearlyOver = changes.nearlyOver(warning);
        nearlyOver.forEach(this::tell);
        return settled + again;
    }

    /** Once for each time, and again after a restart. */
    private void tell(HoldProposal proposal) {
        String name = proposal.version().hex();
        if (told.add(name + proposal.nextEnding())) {
            LOG.warnf(
                    "the proposed change of holds %s is %s, and ends by %s at %s; 'holdfast hold changes %s' shows it",
                    name, proposal.state(), proposal.nextEnding(), proposal.nextEnd(), name);
        }
    }

    /** At the last look. */
    List<HoldProposal> nearlyOver() {
        return nearlyOver;
    }
}
