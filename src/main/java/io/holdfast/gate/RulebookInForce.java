package io.holdfast.gate;

import io.holdfast.audit.Standing;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Facts;
import io.holdfast.policy.Rulebook;
import java.time.Instant;

/**
 * The rulebook that is loaded, used only while the log says that it is the one in force: a view that has gone stale must
 * never decide.
 */
public final class RulebookInForce {

    private final Rulebook loaded;

    public RulebookInForce(Rulebook loaded) {
        this.loaded = loaded;
    }

    public Rulebook loaded() {
        return loaded;
    }

    /** @throws StaleRulebookException if the log has another one in force */
    public void check(Standing standing) {
        if (!loaded.digest().equals(standing.rulebook())) {
            throw new StaleRulebookException(loaded.digest(), standing.rulebook());
        }
    }

    Decision decide(Facts facts, Standing standing, Instant at) {
        check(standing);
        return loaded.decide(facts, standing.holds(), at);
    }
}
