package io.holdfast.bag;

import io.holdfast.audit.UnreadableException;
import io.holdfast.tlog.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/**
 * The X.509 certificate that packages for an authority are encrypted for. It was enrolled out of band, and that is why it is
 * believed: nobody's signature on it is looked at, and no revocation.
 *
 * <p>Its key is RSA of 3072 to 16384 bits, or EC on P-256, P-384 or P-521. Two are equal when their bytes are. Safe for many
 * threads.
 */
public final class RecipientCertificate {

    /** How the key gets to the recipient. */
    enum Kind {
        RSA,
        P_256,
        P_384,
        P_521
    }

    /** Of the PEM text. */
    public static final int MOST_CHARS = 16_384;

    private static final String HEAD = "-----BEGIN CERTIFICATE-----\n";
    private static final String TAIL = "-----END CERTIFICATE-----\n";
    private static final int LINE = 64;
    private static final int LEAST_RSA_BITS = 3_072;
    private static final int MOST_RSA_BITS = 16_384;
    private static final int LEAST_RSA_EXPONENT_BITS = 17;
    private static final Map<ASN1ObjectIdentifier, Kind> CURVES = Map.of(
            SECObjectIdentifiers.secp256r1, Kind.P_256,
            SECObjectIdentifiers.secp384r1, Kind.P_384,
            SECObjectIdentifiers.secp521r1, Kind.P_521);

    private final byte[] der;
    private final X509CertificateHolder holder;
    private final Kind kind;
    private final Instant from;
    private final Instant until;

    private RecipientCertificate(byte[] der, X509CertificateHolder holder, Kind kind, Instant from, Instant until) {
        this.der = der;
        this.holder = holder;
        this.kind = kind;
        this.from = from;
        this.until = until;
    }

    /**
     * Reads one certificate in PEM (RFC 7468), and nothing before or after it; the base64 may stand on lines of any length.
     * Whether it is of use at a time is for {@link #objection} to say.
     *
     * @throws UnreadableException with what to do, if it is none or nothing should be encrypted for its key
     */
    public static RecipientCertificate parse(String pem) {
        return ofDer(der(pem));
    }

    /** @param whose goes before the sentence of the exception */
    public static RecipientCertificate parse(String whose, String pem) {
        try {
            return parse(pem);
        } catch (UnreadableException e) {
            throw new UnreadableException(whose + ": " + e.getMessage());
        }
    }

    private static byte[] der(String pem) {
        if (pem.length() <= MOST_CHARS && pem.startsWith(HEAD) && pem.endsWith("\n" + TAIL)) {
            String body =
                    pem.substring(HEAD.length(), pem.length() - TAIL.length()).replace("\n", "");
            try {
                byte[] der = Base64.getDecoder().decode(body.getBytes(StandardCharsets.ISO_8859_1));
                if (Base64.getEncoder().encodeToString(der).equals(body)) {
                    return der;
                }
            } catch (IllegalArgumentException e) {
                // Said below.
            }
        }
        throw new UnreadableException(
                "a certificate must be one in PEM, from -----BEGIN CERTIFICATE----- to the newline after"
                        + " -----END CERTIFICATE-----, and nothing else");
    }

    private static RecipientCertificate ofDer(byte[] der) {
        X509CertificateHolder holder;
        AsymmetricKeyParameter key;
        Optional<KeyUsage> usage;
        Instant from;
        Instant until;
        try {
            holder = new X509CertificateHolder(der);
            key = PublicKeyFactory.createKey(holder.getSubjectPublicKeyInfo());
            from = holder.getNotBefore().toInstant();
            until = holder.getNotAfter().toInstant();
            usage = Optional.ofNullable(holder.getExtensions()).map(KeyUsage::fromExtensions);
            if (!Arrays.equals(holder.toASN1Structure().getEncoded("DER"), der)) {
                throw new UnreadableException("the certificate is not in DER; have it issued anew");
            }
        } catch (IOException | IllegalArgumentException | IllegalStateException | ClassCastException e) {
            // The library's message may quote what is in there.
            throw new UnreadableException("the certificate cannot be read, or its key is none that works");
        }
        Kind kind = kind(holder.getSubjectPublicKeyInfo(), key);
        checkUsage(usage, kind);
        return new RecipientCertificate(der, holder, kind, from, until);
    }

    private static Kind kind(SubjectPublicKeyInfo info, AsymmetricKeyParameter key) {
        ASN1ObjectIdentifier algorithm = info.getAlgorithm().getAlgorithm();
        if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            RSAKeyParameters rsa = (RSAKeyParameters) key;
            int bits = rsa.getModulus().bitLength();
            if (bits < LEAST_RSA_BITS
                    || bits > MOST_RSA_BITS
                    || rsa.getExponent().bitLength() < LEAST_RSA_EXPONENT_BITS) {
                throw new UnreadableException(
                        "the certificate's RSA key must have 3072 to 16384 bits and an exponent of 65537 or"
                                + " more, found " + bits + " bits");
            }
            return Kind.RSA;
        }
        // A curve by its name alone: one that is spelled out could be any.
        if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)
                && info.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve
                && CURVES.containsKey(curve)) {
            return CURVES.get(curve);
        }
        throw new UnreadableException("the certificate's key must be RSA, or EC on P-256, P-384 or P-521");
    }

    private static void checkUsage(Optional<KeyUsage> usage, Kind kind) {
        int needed = kind == Kind.RSA ? KeyUsage.keyEncipherment : KeyUsage.keyAgreement;
        if (usage.isPresent() && !usage.get().hasUsages(needed)) {
            throw new UnreadableException(
                    "the certificate's key usage lacks " + (kind == Kind.RSA ? "keyEncipherment" : "keyAgreement")
                            + ": nothing may be encrypted for its key");
        }
    }

    /** Why nothing may be encrypted for it at this time; nothing if it may. */
    public Optional<String> objection(Instant at) {
        if (at.isBefore(from())) {
            return Optional.of("the certificate is not valid before " + from());
        }
        if (at.isAfter(until())) {
            return Optional.of("the certificate has expired at " + until() + "; have a new one enrolled");
        }
        return Optional.empty();
    }

    public Instant from() {
        return from;
    }

    /** The last instant at which it is of use. */
    public Instant until() {
        return until;
    }

    /** SHA-256 of its DER, as {@code openssl x509 -fingerprint -sha256} has it. */
    public Hash fingerprint() {
        return Hash.sha256(der);
    }

    /** In PEM, lines of 64. */
    public String pem() {
        return HEAD + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der) + "\n" + TAIL;
    }

    Kind kind() {
        return kind;
    }

    X509CertificateHolder holder() {
        return holder;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecipientCertificate that && Arrays.equals(der, that.der);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(der);
    }

    /** Its fingerprint: a subject may be a person. */
    @Override
    public String toString() {
        return "certificate " + fingerprint().hex();
    }
}
