package io.holdfast.policy;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Outcome;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a case of a table expects. The outcome is always compared; every other part only where it is written, and then
 * exactly. Reasons and missing facts have an order, the rest has none.
 */
public record Expectation(
        Outcome outcome,
        Optional<List<Reason>> reasons,
        Optional<Set<DataCategory>> granted,
        Optional<Map<DataCategory, Reason>> withheld,
        Optional<Set<String>> holds,
        Optional<Set<String>> grants,
        Optional<Set<String>> exceptions,
        Optional<List<String>> missing) {

    private static final Scope NOTHING = new Scope(Set.of(), Map.of());

    /** One sentence for each part that differs; empty when the decision is as expected. */
    public List<String> differences(Decision decision) {
        Scope scope = decision.match(SCOPE);
        Decision.Basis basis = decision.basis();
        List<String> differences = new ArrayList<>();
        compare("outcome", Optional.of(outcome), decision.outcome(), differences);
        compare("reasons", reasons, basis.reasons(), differences);
        compare("granted", granted, scope.granted(), differences);
        compare("withheld", withheld, scope.withheld(), differences);
        compare("holds", holds, Set.copyOf(basis.holds()), differences);
        compare("grants", grants, Set.copyOf(basis.grants()), differences);
        compare("exceptions", exceptions, Set.copyOf(basis.exceptions()), differences);
        compare("missing", missing, decision.match(MISSING), differences);
        return differences;
    }

    private static <T> void compare(String part, Optional<? extends T> expected, T found, List<String> differences) {
        if (expected.isPresent() && !expected.get().equals(found)) {
            differences.add(part + ": expected " + shown(expected.get()) + ", found " + shown(found));
        }
    }

    private static Object shown(Object value) {
        return value instanceof Set<?> set ? new TreeSet<>(set) : value;
    }

    private static final Decision.Cases<Scope> SCOPE = new ByScope<>() {
        @Override
        Scope nothing() {
            return NOTHING;
        }

        @Override
        Scope scoped(Scope scope) {
            return scope;
        }
    };

    private static final Decision.Cases<List<String>> MISSING = new ByScope<>() {
        @Override
        List<String> nothing() {
            return List.of();
        }

        @Override
        List<String> scoped(Scope scope) {
            return List.of();
        }

        @Override
        public List<String> returned(Decision.Returned decision) {
            return decision.missing();
        }
    };

    /** Two of the five outcomes give a scope. */
    private abstract static class ByScope<R> implements Decision.Cases<R> {

        abstract R nothing();

        abstract R scoped(Scope scope);

        @Override
        public R held(Decision.Held decision) {
            return nothing();
        }

        @Override
        public R refused(Decision.Refused decision) {
            return nothing();
        }

        @Override
        public R returned(Decision.Returned decision) {
            return nothing();
        }

        @Override
        public R referred(Decision.Referred decision) {
            return scoped(decision.scope());
        }

        @Override
        public R released(Decision.Released decision) {
            return scoped(decision.scope());
        }
    }
}
