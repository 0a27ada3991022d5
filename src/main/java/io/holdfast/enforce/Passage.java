package io.holdfast.enforce;

import io.holdfast.audit.Event;
import io.holdfast.gate.GrantUse;
import io.holdfast.gate.Grants;
import io.holdfast.legal.DataCategory;
import io.holdfast.policy.Field;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One call that was let through to the store, while its answer comes. */
final class Passage {

    private final Grants grants;
    private final GrantUse.LetThrough use;
    private final List<Field> fields;
    private final Set<DataCategory> granted;
    private volatile long epoch;

    Passage(Grants grants, GrantUse.LetThrough use, List<Field> fields, Set<DataCategory> granted) {
        this.grants = grants;
        this.use = use;
        this.fields = fields;
        this.granted = granted;
        this.epoch = use.receipt().stored().entry().envelope().epoch();
    }

    Minimiser minimiser() {
        return new Minimiser(fields, granted);
    }

    /** Whether what is in force has changed since it was last decided; also where nobody can tell. */
    boolean hasMoved() {
        try {
            return grants.epoch() != epoch;
        } catch (RuntimeException e) {
            return true;
        }
    }

    /** Decides again. Never completes exceptionally. */
    CompletionStage<Boolean> stillStands() {
        return CompletableFuture.supplyAsync(() -> {
                    long now = grants.epoch();
                    boolean stands = grants.stillStands(use);
                    epoch = stands ? now : epoch;
                    return stands;
                })
                .exceptionally(failure -> false);
    }

    /** Records what went on its way; durable when it completes. */
    CompletionStage<?> ended(long items, Event.PassageEnd how) {
        return grants.passed(use, items, how);
    }
}
