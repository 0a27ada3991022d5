package io.holdfast.gate;

import io.holdfast.audit.Standing;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Facts;
import io.holdfast.policy.Rulebook;
import java.time.Instant;
import java.util.List;

/**
 * The rulebook that the log says is in force, out of those that are at hand. Which one it is stands in the log alone: a
 * view that has gone stale must never decide. Safe for many threads, and asks no lock.
 */
public final class RulebookInForce {

    /** That in force, and one that may follow it. */
    private volatile List<Rulebook> atHand;

    public RulebookInForce(Rulebook loaded) {
        this.atHand = List.of(loaded);
    }

    /** From now on this one is at hand too, beside that in force, and others are not. */
    public synchronized void ready(Rulebook next, Standing standing) {
        Rulebook now = at(standing);
        atHand = now.digest().equals(next.digest()) ? List.of(now) : List.of(now, next);
    }

    /** Takes one that came into force without having been at hand. */
    public synchronized void replace(Rulebook inForce) {
        atHand = List.of(inForce);
    }

    public boolean has(String digest) {
        return atHand.stream().anyMatch(rulebook -> rulebook.digest().equals(digest));
    }

    /** @throws StaleRulebookException if the log has one in force that is not at hand */
    public Rulebook at(Standing standing) {
        for (Rulebook rulebook : atHand) {
            if (rulebook.digest().equals(standing.rulebook())) {
                return rulebook;
            }
        }
        throw new StaleRulebookException(standing.rulebook());
    }

    /** For the first entry of a log, before which none is in force. */
    Rulebook first() {
        return atHand.get(0);
    }

    Decision decide(Facts facts, Standing standing, Instant at) {
        return at(standing).decide(facts, standing.holds(), at);
    }
}
