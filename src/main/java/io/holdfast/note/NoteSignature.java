package io.holdfast.note;

import io.holdfast.tlog.Canonical;
import io.holdfast.tlog.MalformedException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/** One signature line of a note, whether or not anyone here knows the key. Equal by value. */
public final class NoteSignature {
    private static final String START = "\u2014 ";

    private final KeyLabel label;
    private final byte[] bytes;

    public NoteSignature(KeyLabel label, byte[] bytes) {
        if (bytes.length == 0) {
            throw new MalformedException("signature of " + label, "must not be empty", bytes.length);
        }
        this.label = label;
        this.bytes = bytes.clone();
    }

    /**
     * Reads a line, given without its newline: em dash, name, base64 of key id and signature, one space between each.
     */
    static NoteSignature parse(String line) {
        int end = line.indexOf(' ', START.length());
        if (!line.startsWith(START) || end < 0) {
            throw new MalformedException("signature line", "must be an em dash, a name and base64", line);
        }
        byte[] idAndSignature = Canonical.base64("signature line", line.substring(end + 1));
        if (idAndSignature.length <= KeyLabel.ID_BYTES) {
            throw new MalformedException("signature line", "must hold a key id and a signature", line);
        }
        int id = ByteBuffer.wrap(idAndSignature).getInt();
        KeyLabel label = new KeyLabel(line.substring(START.length(), end), id);
        return new NoteSignature(label, Arrays.copyOfRange(idAndSignature, KeyLabel.ID_BYTES, idAndSignature.length));
    }

    public KeyLabel label() {
        return label;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** The line in a note, without its newline. */
    public String line() {
        byte[] idAndSignature = ByteBuffer.allocate(KeyLabel.ID_BYTES + bytes.length)
                .putInt(label.id())
                .put(bytes)
                .array();
        return START + label.name() + " " + Base64.getEncoder().encodeToString(idAndSignature);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteSignature that && label.equals(that.label) && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * label.hashCode() + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "signature by " + label;
    }
}
