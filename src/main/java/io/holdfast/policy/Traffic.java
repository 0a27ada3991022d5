package io.holdfast.policy;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which calls to a guarded address are for law enforcement, so that they need a grant: all of them but those that some rule says are
 * ordinary and no rule says are guarded.
 */
public record Traffic(List<TrafficRule> guarded, List<TrafficRule> ordinary) {

    /** Where nobody says otherwise. */
    public static final Traffic ALL_GUARDED = new Traffic(List.of(), List.of());

    public Traffic {
        guarded = List.copyOf(guarded);
        ordinary = List.copyOf(ordinary);
        if (!ordinary.stream()
                .allMatch(rule -> rule.hasIdentity() && rule.route().isPresent())) {
            throw new IllegalArgumentException("an ordinary rule says who calls, and where to");
        }
    }

    /** Whether any rule looks at tokens. */
    public boolean asksForTokens() {
        return rules().anyMatch(rule -> rule.jwt().isPresent());
    }

    /** Whether any ordinary rule looks at certificates alone. */
    public boolean asksForCertificates() {
        return ordinary.stream().anyMatch(rule -> rule.mtls().isPresent());
    }

    private Stream<TrafficRule> rules() {
        return Stream.concat(guarded.stream(), ordinary.stream());
    }
}
