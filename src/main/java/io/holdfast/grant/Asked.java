package io.holdfast.grant;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody asks a store for, with a grant.
 *
 * @param holder the SHA-256 of the certificate that they have shown, base64url
 * @param categories the codes of the categories of data
 * @param period nothing if the store would give what it has of every time: then the caller narrows it to the grant's
 */
public record Asked(
        Optional<String> holder, Set<GrantScope.Account> accounts, Set<String> categories, Optional<Period> period) {

    /** From this instant on, before that one. */
    public record Period(Instant from, Instant to) {}

    public Asked {
        accounts = Set.copyOf(accounts);
        categories = Set.copyOf(categories);
        if (accounts.isEmpty() || categories.isEmpty()) {
            throw new IllegalArgumentException("what nothing is asked for needs no grant");
        }
    }

    /** What of it is more than this scope has. */
    public Optional<Refusal> beyond(GrantScope scope) {
        if (!accounts.stream().allMatch(scope::hasAccount)) {
            return Optional.of(Refusal.BEYOND_ACCOUNTS);
        }
        if (!scope.categories().containsAll(categories)) {
            return Optional.of(Refusal.BEYOND_CATEGORIES);
        }
        return period.filter(it -> it.from().isBefore(scope.from()) || it.to().isAfter(scope.to()))
                .map(it -> Refusal.BEYOND_PERIOD);
    }
}
