package io.holdfast.bag;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedDataStreamGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.RecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.operator.OutputAEADEncryptor;

/**
 * Encrypts for one certificate while it is written: CMS AuthEnvelopedData (RFC 5083) with AES-256-GCM (RFC 5084). The key goes to
 * RSA under OAEP with SHA-256, to EC by an ephemeral key of the same curve, the KDF of X9.63 with SHA-256, and AES-256 key wrap
 * (RFC 5753). Memory does not grow with the content. Safe for many threads.
 *
 * <p>The length is not known before, so it is BER of indefinite length. {@code openssl cms -decrypt} of 3.0 reads that.
 */
public final class Encryption {

    /** Larger pieces than the library's own, 1000 bytes: fewer of them. */
    private static final int PIECE_BYTES = 1 << 15;

    private static final AlgorithmIdentifier SHA_256 =
            new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);
    private static final AlgorithmIdentifier OAEP = new AlgorithmIdentifier(
            PKCSObjectIdentifiers.id_RSAES_OAEP,
            new RSAESOAEPparams(
                    SHA_256,
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, SHA_256),
                    RSAESOAEPparams.DEFAULT_P_SOURCE_ALGORITHM));

    private Encryption() {}

    /** What is to be encrypted. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it. If it throws, what came before is not authenticated, and no reader takes it for a whole message. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * @param at the time of this, at which the certificate must be of use
     * @param out is flushed, and left open
     * @throws PackageException before the first byte if the certificate is not of use
     */
    public static void encrypt(RecipientCertificate to, Instant at, OutputStream out, Content content)
            throws IOException {
        to.objection(at).ifPresent(objection -> {
            throw new PackageException(objection);
        });
        try {
            CMSAuthEnvelopedDataStreamGenerator generator = new CMSAuthEnvelopedDataStreamGenerator();
            generator.setBufferSize(PIECE_BYTES);
            generator.addRecipientInfoGenerator(recipient(to));
            OutputAEADEncryptor encryptor =
                    (OutputAEADEncryptor) new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_GCM)
                            .setProvider(Provider.BC)
                            .build();
            OutputStream sealed = generator.open(new LeftOpen(out), encryptor);
            content.writeTo(sealed);
            // Only now, and in no finally: closing writes the tag that makes it a whole message.
            sealed.close();
            out.flush();
        } catch (CMSException | GeneralSecurityException e) {
            throw new PackageException("cannot encrypt for the " + to, e);
        }
    }

    private static RecipientInfoGenerator recipient(RecipientCertificate to)
            throws CMSException, GeneralSecurityException {
        X509Certificate certificate =
                new JcaX509CertificateConverter().setProvider(Provider.BC).getCertificate(to.holder());
        return switch (to.kind()) {
            case RSA -> new JceKeyTransRecipientInfoGenerator(certificate, OAEP).setProvider(Provider.BC);
            case P_256 -> agreed(certificate, "P-256");
            case P_384 -> agreed(certificate, "P-384");
            case P_521 -> agreed(certificate, "P-521");
        };
    }

    private static RecipientInfoGenerator agreed(X509Certificate certificate, String curve)
            throws CMSException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", Provider.BC);
        // By name: from parameters the library would spell the whole curve out in the message.
        generator.initialize(new ECGenParameterSpec(curve));
        KeyPair ephemeral = generator.generateKeyPair();
        return new JceKeyAgreeRecipientInfoGenerator(
                        CMSAlgorithm.ECDH_SHA256KDF,
                        ephemeral.getPrivate(),
                        ephemeral.getPublic(),
                        CMSAlgorithm.AES256_WRAP)
                .addRecipient(certificate)
                .setProvider(Provider.BC);
    }
}
