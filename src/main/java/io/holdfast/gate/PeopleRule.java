package io.holdfast.gate;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How many people a change of holds takes, and who can be among them. More than two can be asked for, fewer never.
 *
 * @param people in all, the proposer among them
 * @param approvers the subjects that may approve; nothing for everybody who has the role
 */
public record PeopleRule(int people, Optional<Set<String>> approvers) {

    public static final PeopleRule TWO = new PeopleRule(2, Optional.empty());

    /** @throws IllegalArgumentException if it could never be satisfied, or by one person alone; for the operator */
    public PeopleRule {
        approvers = approvers.map(names -> Set.copyOf(new TreeSet<>(names)));
        if (people < 2) {
            throw new IllegalArgumentException("holdfast.holds.people is " + people
                    + "; it must be at least 2, or one person alone could lift a hold");
        }
        if (approvers.isPresent()) {
            if (!approvers.get().stream().allMatch(Actor::isPerson)) {
                throw new IllegalArgumentException(
                        "holdfast.holds.approvers names a subject that cannot be a person's; "
                                + "name the subjects of people, as their tokens have them");
            }
            if (approvers.get().size() < people - 1) {
                throw new IllegalArgumentException("holdfast.holds.people is " + people + ", so " + (people - 1)
                        + " must approve, and holdfast.holds.approvers names "
                        + approvers.get().size()
                        + "; name more people, or ask for fewer");
            }
        }
    }

    boolean isEligible(String subject) {
        return approvers.map(names -> names.contains(subject)).orElse(true);
    }
}
