package io.holdfast.app;

import io.holdfast.gate.ClockDesk;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Looks now and then whether the time on a request is nearly over, or over. It has no rule of its own, and keeps nothing. */
final class ClockKeeper implements Runnable, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ClockKeeper.class);

    private static final Duration BETWEEN_TWO_LOOKS = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ClockDesk desk;
    private final Thread thread = new Thread(this, "clock-keeper");
    private volatile boolean isStopping;

    ClockKeeper(ClockDesk desk) {
        this.desk = desk;
        thread.setDaemon(true);
    }

    ClockDesk desk() {
        return desk;
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

    /** Whatever fails is tried again: no breach may go unsaid because the disk was full for a minute. */
    private void look() {
        try {
            int written = desk.look();
            if (written > 0) {
                LOG.infof("the time is nearly over, or over, on %d requests", written);
            }
        } catch (RuntimeException e) {
            if (!isStopping) {
                LOG.warnf(
                        "the clocks of requests are not looked after, and it is tried again soon: %s", e.getMessage());
            }
        }
    }

    /** Waits for the look that is under way. */
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
