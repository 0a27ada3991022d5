package io.holdfast.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * The keys that an issuer of tokens signs with, as it publishes them: one public key or certificate in PEM, or a JWK set (RFC 7517).
 * Each key is for one of the algorithms that are taken, and for no other: an RSA key cannot be passed off as one of a curve, nor
 * as a secret. What a set holds besides, such as keys to encrypt with, is left out.
 *
 * <p>Two of these are equal if they hold the same keys under the same names.
 */
public final class IssuerKeys {

    private static final Pattern PEM =
            Pattern.compile("\\s*-----BEGIN (PUBLIC KEY|CERTIFICATE)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----\\s*");
    private static final List<String> FACTORIES = List.of("RSA", "EC", "Ed25519");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private record Named(Optional<String> kid, TokenAlgorithm algorithm, PublicKey key) {}

    private final List<Named> keys;

    private IssuerKeys(List<Named> keys) {
        this.keys = keys;
    }

    /** @throws IllegalArgumentException if there is no usable key in it; says so for the operator, without repeating it */
    public static IssuerKeys parse(String text) {
        Matcher pem = PEM.matcher(text);
        List<Named> keys = pem.matches() ? List.of(named(pem.group(1), pem.group(2))) : set(text);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(
                    "it is a JWK set without any key to verify RS256 (of 2048 bits or more), ES256 "
                            + "or EdDSA (Ed25519) with");
        }
        return new IssuerKeys(keys);
    }

    private static Named named(String label, String base64) {
        PublicKey key;
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64);
            key = label.equals("CERTIFICATE")
                    ? CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der))
                            .getPublicKey()
                    : publicKey(der);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("it is a PEM of no public key that this Java reads", e);
        }
        return TokenAlgorithm.of(key)
                .map(algorithm -> new Named(Optional.empty(), algorithm, key))
                .orElseThrow(() -> new IllegalArgumentException(
                        "its key must be RSA of 2048 bits or more, on the curve P-256, or Ed25519"));
    }

    private static PublicKey publicKey(byte[] der) throws GeneralSecurityException {
        GeneralSecurityException last = null;
        for (String factory : FACTORIES) {
            try {
                return KeyFactory.getInstance(factory).generatePublic(new X509EncodedKeySpec(der));
            } catch (GeneralSecurityException e) {
                last = e; // of another kind
            }
        }
        throw last;
    }

    private static List<Named> set(String text) {
        JsonNode keys;
        try {
            keys = JSON.readTree(text.getBytes(StandardCharsets.UTF_8)).path("keys");
        } catch (JsonProcessingException e) {
            throw neither();
        } catch (java.io.IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
        if (!keys.isArray()) {
            throw neither();
        }
        List<Named> found = new ArrayList<>();
        keys.forEach(jwk -> named(jwk).ifPresent(found::add));
        return List.copyOf(found);
    }

    private static IllegalArgumentException neither() {
        return new IllegalArgumentException("it is neither the PEM of one public key or certificate nor a JWK set");
    }

    /** Nothing for a key of another kind or for another use, as RFC 7517 section 5 wants it. */
    private static Optional<Named> named(JsonNode jwk) {
        if (!jwk.path("use").asText("sig").equals("sig") || !mayVerify(jwk.path("key_ops"))) {
            return Optional.empty();
        }
        try {
            Map<String, Object> members = JsonUtil.parseJson(jwk.toString());
            PublicKey key = PublicJsonWebKey.Factory.newPublicJwk(members).getPublicKey();
            Optional<String> kid =
                    Optional.of(jwk.path("kid")).filter(JsonNode::isTextual).map(JsonNode::asText);
            return TokenAlgorithm.of(key)
                    .filter(algorithm ->
                            jwk.path("alg").asText(algorithm.code()).equals(algorithm.code()))
                    .map(algorithm -> new Named(kid, algorithm, key));
        } catch (JoseException | RuntimeException e) {
            return Optional.empty(); // of a kind that this Java does not know, or damaged: it verifies nothing
        }
    }

    private static boolean mayVerify(JsonNode operations) {
        if (operations.isMissingNode()) {
            return true;
        }
        for (JsonNode operation : operations) {
            if (operation.asText().equals("verify")) {
                return true;
            }
        }
        return false;
    }

    /**
     * The one key that a token is to be verified with. A key without a name stands for any; a token without a name fits any key
     * of its algorithm, as long as there is one only.
     *
     * @param kid what the token's header says
     */
    Optional<PublicKey> find(TokenAlgorithm algorithm, Optional<String> kid) {
        List<Named> fitting = keys.stream()
                .filter(key -> key.algorithm() == algorithm)
                .filter(key -> kid.isEmpty() || key.kid().isEmpty() || key.kid().equals(kid))
                .toList();
        return fitting.size() == 1 ? Optional.of(fitting.get(0).key()) : Optional.empty();
    }

    /** Whether any of them is this one, under whatever name. */
    public boolean holds(PublicKey other) {
        return keys.stream().anyMatch(key -> key.key().equals(other));
    }

    public int size() {
        return keys.size();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IssuerKeys that && keys.equals(that.keys);
    }

    @Override
    public int hashCode() {
        return keys.hashCode();
    }
}
