package io.holdfast.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;

/**
 * One PEM file for each key, encrypted with a passphrase: what {@code openssl pkcs8} reads, below a line that says which key
 * it is.
 *
 * <pre>
 * fingerprint 3f2a91c077d0b1aa
 * -----BEGIN ENCRYPTED PRIVATE KEY-----
 * MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAg...
 * -----END ENCRYPTED PRIVATE KEY-----
 * </pre>
 *
 * The fingerprint is public. Without it a flipped bit in the file would be another key, and a master key that is another
 * one opens nothing.
 */
final class EncryptedPemFiles extends FileForEachKey {

    private static final String FINGERPRINT = "fingerprint ";

    private final Pbes2 pbes2;

    EncryptedPemFiles(Path folder, Passphrase passphrase) {
        super(folder, ".p8");
        this.pbes2 = new Pbes2(passphrase);
    }

    @Override
    public KeyForm form() {
        return KeyForm.PASSPHRASE;
    }

    @Override
    String write(KeyName name, KeySecret secret) throws IOException {
        KeyKind kind = name.kind();
        EncryptedPrivateKeyInfo sealed = pbes2.seal(kind.pkcs8(secret.expose()), salt());
        return FINGERPRINT + secret.fingerprint(kind) + "\n" + Pem.write(label(kind), Pbes2.der(sealed));
    }

    /** That of the other files here: see {@link Pbes2}. */
    private byte[] salt() throws IOException {
        for (KeyName name : names()) {
            Optional<byte[]> salt = sealed(name, Files.readString(file(name), StandardCharsets.ISO_8859_1))
                    .flatMap(Pbes2::salt);
            if (salt.isPresent()) {
                return salt.get();
            }
        }
        return Pbes2.newSalt();
    }

    /** Its master keys are no private keys, so they are not labelled as such. */
    private static String label(KeyKind kind) {
        return kind == KeyKind.VAULT ? "HOLDFAST ENCRYPTED MASTER KEY" : "ENCRYPTED PRIVATE KEY";
    }

    private static Optional<EncryptedPrivateKeyInfo> sealed(KeyName name, String text) {
        int line = text.indexOf('\n');
        if (!text.startsWith(FINGERPRINT) || line < 0) {
            return Optional.empty();
        }
        return Pem.read(label(name.kind()), text.substring(line + 1)).flatMap(EncryptedPemFiles::parse);
    }

    private static Optional<EncryptedPrivateKeyInfo> parse(byte[] der) {
        try {
            return Optional.of(EncryptedPrivateKeyInfo.getInstance(der));
        } catch (IllegalArgumentException | IllegalStateException | NullPointerException e) {
            return Optional.empty(); // so Bouncy Castle refuses what is of another form, or not there
        }
    }

    @Override
    Optional<byte[]> read(KeyName name, String text) {
        Optional<EncryptedPrivateKeyInfo> sealed = sealed(name, text);
        if (sealed.flatMap(Pbes2::salt).isEmpty()) {
            return Optional.empty();
        }
        String fingerprint = text.substring(FINGERPRINT.length(), text.indexOf('\n'));
        return Optional.of(sealed.flatMap(pbes2::exposePrivateKey)
                .flatMap(name.kind()::ofPkcs8)
                .filter(secret -> KeySecret.of(secret).fingerprint(name.kind()).equals(fingerprint))
                .orElseThrow(() -> new IllegalStateException(file(name) + " does not open with the passphrase that is "
                        + "given: it is another one, or the file is damaged; give the right one, or restore the file "
                        + "from its backup")));
    }
}
