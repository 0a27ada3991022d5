package io.holdfast.app;

import io.holdfast.gate.HeldRequests;
import io.holdfast.gate.HoldChangeDesk;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Looks now and then whether a change of holds is due, or over, and has what was held decided again after one took effect. It
 * has no rule of its own, and keeps nothing: what a stop or a crash leaves, the next start or another replica does.
 */
final class HoldKeeper implements Runnable, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(HoldKeeper.class);

    private static final Duration BETWEEN_TWO_LOOKS = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HoldChangeDesk changes;
    private final HeldRequests held;
    private final Thread thread = new Thread(this, "hold-keeper");
    private volatile boolean isStopping;

    HoldKeeper(HoldChangeDesk changes, HeldRequests held) {
        this.changes = changes;
        this.held = held;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void run() {
        while (!isStopping) {
            look();
            try {
                Thread.sleep(BETWEEN_TWO_LOOKS.toMillis());
            } catch (InterruptedException e) {
                isStopping = true;
            }
        }
    }

    /** Whatever fails is tried again: a scheduled lift must not be lost because the disk was full for a minute. */
    private void look() {
        try {
            step();
        } catch (RuntimeException e) {
            if (!isStopping) {
                LOG.warnf("changes of holds are not looked after, and it is tried again soon: %s", e.getMessage());
            }
        }
    }

    /** One look. @return how many entries it wrote */
    int step() {
        int settled = changes.settle();
        int again = changes.book().lastEffect().map(held::decideAgain).orElse(0);
        if (again > 0) {
            LOG.infof("holds have changed, and %d held requests were decided again", again);
        }
        return settled + again;
    }

    /** Waits for the step that is under way. */
    @Override
    public void close() {
        isStopping = true;
        thread.interrupt();
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
