package io.holdfast.note;

import io.holdfast.tlog.Canonical;
import io.holdfast.tlog.MalformedException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What a signature line says about its key: a name, and a number that tells keys of that name apart. It finds the key
 * and proves nothing, since anyone can make a key with the same label.
 */
public record KeyLabel(String name, int id) {
    static final int ID_BYTES = 4;
    private static final Pattern NAME = Pattern.compile("[^\\p{IsWhite_Space}\\x00-\\x1f+]+");

    public KeyLabel {
        Canonical.utf8("key name", name);
        if (!NAME.matcher(name).matches()) {
            throw new MalformedException(
                    "key name", "must not be empty or have spaces, control characters or a plus", name);
        }
    }

    /** The label of a key: its id is the first four bytes of SHA-256(name || 0x0A || type || key). */
    static KeyLabel of(String name, SignatureType type, byte[] key) {
        MessageDigest digest = sha256();
        digest.update(Canonical.utf8("key name", name));
        digest.update((byte) '\n');
        digest.update(type.code());
        return new KeyLabel(name, ByteBuffer.wrap(digest.digest(key)).getInt());
    }

    /** The id as eight hex digits. */
    public String hexId() {
        return HexFormat.of().toHexDigits(id);
    }

    /** For messages: {@code holdfast-2026 (77d0b1aa)}. */
    @Override
    public String toString() {
        return MalformedException.printable(name) + " (" + hexId() + ")";
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256, which every Java must have", e);
        }
    }
}
