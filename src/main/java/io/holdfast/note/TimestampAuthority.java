package io.holdfast.note;

import io.holdfast.tlog.Hash;
import io.holdfast.tlog.MalformedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TSPValidationException;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * An authority that says when something was there (RFC 3161), as far as whoever checks believes it: its certificate, or that
 * of whoever vouches for it. What is stamped is the text of a checkpoint, three lines, so that anybody who has origin, size
 * and root has it:
 *
 * <pre>
 * openssl ts -verify -data text -in response.tsr -CAfile authority.pem
 * </pre>
 *
 * A response is believed if the digest is that of the text, exactly one certificate that came with it signed it, that
 * certificate is there for time stamping and nothing else, and a chain of certificates that were all valid at the stamped
 * time leads from it to one that is trusted. Whether one of them was revoked is not asked: that needs the network.
 */
public final class TimestampAuthority {

    /** More is no response. */
    public static final int MOST_BYTES = 64 * 1024;

    private final Set<X509Certificate> trusted;
    private final Optional<String> policy;

    private TimestampAuthority(Set<X509Certificate> trusted, Optional<String> policy) {
        this.trusted = trusted;
        this.policy = policy;
    }

    /**
     * @param pem one certificate or more; each of them is trusted
     * @param policy the one under which it must have worked, an object identifier
     * @throws MalformedException if there is no certificate in it, or the policy is none
     */
    public static TimestampAuthority of(byte[] pem, Optional<String> policy) {
        policy.filter(text -> ASN1ObjectIdentifier.tryFromID(text) == null).ifPresent(text -> {
            throw new MalformedException("policy", "must be an object identifier such as 1.2.3.4", text);
        });
        try {
            Set<X509Certificate> trusted =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                            .map(X509Certificate.class::cast)
                            .collect(Collectors.toUnmodifiableSet());
            if (trusted.isEmpty()) {
                throw new MalformedException("certificates", "must be at least one, in PEM", 0);
            }
            return new TimestampAuthority(trusted, policy);
        } catch (CertificateException e) {
            throw new MalformedException("certificates", "must be X.509 in PEM", "something else");
        }
    }

    /** SHA-256 of the checkpoint's three lines. */
    static Hash imprint(Checkpoint checkpoint) {
        return Hash.sha256(checkpoint.text().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What an answer to a request says.
     *
     * @throws MalformedException if it is no response
     * @throws UntrustedException if it is not the answer to this request, refuses it, or must not be believed
     */
    public Timestamp answer(TimestampRequest request, byte[] response) {
        return check(response, request.imprint(), Optional.of(request.nonce()));
    }

    /**
     * What a kept response says about a checkpoint.
     *
     * @throws MalformedException if it is no response
     * @throws UntrustedException if it is about something else, or must not be believed
     */
    public Timestamp verify(Checkpoint checkpoint, byte[] response) {
        return check(response, imprint(checkpoint), Optional.empty());
    }

    private Timestamp check(byte[] response, Hash imprint, Optional<BigInteger> nonce) {
        try {
            return checked(token(response), imprint, nonce);
        } catch (MalformedException | UntrustedException e) {
            throw e;
        } catch (TSPValidationException e) {
            throw new UntrustedException(
                    "the time-stamp does not hold: " + MalformedException.printable(e.getMessage()));
        } catch (RuntimeException | TSPException | IOException e) {
            // So Bouncy Castle refuses bytes of another form; what it says may quote them.
            throw new MalformedException("time-stamp", "must be a response of RFC 3161", "something else");
        }
    }

    private static TimeStampToken token(byte[] bytes) throws IOException, TSPException {
        if (bytes.length > MOST_BYTES) {
            throw new MalformedException("time-stamp", "must be at most " + MOST_BYTES + " bytes", bytes.length);
        }
        // Refuses what stands behind the response.
        TimeStampResponse response =
                new TimeStampResponse(TimeStampResp.getInstance(ASN1Primitive.fromByteArray(bytes)));
        boolean isGranted =
                response.getStatus() == PKIStatus.GRANTED || response.getStatus() == PKIStatus.GRANTED_WITH_MODS;
        if (!isGranted || response.getTimeStampToken() == null) {
            throw new UntrustedException("the authority refused to stamp it, with status " + response.getStatus());
        }
        return response.getTimeStampToken();
    }

    private Timestamp checked(TimeStampToken token, Hash imprint, Optional<BigInteger> nonce)
            throws TSPException, IOException {
        var info = token.getTimeStampInfo();
        boolean isOfThis = info.getMessageImprintAlgOID().equals(org.bouncycastle.tsp.TSPAlgorithms.SHA256)
                && MessageDigest.isEqual(info.getMessageImprintDigest(), imprint.bytes());
        if (!isOfThis) {
            throw new UntrustedException("the time-stamp is of something else");
        }
        if (nonce.isPresent() && !nonce.get().equals(info.getNonce())) {
            throw new UntrustedException("the time-stamp does not answer this request: its nonce is another one");
        }
        String worksUnder = info.getPolicy().getId();
        policy.filter(expected -> !expected.equals(worksUnder)).ifPresent(expected -> {
            throw new UntrustedException("the time-stamp is under policy " + worksUnder + ", expected " + expected);
        });
        X509CertificateHolder signer = signer(token);
        try {
            // Signature, ESSCertID, validity at the stamped time, and the one critical extended key usage.
            token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signer));
            chain(signer, token, info.getGenTime());
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new UntrustedException(
                    "the certificate of the authority that stamped it does not lead to one that is "
                            + "trusted; is it the right authority?");
        }
        return new Timestamp(info.getGenTime().toInstant(), imprint, worksUnder);
    }

    private static X509CertificateHolder signer(TimeStampToken token) {
        List<X509CertificateHolder> signers = token.getCertificates().getMatches(null).stream()
                .filter(token.getSID()::match)
                .toList();
        if (signers.size() != 1) {
            throw new UntrustedException("the certificate of the authority did not come with the time-stamp");
        }
        return signers.get(0);
    }

    private void chain(X509CertificateHolder signer, TimeStampToken token, Date at)
            throws GeneralSecurityException, IOException {
        X509Certificate certificate = certificate(signer);
        if (trusted.contains(certificate)) {
            return;
        }
        List<X509Certificate> all = new ArrayList<>();
        for (X509CertificateHolder holder : token.getCertificates().getMatches(null)) {
            all.add(certificate(holder));
        }
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(certificate);
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(
                trusted.stream().map(anchor -> new TrustAnchor(anchor, null)).collect(Collectors.toSet()), target);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(all)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(at);
        CertPathBuilder.getInstance("PKIX").build(parameters);
    }

    private static X509Certificate certificate(X509CertificateHolder holder) throws CertificateException, IOException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(holder.getEncoded()));
    }
}
