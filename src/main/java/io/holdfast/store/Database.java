package io.holdfast.store;

import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Where a log is kept.
 *
 * @param source connections to tables that have been migrated
 * @param lease set if other processes append to the same log: how old the newest look at it may be. Older, and everything is
 *     refused. Five looks are taken in this time.
 */
public record Database(Engine engine, DataSource source, Optional<Duration> lease) {

    /** How old a replica's view of the log may be, if the operator says nothing. */
    public static final Duration LEASE = Duration.ofSeconds(1);

    private static final int LOOKS_IN_A_LEASE = 5;

    /** This process is the only one that appends. */
    public static Database alone(DataSource source) {
        return new Database(Engine.EMBEDDED, source, Optional.empty());
    }

    /** Replicas of this process append to the same log. */
    public static Database shared(DataSource source, Duration lease) {
        return new Database(Engine.SERVER, source, Optional.of(lease));
    }

    /** How long the writer may wait for work before it looks at what others have appended; empty if nobody else does. */
    Optional<Duration> lookEvery() {
        return lease.map(whole -> whole.dividedBy(LOOKS_IN_A_LEASE));
    }
}
