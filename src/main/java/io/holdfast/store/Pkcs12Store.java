package io.holdfast.store;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.AuthenticatedSafe;
import org.bouncycastle.asn1.pkcs.CertBag;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.pkcs.SafeBag;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.crypto.PBEParametersGenerator;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS12ParametersGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * The bytes of a PKCS#12 store, RFC 7292, as Holdfast writes it: each private key in a shrouded bag under the name of the
 * key, its certificate beside it, and each master key in a secret bag as Java's keytool makes it. Names and public keys are
 * in the open. HMAC-SHA-512 seals the whole. Stores of others are not read.
 */
final class Pkcs12Store {

    /** Two hashes in PBKDF2's step and one in this: so that guessing at the seal is not cheaper than at a key. */
    private static final int SEAL_ITERATIONS = 2 * Pbes2.ITERATIONS;

    private static final int MOST_ITERATIONS = 20_000_000;
    private static final int SHA_512_BYTES = 64;

    /** @param certificate nothing for a master key */
    record Held(EncryptedPrivateKeyInfo sealed, Optional<Certificate> certificate) {}

    private final Pfx pfx;
    private final Map<KeyName, Held> keys;

    private Pkcs12Store(Pfx pfx, Map<KeyName, Held> keys) {
        this.pfx = pfx;
        this.keys = keys;
    }

    Map<KeyName, Held> keys() {
        return keys;
    }

    byte[] bytes() {
        return Pbes2.der(pfx);
    }

