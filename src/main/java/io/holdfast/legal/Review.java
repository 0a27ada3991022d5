package io.holdfast.legal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one person has said about a request that was referred. It is laid over whatever the rules say from then on, and can only
 * take away: nobody widens, and nothing is released by it.
 */
public sealed interface Review {

    /** Its name, for entries and commands. */
    enum Verdict {
        NARROWED,
        REFUSED,
        RETURNED
    }

    Verdict verdict();

    /** What comes out where the rules say this. */
    Decision over(Decision rules);

    /** Whether this decision keeps to it. */
    boolean permits(Decision decision);

    /**
     * At most these categories are given.
     *
     * @param granted at least one
     */
    record Narrowed(Set<DataCategory> granted) implements Review {
        public Narrowed {
            if (granted.isEmpty()) {
                throw new IllegalArgumentException("at least one category stays; refuse what has none");
            }
            granted = Collections.unmodifiableSet(EnumSet.copyOf(granted));
        }

        @Override
        public Verdict verdict() {
            return Verdict.NARROWED;
        }

        @Override
        public Decision over(Decision rules) {
            if (granted.containsAll(rules.granted())) {
                return rules;
            }
            Optional<Scope> scope = narrowed(rules);
            if (scope.isEmpty()) {
                return new Decision.Refused(rules.basis().because(List.of(Reason.WITHHELD_BY_PEOPLE)));
            }
            return rules instanceof Decision.Released released
                    ? new Decision.Released(released.basis(), scope.get(), released.obligations())
                    : new Decision.Referred(rules.basis(), scope.get(), ((Decision.Referred) rules).obligations());
        }

        private Optional<Scope> narrowed(Decision rules) {
            Scope scope = rules instanceof Decision.Released released
                    ? released.scope()
                    : ((Decision.Referred) rules).scope();
            Set<DataCategory> left = EnumSet.noneOf(DataCategory.class);
            Map<DataCategory, Reason> withheld = new EnumMap<>(DataCategory.class);
            withheld.putAll(scope.withheld());
            for (DataCategory category : scope.granted()) {
                if (granted.contains(category)) {
                    left.add(category);
                } else {
                    withheld.put(category, Reason.WITHHELD_BY_PEOPLE);
                }
            }
            return left.isEmpty() ? Optional.empty() : Optional.of(new Scope(left, withheld));
        }

        @Override
        public boolean permits(Decision decision) {
            return granted.containsAll(decision.granted());
        }
    }

    /** @param reasons at least one, each of {@link Reason#isForPeople}; kept in the order of importance */
    record Refused(List<Reason> reasons) implements Review {
        public Refused {
            if (reasons.isEmpty() || !reasons.stream().allMatch(Reason::isForPeople)) {
                throw new IllegalArgumentException("at least one reason, each of those that people can give");
            }
            reasons = List.copyOf(EnumSet.copyOf(reasons));
        }

        @Override
        public Verdict verdict() {
            return Verdict.REFUSED;
        }

        @Override
        public Decision over(Decision rules) {
            List<Reason> all = new ArrayList<>();
            all.add(Reason.REFUSED_BY_PEOPLE);
            all.addAll(reasons);
            return new Decision.Refused(rules.basis().because(all));
        }

        @Override
        public boolean permits(Decision decision) {
            return decision instanceof Decision.Refused;
        }
    }

    /** @param missing at least one */
    record Returned(List<Missing> missing) implements Review {
        public Returned {
            missing = missing.stream().distinct().toList();
            if (missing.isEmpty()) {
                throw new IllegalArgumentException("at least one thing is missing");
            }
        }

        @Override
        public Verdict verdict() {
            return Verdict.RETURNED;
        }

        /** What the rules refuse by now, nobody can mend. */
        @Override
        public Decision over(Decision rules) {
            return rules instanceof Decision.Refused
                    ? rules
                    : new Decision.Returned(
                            rules.basis().because(List.of(Reason.RETURNED_BY_PEOPLE)),
                            missing.stream().map(Missing::code).toList());
        }

        @Override
        public boolean permits(Decision decision) {
            return decision instanceof Decision.Returned || decision instanceof Decision.Refused;
        }
    }
}
