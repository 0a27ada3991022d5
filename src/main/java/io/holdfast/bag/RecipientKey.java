package io.holdfast.bag;

import io.holdfast.audit.UnreadableException;
import java.io.IOException;
import java.io.StringReader;
import java.security.PrivateKey;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/** The private key of an authority, which stays with it: only the commands that open a package read one. */
public final class RecipientKey {

    private final PrivateKey key;

    private RecipientKey(PrivateKey key) {
        this.key = key;
    }

    /**
     * Reads the first private key of a PEM text: PKCS#8, plain or under a passphrase, or what OpenSSL wrote before that.
     *
     * @throws UnreadableException if there is none, or the passphrase is missing or wrong; it never quotes either
     */
    public static RecipientKey parse(String pem, Optional<char[]> passphrase) {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            for (Object read = parser.readObject(); read != null; read = parser.readObject()) {
                Optional<PrivateKeyInfo> found = key(read, passphrase);
                if (found.isPresent()) {
                    return new RecipientKey(
                            new JcaPEMKeyConverter().setProvider(Provider.BC).getPrivateKey(found.get()));
                }
            }
        } catch (PKCSException | OperatorCreationException e) {
            throw new UnreadableException("the private key does not open: is the passphrase the right one?");
        } catch (PEMException e) {
            throw new UnreadableException("the private key cannot be read");
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableException("the private key is not in PEM");
        }
        throw new UnreadableException("there is no private key in PEM: -----BEGIN PRIVATE KEY----- and so on");
    }

    private static Optional<PrivateKeyInfo> key(Object read, Optional<char[]> passphrase)
            throws PKCSException, OperatorCreationException {
        if (read instanceof PrivateKeyInfo plain) {
            return Optional.of(plain);
        }
        if (read instanceof PEMKeyPair pair) {
            return Optional.of(pair.getPrivateKeyInfo());
        }
        if (read instanceof PKCS8EncryptedPrivateKeyInfo sealed) {
            char[] secret = passphrase.orElseThrow(
                    () -> new UnreadableException("the private key is under a passphrase; give it too"));
            return Optional.of(sealed.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(Provider.BC)
                    .build(secret)));
        }
        if (read instanceof PEMEncryptedKeyPair) {
            throw new UnreadableException("the private key is under a passphrase in an old form; write it anew with"
                    + " openssl pkcs8 -topk8");
        }
        return Optional.empty();
    }

    PrivateKey expose() {
        return key;
    }

    @Override
    public String toString() {
        return "private key";
    }
}
