package io.holdfast.app;

import io.holdfast.gate.ReviewQueue;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Has the queue of what waits for people follow the log, so that whoever asks does not wait for that. It writes nothing. */
final class QueueKeeper extends Keeper {

    private static final Logger LOG = Logger.getLogger(QueueKeeper.class);

    private static final Duration BETWEEN_TWO_LOOKS = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ReviewQueue queue;

    QueueKeeper(ReviewQueue queue) {
        super("queue-keeper", PATIENCE);
        this.queue = queue;
    }

    @Override
    Duration step() {
        queue.catchUp();
        return BETWEEN_TWO_LOOKS;
    }

    @Override
    Duration failed(RuntimeException why) {
        LOG.warnf(
                "the queue of what waits for people does not follow the log, and it is tried again soon: %s",
                why.getMessage());
        return BETWEEN_TWO_LOOKS;
    }
}
