package io.holdfast.policy;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Where a rule comes from.
 *
 * @param verifiedOn when somebody last compared the rule with the text; always there when the status is {@code READ}
 */
public record Source(String cite, Optional<LocalDate> verifiedOn, Status status) {

    /** Whether anybody has looked. Shown to lawyers, counted by the linter, and never looked at by the evaluator. */
    public enum Status {
        READ,
        UNVERIFIED
    }
}
