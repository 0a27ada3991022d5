package io.holdfast.witness;

import io.holdfast.note.SignedNote;
import io.holdfast.tlog.Canonical;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.MalformedException;
import java.util.Arrays;
import java.util.List;

/**
 * What a log sends to a witness: how large its tree was when the witness cosigned it last, the proof that it only grew,
 * and the checkpoint to cosign. The package comment has its form.
 */
record AddCheckpoint(long oldSize, List<Hash> proof, SignedNote checkpoint) {
    static final int MOST_HASHES = 63;

    /** A note of the largest size, and room for the lines above it. */
    static final int MOST_BYTES = SignedNote.MOST_BYTES + 4096;

    private static final String OLD = "old ";
    private static final String EMPTY_LINE = "\n\n";

    AddCheckpoint {
        proof = List.copyOf(proof);
        if (oldSize < 0) {
            throw new MalformedException("old size", "must not be negative", oldSize);
        }
        if (proof.size() > MOST_HASHES) {
            throw new MalformedException("consistency proof", "must have at most 63 hashes", proof.size());
        }
    }

    static AddCheckpoint parse(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new MalformedException("request", "must be at most " + MOST_BYTES + " bytes", bytes.length);
        }
        String text = Canonical.utf8("request", bytes);
        int end = text.indexOf(EMPTY_LINE);
        if (end < 0) {
            throw new MalformedException("request", "must have an empty line before the checkpoint", text);
        }
        List<String> lines = Arrays.asList(text.substring(0, end).split("\n", -1));
        if (!lines.get(0).startsWith(OLD)) {
            throw new MalformedException("request", "must begin with \"old \" and a size", lines.get(0));
        }
        long oldSize = Canonical.decimal("old size", lines.get(0).substring(OLD.length()));
        List<Hash> proof = lines.stream().skip(1).map(Hash::parseBase64).toList();
        String note = text.substring(end + EMPTY_LINE.length());
        AddCheckpoint parsed = new AddCheckpoint(oldSize, proof, SignedNote.parse(Canonical.utf8("checkpoint", note)));
        if (!Arrays.equals(parsed.print(), bytes)) {
            throw new MalformedException("request", "must print back to the same bytes", text);
        }
        return parsed;
    }

    byte[] print() {
        StringBuilder out = new StringBuilder(OLD).append(oldSize).append('\n');
        proof.forEach(hash -> out.append(hash.base64()).append('\n'));
        out.append('\n').append(Canonical.utf8("checkpoint", checkpoint.print()));
        return Canonical.utf8("request", out.toString());
    }

    /** The log that the checkpoint speaks for; nobody has checked yet that it may. */
    String origin() {
        return checkpoint.text().substring(0, checkpoint.text().indexOf('\n'));
    }
}
