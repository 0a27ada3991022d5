package io.holdfast.app;

import io.holdfast.gate.NoticeWatch;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Looks now and then whether somebody has to be told by a request. It has no rule of its own, and keeps nothing. */
final class NoticeKeeper extends Keeper {

    private static final Logger LOG = Logger.getLogger(NoticeKeeper.class);

    private static final Duration BETWEEN_TWO_LOOKS = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final NoticeWatch watch;

    NoticeKeeper(NoticeWatch watch) {
        super("notice-keeper", PATIENCE);
        this.watch = watch;
    }

    NoticeWatch watch() {
        return watch;
    }

    @Override
    Duration step() {
        int written = watch.look();
        if (written > 0) {
            LOG.infof("a notice to the person concerned is due on %d requests", written);
        }
        return BETWEEN_TWO_LOOKS;
    }

    /** No order may lapse unsaid because the disk was full for a minute. */
    @Override
    Duration failed(RuntimeException why) {
        LOG.warnf("nobody looks whether a notice is due, and it is tried again soon: %s", why.getMessage());
        return BETWEEN_TWO_LOOKS;
    }
}
