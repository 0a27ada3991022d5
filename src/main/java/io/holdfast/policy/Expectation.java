package io.holdfast.policy;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Deadline;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Duty;
import io.holdfast.legal.Notice;
import io.holdfast.legal.Obligations;
import io.holdfast.legal.Outcome;
import io.holdfast.legal.Preservation;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a case of a table expects. The outcome, and whether data may leave in clear, are always compared; every other part only where it is written, and then
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
        Optional<List<String>> missing,
        Asked asked) {

    /**
     * What the obligations must be. An answer without any has none of these, so nothing can be expected of it.
     *
     * @param clock each step that has a clock, and no other
     * @param unencrypted always compared: that data may leave in clear goes without saying for nobody
     */
    public record Asked(
            Optional<Integer> approvals,
            Optional<Notice> notice,
            Optional<List<Deadline>> clock,
            Optional<Preservation> preserve,
            Optional<Set<Duty>> duties,
            boolean unencrypted) {

        private void compare(Optional<Obligations> found, List<String> differences) {
            compare("approvals", approvals, found.map(Obligations::approvals), differences);
            compare("notice", notice, found.map(Obligations::notice), differences);
            compare("clock", clock, found.map(Obligations::clocks), differences);
            compare("preserve", preserve, found.flatMap(Obligations::preservation), differences);
            compare("duties", duties, found.map(Obligations::duties), differences);
            Expectation.compare(
                    "unencrypted",
                    Optional.of(unencrypted),
                    found.map(Obligations::unencrypted).orElse(false),
                    differences);
        }

        private static <T> void compare(
                String part, Optional<T> expected, Optional<T> found, List<String> differences) {
            Expectation.compare(part, expected, found.isEmpty() ? "none" : found.get(), differences);
        }
    }

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
        asked.compare(decision.match(OBLIGATIONS), differences);
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
        Scope scoped(Scope scope, Obligations obligations) {
            return scope;
        }
    };

    private static final Decision.Cases<List<String>> MISSING = new ByScope<>() {
        @Override
        List<String> nothing() {
            return List.of();
        }

        @Override
        List<String> scoped(Scope scope, Obligations obligations) {
            return List.of();
        }

        @Override
        public List<String> returned(Decision.Returned decision) {
            return decision.missing();
        }
    };

    private static final Decision.Cases<Optional<Obligations>> OBLIGATIONS = new ByScope<>() {
        @Override
        Optional<Obligations> nothing() {
            return Optional.empty();
        }

        @Override
        Optional<Obligations> scoped(Scope scope, Obligations obligations) {
            return Optional.of(obligations);
        }
    };

    /** Two of the five outcomes give a scope and ask for something. */
    private abstract static class ByScope<R> implements Decision.Cases<R> {

        abstract R nothing();

        abstract R scoped(Scope scope, Obligations obligations);

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
            return scoped(decision.scope(), decision.obligations());
        }

        @Override
        public R released(Decision.Released decision) {
            return scoped(decision.scope(), decision.obligations());
        }
    }
}
