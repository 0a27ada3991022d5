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
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Issues tokens for trying things out. Its key lies beside the data of a gateway that was started with
 * {@code --development}; no other gateway trusts it, and where there is no such key it issues nothing.
 */
public final class DevelopmentIssuer {

    public static final String NAME = "https://development.holdfast.invalid";

    private static final String FOLDER = "development";
    private static final String PUBLIC_KEY = "issuer.pub.pem";
    private static final String RULE = "*".repeat(78);
    private static final String AGENT = "le-agent";
    private static final List<String> ROLES = List.of(
            AGENT, "reviewer", "legal-operator", "legal-approver", "auditor", "platform-engineer", "report-editor");

    private static final String AUDIENCE = "holdfast";
    private static final int RSA_BITS = 2048;

    private final Path folder;

    public DevelopmentIssuer(Path data) {
        this.folder = data.resolve(FOLDER);
    }

    /** The file that the gateway is told to verify with. */
    public Path publicKey() {
        return folder.resolve(PUBLIC_KEY);
    }

    /** Whether a file is where the public key of such an issuer lies, of whatever gateway. */
    public static boolean isPublicKey(Path file) {
        return file.endsWith(Path.of(FOLDER, PUBLIC_KEY));
    }

    /**
     * What is said at the start, line by line: that this is for development, and how to be somebody for a quarter of an hour. The
     * commands are as a shell takes them.
     */
    public List<String> warning() {
        String data = "'" + folder.getParent().toString().replace("'", "'\\''") + "'";
        List<String> lines = new ArrayList<>();
        lines.add(RULE);
        lines.add("DEVELOPMENT ISSUER IN USE. Never serve real requests this way.");
        lines.add("Whoever can read " + folder + " can be anybody. Tokens of 15 minutes, for another terminal:");
        for (String role : ROLES) {
            String authority = role.equals(AGENT) ? " --authority hk-police" : "";
            lines.add("export HOLDFAST_TOKEN=$(holdfast token --data " + data + " --subject " + role + "-1 --role "
                    + role + authority + ")");
        }
        lines.add(RULE);
        return List.copyOf(lines);
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
     * @param locatedIn where the person is, by ISO 3166-1 codes; empty for nowhere in particular
     * @return a signed token
     */
    public String token(
            String subject,
            Set<String> roles,
            Optional<String> authority,
            Collection<String> locatedIn,
            Duration lifetime) {
        JwtClaimsBuilder claims = Jwt.issuer(NAME)
                .audience(AUDIENCE)
                .subject(subject)
                .upn(subject)
                .groups(roles)
                .expiresIn(lifetime);
        authority.ifPresent(id -> claims.claim("authority", id));
        if (!locatedIn.isEmpty()) {
            claims.claim("located-in", List.copyOf(locatedIn));
        }
        return claims.sign(readPrivateKey());
    }

    /** The key that a gateway must not trust unless it was started for development. */
    public PublicKey readPublicKey() {
        return read(publicKey(), (factory, der) -> factory.generatePublic(new X509EncodedKeySpec(der)));
    }

    private PrivateKey readPrivateKey() {
        return read(privateKey(), (factory, der) -> factory.generatePrivate(new PKCS8EncodedKeySpec(der)));
    }

    private interface Reader<K> {
        K read(KeyFactory factory, byte[] der) throws GeneralSecurityException;
    }

    private <K> K read(Path file, Reader<K> reader) {
        try {
            String pem = Files.readString(file, StandardCharsets.US_ASCII);
            byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
            return reader.read(KeyFactory.getInstance("RSA"), der);
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
