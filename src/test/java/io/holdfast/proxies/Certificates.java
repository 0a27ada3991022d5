package io.holdfast.proxies;

import io.holdfast.fixture.CallerIssuer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** A server's certificate and those of clients, made for one test with Java's own tool; each vouches for itself. */
final class Certificates {

    private static final String WORD = "changeit";

    private final Path folder;

    /** Writes {@code server.pem}, with its key, and {@code clients.pem}, with those that a proxy knows. */
    Certificates(Path folder, List<String> known) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            make("server");
            StringBuilder clients = new StringBuilder();
            for (String client : known) {
                make(client);
                clients.append(pem("CERTIFICATE", der(client)));
            }
            Files.writeString(folder.resolve("clients.pem"), clients);
            byte[] key = store("server").getKey("server", WORD.toCharArray()).getEncoded();
            Files.writeString(
                    folder.resolve("server.pem"), pem("CERTIFICATE", der("server")) + pem("PRIVATE KEY", key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One that no proxy knows, or that it does. */
    void make(String name) {
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        try {
            Process process = new ProcessBuilder(
                            tool,
                            "-genkeypair",
                            "-alias",
                            name,
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-dname",
                            "CN=" + name,
                            "-ext",
                            "san=ip:127.0.0.1",
                            "-validity",
                            "2",
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            WORD,
                            "-keystore",
                            file(name).toString())
                    .inheritIO()
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool made no certificate");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Path file(String name) {
        return folder.resolve(name + ".p12");
    }

    private KeyStore store(String name) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file(name))) {
            store.load(in, WORD.toCharArray());
        }
        return store;
    }

    byte[] der(String name) {
        try {
            return ((X509Certificate) store(name).getCertificate(name)).getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String thumbprint(String name) {
        return CallerIssuer.thumbprint(der(name));
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    /** For a client that has this certificate, or none; it knows the server. */
    SSLSocketFactory client(Optional<String> name) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("server", store("server").getCertificate("server"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            TrustManager[] trusting = trust.getTrustManagers();
            KeyManager[] keys = new KeyManager[0];
            if (name.isPresent()) {
                KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                own.init(store(name.get()), WORD.toCharArray());
                keys = own.getKeyManagers();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trusting, new SecureRandom());
            return context.getSocketFactory();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
