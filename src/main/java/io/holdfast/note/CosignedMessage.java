package io.holdfast.note;

import io.holdfast.tlog.Canonical;
import io.holdfast.tlog.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The bytes that a cosigner signs: a statement that, at this time, the checkpoint is the largest view of its log that
 * the cosigner knows, and fits every earlier one (c2sp.org/tlog-cosignature). Each form begins with words of its own,
 * so that a signature of one kind is never one of another.
 */
final class CosignedMessage {
    private static final byte[] SUBTREE = "subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_NAME = 255;

    private CosignedMessage() {}

    /** For type 0x04: two lines of header, then the text of the checkpoint. */
    static byte[] lines(Checkpoint checkpoint, long time) {
        return NoteText.bytes("cosignature/v1\ntime " + time + "\n" + checkpoint.text());
    }

    /** For type 0x06: the subtree from leaf 0 to the size of the tree, which is the whole tree. */
    static byte[] subtree(String cosigner, Checkpoint checkpoint, long time) {
        byte[] name = shortName("cosigner name", cosigner);
        byte[] origin = shortName("checkpoint origin", checkpoint.origin());
        byte[] root = checkpoint.root().bytes();
        return ByteBuffer.allocate(SUBTREE.length + 1 + name.length + 1 + origin.length + 3 * Long.BYTES + root.length)
                .put(SUBTREE)
                .put((byte) name.length)
                .put(name)
                .putLong(time)
                .put((byte) origin.length)
                .put(origin)
                .putLong(0)
                .putLong(checkpoint.size())
                .put(root)
                .array();
    }

    /** The length of a name has one byte in the message. */
    static byte[] shortName(String field, String name) {
        byte[] bytes = Canonical.utf8(field, name);
        if (bytes.length > LONGEST_NAME) {
            throw new MalformedException(field, "must be at most 255 bytes for ML-DSA-44", bytes.length);
        }
        return bytes;
    }
}
