package io.holdfast.bag;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedDataParser;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.Recipient;
import org.bouncycastle.cms.RecipientId;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.jcajce.JceKeyAgreeAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientId;
import org.bouncycastle.cms.jcajce.JceKeyTransAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientId;

/** Opens what {@link Encryption} made, while it is read. Memory does not grow with the content. */
public final class Decryption {

    private static final int BUFFER_BYTES = 1 << 16;

    private Decryption() {}

    /**
     * @param out what is written there is worth nothing unless this returns: the tag that vouches for all of it comes last
     * @throws PackageException if it is not for this certificate, does not open with this key, or was changed on its way
     */
    public static void decrypt(
            InputStream message, RecipientCertificate certificate, RecipientKey key, OutputStream out)
            throws IOException {
        copy(content(message, certificate, key), out);
        if (message.read() >= 0) {
            throw new PackageException("there is something after its end");
        }
    }

    private static InputStream content(InputStream message, RecipientCertificate certificate, RecipientKey key) {
        try {
            CMSAuthEnvelopedDataParser parser = new CMSAuthEnvelopedDataParser(message);
            if (!CMSAlgorithm.AES256_GCM.getId().equals(parser.getEncAlgOID())) {
                throw new PackageException("it is encrypted in another way than with AES-256-GCM");
            }
            RecipientInformation found = parser.getRecipientInfos().get(id(certificate));
            if (found == null) {
                throw new PackageException("it is encrypted for another certificate than this one");
            }
            return found.getContentStream(recipient(certificate, key)).getContentStream();
        } catch (PackageException e) {
            throw e;
        } catch (CMSException e) {
            throw new PackageException(
                    "it does not open: is the key the one of the certificate, and the file whole?", e);
        } catch (CertificateException e) {
            throw new PackageException("the certificate cannot be used", e);
        } catch (IOException | RuntimeException e) {
            // So the library refuses what is of another form: with a dozen kinds of exceptions, none of which is a
            // promise.
            throw new PackageException("it is no CMS AuthEnvelopedData, or a damaged one", e);
        }
    }

    /** What the library throws of a wrong tag is an IOException, and so is what a full disk throws: they must not be mixed up. */
    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
            out.write(buffer, 0, read);
        }
        out.flush();
    }

    private static int read(InputStream in, byte[] buffer) {
        try {
            return in.read(buffer);
        } catch (IOException | RuntimeException e) {
            throw new PackageException("it was changed on its way, or is not whole: do not use anything of it", e);
        }
    }

    private static RecipientId id(RecipientCertificate certificate) throws CertificateException {
        X509Certificate x509 = x509(certificate);
        return certificate.kind() == RecipientCertificate.Kind.RSA
                ? new JceKeyTransRecipientId(x509)
                : new JceKeyAgreeRecipientId(x509);
    }

    private static Recipient recipient(RecipientCertificate certificate, RecipientKey key) {
        return certificate.kind() == RecipientCertificate.Kind.RSA
                ? new JceKeyTransAuthEnvelopedRecipient(key.expose()).setProvider(Provider.BC)
                : new JceKeyAgreeAuthEnvelopedRecipient(key.expose()).setProvider(Provider.BC);
    }

    private static X509Certificate x509(RecipientCertificate certificate) throws CertificateException {
        return new JcaX509CertificateConverter().setProvider(Provider.BC).getCertificate(certificate.holder());
    }
}
