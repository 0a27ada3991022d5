package io.holdfast.store;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * PKCS#8 under a passphrase: PBES2 of RFC 8018 with PBKDF2-HMAC-SHA-512 and AES-256-CBC, which OpenSSL and Java's keytool
 * open. What was written in another way is not opened.
 *
 * <p>All that one safe holds has one salt, so that a gateway derives once and not once for each key; whoever guesses the
 * passphrase has all of them anyway. The block chain does not tell a damaged secret from a whole one: whoever uses this
 * checks what comes out.
 */
final class Pbes2 {

    /** What the OWASP Password Storage Cheat Sheet asks of PBKDF2-HMAC-SHA-512. */
    static final int ITERATIONS = 210_000;

    private static final int MOST_ITERATIONS = 10_000_000;
    private static final int SALT_BYTES = 32;
    private static final int IV_BYTES = 16;
    private static final int KEY_BITS = 256;
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final AlgorithmIdentifier HMAC_SHA_512 =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA512, DERNull.INSTANCE);

    private final Passphrase passphrase;

    Pbes2(Passphrase passphrase) {
        this.passphrase = passphrase;
    }

    static byte[] newSalt() {
        return random(SALT_BYTES);
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }

    /** @param privateKey DER of a PKCS#8 PrivateKeyInfo */
    EncryptedPrivateKeyInfo seal(byte[] privateKey, byte[] salt) {
        byte[] iv = random(IV_BYTES);
        PBES2Parameters parameters = new PBES2Parameters(
                new KeyDerivationFunc(
                        PKCSObjectIdentifiers.id_PBKDF2, new PBKDF2Params(salt, ITERATIONS, HMAC_SHA_512)),
                new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(iv)));
        try {
            return new EncryptedPrivateKeyInfo(
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, parameters),
                    cipher(Cipher.ENCRYPT_MODE, salt, ITERATIONS, iv).doFinal(privateKey));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES", e);
        }
    }

    /** The salt that a sealed key was sealed with; nothing if it was sealed in another way. */
    static Optional<byte[]> salt(EncryptedPrivateKeyInfo sealed) {
        return derivation(sealed).map(PBKDF2Params::getSalt);
    }

    private static Optional<PBKDF2Params> derivation(EncryptedPrivateKeyInfo sealed) {
        try {
            PBES2Parameters parameters =
                    PBES2Parameters.getInstance(sealed.getEncryptionAlgorithm().getParameters());
            PBKDF2Params derivation =
                    PBKDF2Params.getInstance(parameters.getKeyDerivationFunc().getParameters());
            boolean isOurs = sealed.getEncryptionAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)
                    && parameters.getKeyDerivationFunc().getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2)
                    && derivation.getPrf().equals(HMAC_SHA_512)
                    && derivation.getIterationCount().bitLength() < Integer.SIZE
                    && derivation.getIterationCount().intValueExact() >= ITERATIONS
                    && derivation.getIterationCount().intValueExact() <= MOST_ITERATIONS
                    && parameters.getEncryptionScheme().getAlgorithm().equals(NISTObjectIdentifiers.id_aes256_CBC);
            return isOurs ? Optional.of(derivation) : Optional.empty();
        } catch (IllegalArgumentException | NullPointerException e) {
            return Optional.empty(); // so Bouncy Castle refuses what is of another form, or not there
        }
    }

    /** Nothing if it was sealed in another way or with another passphrase, or is damaged. */
    Optional<byte[]> exposePrivateKey(EncryptedPrivateKeyInfo sealed) {
        Optional<PBKDF2Params> derivation = derivation(sealed);
        if (derivation.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] iv = ASN1OctetString.getInstance(PBES2Parameters.getInstance(
                                    sealed.getEncryptionAlgorithm().getParameters())
                            .getEncryptionScheme()
                            .getParameters())
                    .getOctets();
            Cipher cipher = cipher(
                    Cipher.DECRYPT_MODE,
                    derivation.get().getSalt(),
                    derivation.get().getIterationCount().intValueExact(),
                    iv);
            return Optional.of(cipher.doFinal(sealed.getEncryptedData()));
        } catch (BadPaddingException | IllegalBlockSizeException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (java.security.InvalidAlgorithmParameterException e) {
            return Optional.empty(); // an IV of another length
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES", e);
        }
    }

    private Cipher cipher(int mode, byte[] salt, int iterations, byte[] iv) throws GeneralSecurityException {
        byte[] key = passphrase.derive(
                "pbkdf2/" + iterations + "/" + HexFormat.of().formatHex(salt), () -> derive(salt, iterations));
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
        return cipher;
    }

    private byte[] derive(byte[] salt, int iterations) {
        char[] secret = passphrase.expose();
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(new PBEKeySpec(secret, salt, iterations, KEY_BITS))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has PBKDF2", e);
        } finally {
            Arrays.fill(secret, ' ');
        }
    }

    static byte[] der(org.bouncycastle.asn1.ASN1Object object) {
        try {
            return object.getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
    }
}
