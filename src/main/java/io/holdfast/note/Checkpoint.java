package io.holdfast.note;

import io.holdfast.tlog.Canonical;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.MalformedException;
import java.util.Collection;

/**
 * What a log signs: how many entries it has, and the root of the tree over them (c2sp.org/tlog-checkpoint). We neither
 * write nor accept extension lines.
 */
public record Checkpoint(String origin, long size, Hash root) {

    public Checkpoint {
        if (origin.isEmpty() || origin.contains("\n")) {
            throw new MalformedException("checkpoint origin", "must be one line that is not empty", origin);
        }
        NoteText.checkCharacters("checkpoint origin", origin);
        if (size < 0) {
            throw new MalformedException("checkpoint size", "must not be negative", size);
        }
        if (size == 0 && !root.equals(Hash.ofNothing())) {
            throw new MalformedException("checkpoint root", "must be the SHA-256 of nothing at size 0", root.base64());
        }
    }

    /** Reads the text of a note. Read only text whose signature was checked; {@link #open} does both. */
    public static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length != 4 || !lines[3].isEmpty()) {
            throw new MalformedException("checkpoint", "must be three lines: origin, size and root", text);
        }
        Checkpoint parsed =
                new Checkpoint(lines[0], Canonical.decimal("checkpoint size", lines[1]), Hash.parseBase64(lines[2]));
        if (!parsed.text().equals(text)) {
            throw new MalformedException("checkpoint", "must print back to the same text", text);
        }
        return parsed;
    }

    /**
     * Reads a signed checkpoint of the log with this origin. The keys are the log's own: a witness's key among them
     * would let a checkpoint pass that the log never signed.
     */
    public static Checkpoint open(byte[] bytes, Collection<VerifierKey> keys, String origin) {
        OpenedNote opened = new Opening("checkpoint", SignedNote.parse(bytes)).with(keys);
        Checkpoint checkpoint = parse(opened.text());
        if (!checkpoint.origin.equals(origin)) {
            throw new UntrustedException("checkpoint is of the log " + MalformedException.printable(checkpoint.origin)
                    + ", expected " + MalformedException.printable(origin) + "; is it the right log?");
        }
        return checkpoint;
    }

    public SignedNote sign(NoteSigner... signers) {
        return SignedNote.sign(text(), signers);
    }

    /** Three lines: origin, size, root in base64. */
    public String text() {
        return origin + "\n" + size + "\n" + root.base64() + "\n";
    }
}
