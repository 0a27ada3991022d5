package io.holdfast.app;

import io.holdfast.gate.OpenCopies;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Looks now and then whether the store is to be told to keep or to drop a copy. It has no rule of its own, and keeps nothing. */
final class PreservationKeeper extends Keeper {

    private static final Logger LOG = Logger.getLogger(PreservationKeeper.class);

    private static final Duration BETWEEN_TWO_LOOKS = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final OpenCopies copies;

    PreservationKeeper(OpenCopies copies) {
        super("preservation-keeper", PATIENCE);
        this.copies = copies;
    }

    @Override
    Duration step() {
        int written = copies.look();
        if (written > 0) {
            LOG.infof("orders to keep data: %d entries written", written);
        }
        return BETWEEN_TWO_LOOKS;
    }

    /** No copy may be forgotten because the store was down for a minute. */
    @Override
    Duration failed(RuntimeException why) {
        LOG.warnf("orders to keep data are not looked after, and it is tried again soon: %s", why.getMessage());
        return BETWEEN_TWO_LOOKS;
    }
}
