package io.holdfast.witness;

import io.holdfast.note.Cosigner;
import io.holdfast.note.Ed25519Key;
import io.holdfast.note.MlDsa44Key;
import io.holdfast.note.SignatureType;
import io.holdfast.tlog.Canonical;
import io.holdfast.tlog.MalformedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * The secret key of a cosigner with its name, readable by its owner only: one line as programs of the Go world write it,
 * {@code PRIVATE+KEY+name+hex id+base64(type || seed)}, with the id of the verifier key. A file that others may read is
 * refused: a secret that was exposed is not a secret.
 */
public final class KeyFile {
    private static final String START = "PRIVATE+KEY+";
    private static final int SEED_BYTES = 32;
    private static final int MOST_BYTES = 1024;

    private KeyFile() {}

    /** Generates a key of type 0x04 or 0x06, and writes it where no file is yet. */
    public static Cosigner create(Path file, String name, SignatureType type) {
        byte[] seed = type == SignatureType.ML_DSA_44
                ? MlDsa44Key.generate().exposeSecretSeed()
                : Ed25519Key.generate().exposeSecretSeed();
        Cosigner cosigner = cosigner(name, type.code(), seed);
        try {
            DurableFile.create(file, (line(cosigner, seed) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the key file " + file, e);
        }
        return cosigner;
    }

    /** @throws IllegalStateException if others may read it, or it is no such file */
    public static Cosigner read(Path file) {
        try {
            if (!Files.getPosixFilePermissions(file).equals(DurableFile.OWNER_ONLY)) {
                throw new IllegalStateException(
                        file + " may be read by others than its owner; run chmod 600 on it, and "
                                + "replace the key if anybody else had access");
            }
            if (Files.size(file) <= MOST_BYTES) {
                return parse(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the key file " + file, e);
        } catch (MalformedException e) {
            // Not told further: its message may quote a part of the key.
        }
        throw new IllegalStateException(file + " is not the key file of a cosigner; `holdfast witness key` makes one");
    }

    private static Cosigner parse(byte[] bytes) {
        String text = Canonical.utf8("key file", bytes);
        String[] parts = text.strip().split("\\+", 5);
        if (parts.length != 5 || !text.startsWith(START)) {
            throw new MalformedException("key file", "must be PRIVATE+KEY+name+id+base64", "(not shown)");
        }
        byte[] typed = Canonical.base64("key", parts[4]);
        if (typed.length != 1 + SEED_BYTES) {
            throw new MalformedException("key", "must be a type byte and 32 bytes of seed", typed.length);
        }
        byte[] seed = new byte[SEED_BYTES];
        System.arraycopy(typed, 1, seed, 0, seed.length);
        Cosigner cosigner = cosigner(parts[2], typed[0], seed);
        if (!(line(cosigner, seed) + "\n").equals(text)) {
            throw new MalformedException("key file", "must print back to the same text", "(not shown)");
        }
        return cosigner;
    }

    private static Cosigner cosigner(String name, byte type, byte[] seed) {
        if (type == SignatureType.ML_DSA_44.code()) {
            return Cosigner.of(name, MlDsa44Key.ofSeed(seed));
        }
        if (type == SignatureType.ED25519_COSIGNATURE.code()) {
            return Cosigner.of(name, Ed25519Key.ofSeed(seed));
        }
        throw new MalformedException("key type", "must be 0x04 or 0x06", type);
    }

    private static String line(Cosigner cosigner, byte[] seed) {
        byte[] typed = new byte[1 + SEED_BYTES];
        typed[0] = cosigner.verifierKey().type().code();
        System.arraycopy(seed, 0, typed, 1, SEED_BYTES);
        var label = cosigner.verifierKey().label();
        return START + label.name() + "+" + label.hexId() + "+"
                + Base64.getEncoder().encodeToString(typed);
    }
}