    static Pkcs12Store of(Map<KeyName, Held> keys, Passphrase passphrase) {
        ASN1EncodableVector bags = new ASN1EncodableVector();
        keys.forEach((name, held) -> {
            bags.add(bag(name, held.sealed()));
            held.certificate()
                    .ifPresent(certificate -> bags.add(new SafeBag(
                            PKCSObjectIdentifiers.certBag,
                            new CertBag(
                                    PKCSObjectIdentifiers.x509Certificate, new DEROctetString(Pbes2.der(certificate))),
                            attributes(name))));
        });
        AuthenticatedSafe safe = new AuthenticatedSafe(new ContentInfo[] {data(Pbes2.der(new DERSequence(bags)))});
        byte[] content = Pbes2.der(safe);
        byte[] salt = Pbes2.newSalt();
        DigestInfo seal = new DigestInfo(
                new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha512, DERNull.INSTANCE),
                seal(content, salt, SEAL_ITERATIONS, passphrase));
        return new Pkcs12Store(new Pfx(data(content), new MacData(seal, salt, SEAL_ITERATIONS)), keys);
    }

    private static ContentInfo data(byte[] bytes) {
        return new ContentInfo(PKCSObjectIdentifiers.data, new DEROctetString(bytes));
    }

    private static SafeBag bag(KeyName name, EncryptedPrivateKeyInfo sealed) {
        return name.kind() == KeyKind.VAULT
                ? new SafeBag(PKCSObjectIdentifiers.secretBag, secret(sealed), attributes(name))
                : new SafeBag(PKCSObjectIdentifiers.pkcs8ShroudedKeyBag, sealed, attributes(name));
    }

    private static ASN1Encodable secret(EncryptedPrivateKeyInfo sealed) {
        ASN1EncodableVector secret = new ASN1EncodableVector();
        secret.add(PKCSObjectIdentifiers.pkcs8ShroudedKeyBag);
        secret.add(new DERTaggedObject(true, 0, new DEROctetString(Pbes2.der(sealed))));
        return new DERSequence(secret);
    }

    private static ASN1Set attributes(KeyName name) {
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(attribute(PKCSObjectIdentifiers.pkcs_9_at_friendlyName, new DERBMPString(name.toString())));
        attributes.add(attribute(
                PKCSObjectIdentifiers.pkcs_9_at_localKeyId,
                new DEROctetString(name.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII))));
        return new DERSet(attributes);
    }

    private static Attribute attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
        return new Attribute(type, new DERSet(value));
    }

    /** Nothing if that is no such store. Opens nothing, and does not look at the seal. */
    static Optional<Pkcs12Store> parse(byte[] bytes) {
        try {
            Pfx pfx = Pfx.getInstance(bytes);
            Map<KeyName, Held> keys = new LinkedHashMap<>();
            for (ContentInfo part : AuthenticatedSafe.getInstance(content(pfx)).getContentInfo()) {
                for (ASN1Encodable each : ASN1Sequence.getInstance(
                        ASN1OctetString.getInstance(part.getContent()).getOctets())) {
                    add(SafeBag.getInstance(each), keys);
                }
            }
            Pkcs12Store store = new Pkcs12Store(pfx, keys);
            return MessageDigest.isEqual(store.bytes(), bytes) && pfx.getMacData() != null
                    ? Optional.of(store)
                    : Optional.empty();
        } catch (IllegalArgumentException
                | IllegalStateException
                | ClassCastException
                | ArithmeticException
                | IndexOutOfBoundsException
                | NullPointerException e) {
            return Optional.empty(); // so Bouncy Castle refuses what is of another form, or not there
        }
    }

    private static byte[] content(Pfx pfx) {
        return ASN1OctetString.getInstance(pfx.getAuthSafe().getContent()).getOctets();
    }

    private static void add(SafeBag bag, Map<KeyName, Held> keys) {
        KeyName name = name(bag);
        if (bag.getBagId().equals(PKCSObjectIdentifiers.certBag)) {
            Certificate certificate = Certificate.getInstance(ASN1OctetString.getInstance(
                            CertBag.getInstance(bag.getBagValue()).getCertValue())
                    .getOctets());
            keys.computeIfPresent(name, (key, held) -> new Held(held.sealed(), Optional.of(certificate)));
        } else {
            keys.put(name, new Held(sealed(bag), Optional.empty()));
        }
    }

    private static EncryptedPrivateKeyInfo sealed(SafeBag bag) {
        if (bag.getBagId().equals(PKCSObjectIdentifiers.secretBag)) {
            ASN1TaggedObject value = ASN1TaggedObject.getInstance(
                    ASN1Sequence.getInstance(bag.getBagValue()).getObjectAt(1));
            return EncryptedPrivateKeyInfo.getInstance(
                    ASN1OctetString.getInstance(value, true).getOctets());
        }
        return EncryptedPrivateKeyInfo.getInstance(bag.getBagValue());
    }

    private static KeyName name(SafeBag bag) {
        for (ASN1Encodable each : bag.getBagAttributes()) {
            Attribute attribute = Attribute.getInstance(each);
            if (attribute.getAttrType().equals(PKCSObjectIdentifiers.pkcs_9_at_friendlyName)) {
                String text = DERBMPString.getInstance(attribute.getAttrValues().getObjectAt(0))
                        .getString();
                return KeyName.parse(text)
                        .orElseThrow(() -> new IllegalArgumentException("holds what is no key of Holdfast"));
            }
        }
        throw new IllegalArgumentException("holds a key without a name");
    }

    /** Whether it was written with this passphrase and not changed since. */
    boolean isSealedWith(Passphrase passphrase) {
        MacData seal = pfx.getMacData();
        boolean isOurs = seal.getMac().getAlgorithmId().getAlgorithm().equals(NISTObjectIdentifiers.id_sha512)
                && seal.getIterationCount().bitLength() < Integer.SIZE
                && seal.getIterationCount().intValueExact() >= SEAL_ITERATIONS
                && seal.getIterationCount().intValueExact() <= MOST_ITERATIONS;
        return isOurs
                && MessageDigest.isEqual(
                        seal(
                                content(pfx),
                                seal.getSalt(),
                                seal.getIterationCount().intValueExact(),
                                passphrase),
                        seal.getMac().getDigest());
    }

    private static byte[] seal(byte[] content, byte[] salt, int iterations, Passphrase passphrase) {
        HMac hmac = new HMac(new SHA512Digest());
        hmac.init(new KeyParameter(passphrase.derive(
                "pkcs12/" + iterations + "/" + HexFormat.of().formatHex(salt),
                () -> sealKey(salt, iterations, passphrase))));
        hmac.update(content, 0, content.length);
        byte[] seal = new byte[hmac.getMacSize()];
        hmac.doFinal(seal, 0);
        return seal;
    }

    /** RFC 7292 appendix B. */
    private static byte[] sealKey(byte[] salt, int iterations, Passphrase passphrase) {
        PKCS12ParametersGenerator generator = new PKCS12ParametersGenerator(new SHA512Digest());
        generator.init(PBEParametersGenerator.PKCS12PasswordToBytes(passphrase.expose()), salt, iterations);
        return ((KeyParameter) generator.generateDerivedMacParameters(SHA_512_BYTES * Byte.SIZE)).getKey();
    }
}
