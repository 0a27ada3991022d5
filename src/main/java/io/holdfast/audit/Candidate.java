package io.holdfast.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that wants to become entries. It is asked what it would write under a given standing, and may be asked
 * again: if a hold lands in between, or another entry on the same subject, or if time has moved on, the writer throws
 * the first answer away. So what stands in the log was always made under what stands before it.
 */
public interface Candidate {

    /** What it is about; see {@link Envelope#subject}. */
    String subject();

    /**
     * Whether the subject can have entries already. A request that has just been given its id cannot, and is spared the
     * look-up.
     */
    boolean hasHistory();

    /** How a repeated call is recognised, if the caller said so. */
    default Optional<Once> once() {
        return Optional.empty();
    }

    /**
     * Decides, seals and signs. Pure CPU, no I/O. May be called several times, also by the writer's thread.
     *
     * @param history the entries on this subject, oldest first
     * @param at the time to decide at and to write down, whole seconds, not before the log's last entry
     * @return at least one entry; all of them become durable together
     */
    List<Draft> prepare(Standing standing, List<Stored> history, Instant at);

    /**
     * A call that must have its effect once.
     *
     * @param key keyed digest of the caller and its idempotency key
     * @param content keyed digest of what was sent
     */
    record Once(String key, String content) {}
}
