package io.holdfast.store;

import java.util.Optional;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/**
 * The certificate that readers of PKCS#12 want beside each private key: Java's keytool does not show a key without one. It
 * is signed by its own key, has no end and says nothing; nobody trusts it.
 */
final class KeyCertificate {

    private KeyCertificate() {}

    /** Nothing for a master key, which signs nothing. */
    static Optional<Certificate> of(KeyName name, KeySecret secret) {
        return switch (name.kind()) {
            case RECORD, LOG, GRANT -> Optional.of(ofEd25519(name, secret));
            case LOG_ML_DSA_44 -> Optional.of(ofMlDsa44(name, secret));
            case VAULT -> Optional.empty();
        };
    }

    private static Certificate ofEd25519(KeyName name, KeySecret secret) {
        TBSCertificate unsigned = unsigned(
                name,
                EdECObjectIdentifiers.id_Ed25519,
                secret.ed25519().publicKey().bytes());
        return signed(unsigned, secret.ed25519().sign(Pbes2.der(unsigned)));
    }

    private static Certificate ofMlDsa44(KeyName name, KeySecret secret) {
        TBSCertificate unsigned = unsigned(
                name,
                NISTObjectIdentifiers.id_ml_dsa_44,
                secret.mlDsa44().publicKey().bytes());
        return signed(unsigned, secret.mlDsa44().sign(Pbes2.der(unsigned)));
    }

    private static TBSCertificate unsigned(KeyName name, ASN1ObjectIdentifier algorithm, byte[] publicKey) {
        X500Name subject = new X500Name("CN=holdfast " + name);
        V3TBSCertificateGenerator certificate = new V3TBSCertificateGenerator();
        certificate.setSerialNumber(new ASN1Integer(1));
        certificate.setSignature(new AlgorithmIdentifier(algorithm));
        certificate.setIssuer(subject);
        certificate.setStartDate(new Time(new DERUTCTime("700101000000Z")));
        certificate.setEndDate(new Time(new DERGeneralizedTime("99991231235959Z"))); // RFC 5280 section 4.1.2.5
        certificate.setSubject(subject);
        certificate.setSubjectPublicKeyInfo(new SubjectPublicKeyInfo(new AlgorithmIdentifier(algorithm), publicKey));
        return certificate.generateTBSCertificate();
    }

    private static Certificate signed(TBSCertificate unsigned, byte[] signature) {
        ASN1EncodableVector parts = new ASN1EncodableVector();
        parts.add(unsigned);
        parts.add(unsigned.getSignature());
        parts.add(new DERBitString(signature));
        return Certificate.getInstance(new DERSequence(parts));
    }
}
