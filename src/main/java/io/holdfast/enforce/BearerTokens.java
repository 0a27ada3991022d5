package io.holdfast.enforce;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whom callers of the store get their tokens from. Never asks anybody: it is looked at while a call waits. */
@FunctionalInterface
public interface BearerTokens {

    /** Where nobody's are believed. */
    BearerTokens NOBODYS = token -> Optional.empty();

    /**
     * What a token says, if all of it is to be believed: signature, issuer, audience, times.
     *
     * @return the claims that are texts, or lists of texts; {@code cnf} is the SHA-256 of the certificate that it is bound to, if it
     *     is to one
     */
    Optional<Map<String, Set<String>>> claims(String token);
}
