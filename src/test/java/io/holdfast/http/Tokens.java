package io.holdfast.http;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;

/** Tokens as the operator's issuer signs them, and some that it never would. */
final class Tokens {

    static final String ISSUER = "https://issuer.test.invalid";

    private Tokens() {}

    /** @return the key to verify with, a PEM */
    static String writeKeys(Path folder) throws IOException {
        KeyPair pair = RunningGateway.rsa().generateKeyPair();
        Files.write(folder.resolve("issuer.key"), pair.getPrivate().getEncoded());
        return pem(pair.getPublic());
    }

    static String pem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    static PrivateKey key() {
        try {
            byte[] der = Files.readAllBytes(Gateways.folder().resolve("issuer.key"));
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static JwtClaimsBuilder claims(String subject, String... roles) {
        return Jwt.issuer(ISSUER)
                .audience("holdfast")
                .subject(subject)
                .upn(subject)
                .groups(new HashSet<>(List.of(roles)))
                .expiresIn(Duration.ofMinutes(10));
    }

    static String of(String subject, String... roles) {
        return claims(subject, roles).sign(key());
    }

    static String agent(String authority) {
        return agent(authority, "agent-1");
    }

    static String agent(String authority, String subject) {
        return claims(subject, Caller.AGENT).claim("authority", authority).sign(key());
    }

    static String reviewer(int number) {
        return of("reviewer-" + number, Caller.REVIEWER);
    }

    static String legal() {
        return of("legal-operator-1", Caller.LEGAL_OPERATOR);
    }

    static String auditor() {
        return of("auditor-1", Caller.AUDITOR);
    }
}
