package io.holdfast.policy;

import io.holdfast.legal.Channel;
import io.holdfast.legal.Jurisdiction;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A channel between places, and whether it was open when. Hong Kong suspended its agreement with the United States on
 * 2020-08-20: an instrument that comes through it since then has come through nothing.
 *
 * @param parties at least two
 * @param channel {@code TREATY} or {@code EXECUTIVE-AGREEMENT}
 * @param history in order of time, never empty
 */
public record Treaty(String id, Set<Jurisdiction> parties, Channel channel, List<Turn> history, Source source) {

    /** From this instant on it has this status. */
    public record Turn(Status status, Instant since) {}

    /** Whether requests can come through it. */
    public enum Status {
        ACTIVE,
        SUSPENDED
    }

    public Treaty {
        parties = Set.copyOf(parties);
        history = List.copyOf(history);
        if (parties.size() < 2) {
            throw new IllegalArgumentException("parties: a treaty has at least two");
        }
        if (channel != Channel.TREATY && channel != Channel.EXECUTIVE_AGREEMENT) {
            throw new IllegalArgumentException("channel: a treaty opens TREATY or EXECUTIVE-AGREEMENT");
        }
        for (int i = 1; i < history.size(); i++) {
            if (!history.get(i).since().isAfter(history.get(i - 1).since())) {
                throw new IllegalArgumentException("history: must be in order of time");
            }
        }
    }

    /** Before its first turn a treaty is not there, so it opens nothing. */
    public boolean isActiveAt(Instant at) {
        boolean active = false;
        for (Turn turn : history) {
            if (!at.isBefore(turn.since())) {
                active = turn.status() == Status.ACTIVE;
            }
        }
        return active;
    }

    /** Whether it joins these two places; no treaty joins a place with itself. */
    public boolean joins(Jurisdiction one, Jurisdiction other) {
        return one != other && parties.contains(one) && parties.contains(other);
    }
}
