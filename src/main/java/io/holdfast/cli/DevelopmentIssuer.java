package io.holdfast.cli;

import io.holdfast.store.DataFolder;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * Issues tokens for trying things out. Its key lies beside the data of a gateway that was started with
 * {@code --development}; no other gateway trusts it, and where there is no such key it issues nothing.
 */
public final class DevelopmentIssuer {

    public static final String NAME = "https://development.holdfast.invalid";

    private static final String AUDIENCE = "holdfast";
    private static final int RSA_BITS = 2048;

    private final Path folder;

    public DevelopmentIssuer(Path data) {
        this.folder = data.resolve("development");
    }

    /** The file that the gateway is told to verify with. */
    public Path publicKey() {
        return folder.resolve("issuer.pub.pem");
    }

    private Path privateKey() {
        return folder.resolve("issuer.pem");
    }

    public boolean exists() {
        return Files.exists(publicKey()) && Files.exists(privateKey());
    }

    /** Makes the key pair, if there is none yet. */
    public void create() {
        if (exists()) {
            return;
        }
        try {
            DataFolder.create(folder);
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RSA_BITS);
            KeyPair pair = generator.generateKeyPair();
            Files.deleteIfExists(privateKey());
            Files.createFile(
                    privateKey(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(privateKey(), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            Files.writeString(publicKey(), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a development key in " + folder, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has RSA", e);
        }
    }

    /**
     * @param authority the enrolled authority that a law-enforcement agent acts for
     * @return a signed token
     */
    public String token(String subject, Set<String> roles, Optional<String> authority, Duration lifetime) {
        JwtClaimsBuilder claims = Jwt.issuer(NAME)
                .audience(AUDIENCE)
                .subject(subject)
                .upn(subject)
                .groups(roles)
                .expiresIn(lifetime);
        authority.ifPresent(id -> claims.claim("authority", id));
        return claims.sign(readPrivateKey());
    }

    private PrivateKey readPrivateKey() {
        try {
            String pem = Files.readString(privateKey(), StandardCharsets.US_ASCII);
            byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the development key in " + folder, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the development key in " + folder + " is damaged; delete the folder", e);
        }
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }
}
