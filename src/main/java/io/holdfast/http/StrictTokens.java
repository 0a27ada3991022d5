package io.holdfast.http;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.DefaultJWTTokenParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Verifies one token with the keys at hand. The framework checks signature, issuer, audience and times; what it leaves to settings,
 * or does not look at, is said here: three algorithms, each with a key of its own kind; no token that brings its own key; none from
 * the future.
 */
final class StrictTokens {

    /** Where a token may say where its key is, or what it is (RFC 7515 section 4.1). The issuer's keys are known already. */
    private static final List<String> OWN_KEY = List.of("jwk", "jku", "x5u", "x5c");

    private static final Set<SignatureAlgorithm> ALGORITHMS =
            Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.ES256, SignatureAlgorithm.EDDSA);

    private final Clock clock;

    StrictTokens(Clock clock) {
        this.clock = clock;
    }

    /** @throws ParseException if it is not to be believed; the message holds nothing of the token */
    JWTCallerPrincipal parse(String token, JWTAuthContextInfo settings, IssuerKeys keys) throws ParseException {
        JWTAuthContextInfo strict = new JWTAuthContextInfo(settings);
        strict.setSignatureAlgorithm(ALGORITHMS);
        strict.setRelaxVerificationKeyValidation(false);
        JwtContext context = new Parser(keys).parse(token, strict);
        JsonWebStructure signature = context.getJoseObjects().get(0);
        checkIssuedAt(context, settings.getClockSkew());
        return new DefaultJWTCallerPrincipal(signature.getHeader("typ"), context.getJwtClaims());
    }

    /** Without this, the longest life of a token would be no limit: it is counted from there. */
    private void checkIssuedAt(JwtContext context, int skewSeconds) throws ParseException {
        try {
            Instant issued =
                    Instant.ofEpochSecond(context.getJwtClaims().getIssuedAt().getValue());
            if (issued.isAfter(clock.instant().plusSeconds(skewSeconds))) {
                throw new ParseException("the token comes from the future");
            }
        } catch (org.jose4j.jwt.MalformedClaimException | NullPointerException e) {
            throw new ParseException("the token does not say when it was issued", e);
        }
    }

    private static final class Parser extends DefaultJWTTokenParser {

        private final IssuerKeys keys;

        Parser(IssuerKeys keys) {
            this.keys = keys;
        }

        /** Signed, whatever else is set up: an encrypted token proves nothing about who made it. */
        @Override
        protected ProtectionLevel getProtectionLevel(JWTAuthContextInfo settings) {
            return ProtectionLevel.SIGN;
        }

        @Override
        protected VerificationKeyResolver getVerificationKeyResolver(JWTAuthContextInfo settings) {
            return (signature, around) -> {
                for (String header : OWN_KEY) {
                    if (signature.getHeaders().getObjectHeaderValue(header) != null) {
                        throw new UnresolvableKeyException("the token brings its own key");
                    }
                }
                Optional<String> kid = Optional.ofNullable(signature.getKeyIdHeaderValue());
                return TokenAlgorithm.parse(signature.getAlgorithmHeaderValue())
                        .flatMap(algorithm -> keys.find(algorithm, kid))
                        .orElseThrow(() -> new UnresolvableKeyException("the issuer has no such key"));
            };
        }
    }
}
