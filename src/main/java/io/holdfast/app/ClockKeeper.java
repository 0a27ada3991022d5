package io.holdfast.app;

import io.holdfast.gate.ClockDesk;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Looks now and then whether the time on a request is nearly over, or over. It has no rule of its own, and keeps nothing. */
final class ClockKeeper extends Keeper {

    private static final Logger LOG = Logger.getLogger(ClockKeeper.class);

    private static final Duration BETWEEN_TWO_LOOKS = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ClockDesk desk;

    ClockKeeper(ClockDesk desk) {
        super("clock-keeper", PATIENCE);
        this.desk = desk;
    }

    ClockDesk desk() {
        return desk;
    }

    @Override
    Duration step() {
        int written = desk.look();
        if (written > 0) {
            LOG.infof("the time is nearly over, or over, on %d requests", written);
        }
        return BETWEEN_TWO_LOOKS;
    }

    /** No breach may go unsaid because the disk was full for a minute. */
    @Override
    Duration failed(RuntimeException why) {
        LOG.warnf("the clocks of requests are not looked after, and it is tried again soon: %s", why.getMessage());
        return BETWEEN_TWO_LOOKS;
    }
}
