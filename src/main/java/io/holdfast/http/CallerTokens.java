package io.holdfast.http;

import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.json.JsonString;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the tokens of other people say: those who call the store, and not the gateway. They are verified and remembered like the
 * gateway's own, with an issuer, keys and an audience of their own. Safe for many threads.
 */
public final class CallerTokens {

    /** As for the gateway's own; docs/reference/configuration.md. */
    private static final int SKEW_SECONDS = 60;

    private static final long LONGEST_SECONDS = 43_200;
    private static final int MOST = 10_000;
    private static final String BOUND_TO = "cnf";
    private static final String CERTIFICATE = "x5t#S256";

    private final VerifiedTokens tokens;
    private final JWTAuthContextInfo settings = new JWTAuthContextInfo();

    /**
     * @param keyring with the issuer's keys
     * @param audience one that each token must be for
     */
    public CallerTokens(Keyring keyring, String issuer, String audience, Clock clock) {
        this.tokens = new VerifiedTokens(keyring, new StrictTokens(clock)::parse, clock, MOST);
        settings.setIssuedBy(issuer);
        settings.setExpectedAudience(Set.of(audience));
        settings.setClockSkew(SKEW_SECONDS);
        settings.setMaxTimeToLiveSecs(LONGEST_SECONDS);
        settings.setRequireNamedPrincipal(false); // a program has no name
    }

    /**
     * The claims of a token that are texts, or lists of texts; nothing if it is not to be believed. {@code cnf} is the SHA-256 of the
     * certificate that it is bound to. A token that is bound to something else is not believed: nobody here could tell.
     */
    public Optional<Map<String, Set<String>>> claims(String token) {
        try {
            JWTCallerPrincipal principal = tokens.parse(token, settings);
            Map<String, Set<String>> claims = new HashMap<>();
            for (String name : principal.getClaimNames()) {
                Set<String> texts = texts(principal.getClaim(name));
                if (!texts.isEmpty()) {
                    claims.put(name, texts);
                }
            }
            claims.remove(BOUND_TO);
            if (principal.getClaimNames().contains(BOUND_TO)) {
                Optional<String> certificate = certificate(principal.getClaim(BOUND_TO));
                if (certificate.isEmpty()) {
                    return Optional.empty();
                }
                claims.put(BOUND_TO, Set.of(certificate.get()));
            }
            return Optional.of(Map.copyOf(claims));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> certificate(Object bond) {
        return bond instanceof Map<?, ?> map && map.size() == 1 ? text(map.get(CERTIFICATE)) : Optional.empty();
    }

    /** Empty if it is something else: a list with anything but texts in it is none. */
    private static Set<String> texts(Object claim) {
        if (!(claim instanceof Collection<?> list)) {
            return text(claim).map(Set::of).orElse(Set.of());
        }
        Set<String> texts = new HashSet<>();
        for (Object one : list) {
            Optional<String> text = text(one);
            if (text.isEmpty()) {
                return Set.of();
            }
            texts.add(text.get());
        }
        return Set.copyOf(texts);
    }

    private static Optional<String> text(Object value) {
        if (value instanceof JsonString string) {
            return Optional.of(string.getString());
        }
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
