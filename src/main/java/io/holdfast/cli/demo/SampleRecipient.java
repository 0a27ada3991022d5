package io.holdfast.cli.demo;

import io.holdfast.bag.BagReader;
import io.holdfast.bag.Decryption;
import io.holdfast.bag.Manifest;
import io.holdfast.bag.PackageVerifier;
import io.holdfast.bag.RecipientCertificate;
import io.holdfast.bag.RecipientKey;
import io.holdfast.note.TrustPolicy;
import io.holdfast.note.VerifierKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The key of those who get packages, for one demonstration only, and what they do with one. */
final class SampleRecipient {

    private static final String CURVE = "secp256r1";
    private static final Duration VALID = Duration.ofDays(2);

    private final String certificate;
    private final String key;

    private SampleRecipient(String certificate, String key) {
        this.certificate = certificate;
        this.key = key;
    }

    static SampleRecipient generate(Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE));
            KeyPair keys = generator.generateKeyPair();
            X500Name name = new X500Name("CN=a sample authority");
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.ONE,
                    Date.from(now.minus(VALID)),
                    Date.from(now.plus(VALID)),
                    name,
                    keys.getPublic());
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyAgreement));
            byte[] der = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                    .getEncoded();
            return new SampleRecipient(
                    pem("CERTIFICATE", der),
                    pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("cannot make the key of the sample authorities", e);
        }
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    /** As it stands in the registry, as a block of YAML. */
    String yaml() {
        return "certificate: |\n" + certificate.indent(2);
    }

    /** A package that was opened: its files by name. */
    record Opened(Manifest manifest, SortedMap<String, byte[]> files) implements PackageVerifier.Contents {

        String text(String name) {
            return new String(files.get(name), StandardCharsets.UTF_8);
        }

        /** All pages, one after the other. */
        String data() {
            StringBuilder text = new StringBuilder();
            manifest.data().forEach(file -> text.append(text(file.name())));
            return text.toString();
        }

        @Override
        public SortedMap<String, Long> sizes() {
            SortedMap<String, Long> sizes = new TreeMap<>();
            files.forEach((name, bytes) -> sizes.put(name, (long) bytes.length));
            return sizes;
        }

        @Override
        public InputStream open(String name) {
            return new ByteArrayInputStream(files.get(name));
        }

        /** Against the log's key alone. */
        PackageVerifier.Result check(VerifierKey logKey, Instant now) {
            String policy = "log " + logKey + "\nquorum none\n";
            try {
                return PackageVerifier.verify(this, TrustPolicy.parse(policy.getBytes(StandardCharsets.UTF_8)), now);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    Opened open(byte[] cms) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try {
            ByteArrayOutputStream zip = new ByteArrayOutputStream();
            Decryption.decrypt(
                    new ByteArrayInputStream(cms),
                    RecipientCertificate.parse(certificate),
                    RecipientKey.parse(key, Optional.empty()),
                    zip);
            Manifest manifest =
                    BagReader.read(new ByteArrayInputStream(zip.toByteArray()), name -> keeping(name, files));
            return new Opened(manifest, files);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the package", e);
        }
    }

    private static OutputStream keeping(String name, SortedMap<String, byte[]> files) {
        return new ByteArrayOutputStream() {
            @Override
            public void close() {
                files.put(name, toByteArray());
            }
        };
    }
}
