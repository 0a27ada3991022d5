package io.holdfast.http;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** How a token may be signed; there is no other way, and no setting adds one. */
enum TokenAlgorithm {
    RS256("RS256"),
    ES256("ES256"),
    /** On Ed25519 only. */
    EDDSA("EdDSA");

    private static final int LEAST_RSA_BITS = 2048;

    /** The prime of the curve P-256, FIPS 186-4 section D.1.2.3. */
    private static final BigInteger P256 =
            new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

    private final String code;

    TokenAlgorithm(String code) {
        this.code = code;
    }

    /** As RFC 7518 section 3.1 and RFC 8037 section 3.1 spell it. */
    String code() {
        return code;
    }

    static String[] codes() {
        return Stream.of(values()).map(TokenAlgorithm::code).toArray(String[]::new);
    }

    static Optional<TokenAlgorithm> parse(String code) {
        return Arrays.stream(values()).filter(it -> it.code.equals(code)).findFirst();
    }

    /** The one that a key is for; nothing if it is too weak, or on another curve. */
    static Optional<TokenAlgorithm> of(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return rsa.getModulus().bitLength() >= LEAST_RSA_BITS ? Optional.of(RS256) : Optional.empty();
        }
        if (key instanceof ECPublicKey ec) {
            return ec.getParams().getCurve().getField() instanceof ECFieldFp field
                            && field.getP().equals(P256)
                    ? Optional.of(ES256)
                    : Optional.empty();
        }
        return key instanceof EdECPublicKey edwards
                        && edwards.getParams().getName().equals("Ed25519")
                ? Optional.of(EDDSA)
                : Optional.empty();
    }
}
