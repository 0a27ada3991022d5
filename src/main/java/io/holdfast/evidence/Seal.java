package io.holdfast.evidence;

import io.holdfast.legal.Request;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Security;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** A court's seal on its instrument: a compact JWS over the claims that the package comment shows. */
final class Seal {

    /** An X.509 SubjectPublicKeyInfo for Ed25519 is this and the 32 bytes of the key, RFC 8410 section 4. */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final AlgorithmConstraints ONLY_EDDSA =
            new AlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, AlgorithmIdentifiers.EDDSA);

    private static final ProviderContext BOUNCY_CASTLE = new ProviderContext();

    static {
        // Last in the list, and asked for by name: first, it would make every SHA-256 seven times slower.
        if (Security.getProvider(BouncyCastleProvider.PROVIDER_NAME) == null) {
            Security.addProvider(new BouncyCastleProvider());
        }
        BOUNCY_CASTLE.getSuppliedKeyProviderContext().setSignatureProvider(BouncyCastleProvider.PROVIDER_NAME);
    }

    private Seal() {}

    /** Whether the seal is this key's signature over something. */
    static boolean isBy(String key, String seal) {
        try {
            JsonWebSignature jws = parse(seal);
            jws.setKey(publicKey(key));
            return SealedInstrument.SEAL_TYPE.equals(jws.getHeader("typ")) && jws.verifySignature();
        } catch (JoseException | GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether the seal speaks of exactly this instrument; says nothing about who made it. */
    static boolean isAbout(Request request, String seal) {
        try {
            byte[] payload = parse(seal).getUnverifiedPayloadBytes();
            return Arrays.equals(payload, SealedInstrument.of(request).print());
        } catch (JoseException | IllegalArgumentException e) {
            return false;
        }
    }

    private static JsonWebSignature parse(String seal) throws JoseException {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setAlgorithmConstraints(ONLY_EDDSA);
        jws.setProviderContext(BOUNCY_CASTLE);
        jws.setCompactSerialization(seal);
        return jws;
    }

    private static PublicKey publicKey(String key) throws GeneralSecurityException {
        byte[] raw = Base64.getUrlDecoder().decode(key);
        byte[] encoded = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + raw.length);
        System.arraycopy(raw, 0, encoded, ED25519_PREFIX.length, raw.length);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }
}
