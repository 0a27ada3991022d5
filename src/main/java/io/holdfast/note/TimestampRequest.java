package io.holdfast.note;

import io.holdfast.tlog.Hash;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequestGenerator;

/**
 * What an authority is asked, RFC 3161 section 2.4.1: a digest, and a number that its answer has to repeat, so that it cannot
 * be an old one. The authority's certificate shall come with the answer.
 */
public final class TimestampRequest {

    private static final int NONCE_BITS = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Hash imprint;
    private final BigInteger nonce;
    private final byte[] bytes;

    private TimestampRequest(Hash imprint, BigInteger nonce, byte[] bytes) {
        this.imprint = imprint;
        this.nonce = nonce;
        this.bytes = bytes;
    }

    /** @param policy that the authority shall work under, an object identifier */
    public static TimestampRequest of(Checkpoint checkpoint, Optional<String> policy) {
        Hash imprint = TimestampAuthority.imprint(checkpoint);
        BigInteger nonce = new BigInteger(NONCE_BITS, RANDOM);
        TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
        generator.setCertReq(true);
        policy.map(ASN1ObjectIdentifier::new).ifPresent(generator::setReqPolicy);
        try {
            return new TimestampRequest(
                    imprint,
                    nonce,
                    generator
                            .generate(TSPAlgorithms.SHA256, imprint.bytes(), nonce)
                            .getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
    }

    /** DER, as it is sent. */
    public byte[] bytes() {
        return bytes.clone();
    }

    Hash imprint() {
        return imprint;
    }

    BigInteger nonce() {
        return nonce;
    }
}
