package io.holdfast.note;

import io.holdfast.tlog.Canonical;
import io.holdfast.tlog.MalformedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * A text and the signatures under it (c2sp.org/signed-note), as read or written. Having one proves nothing about who
 * signed it; {@link #open} does.
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
    public static final int MOST_SIGNATURES = 64;

    /** Room for 16 signatures of the largest kind in sight, nearly 5 kB each before base64, which must be accepted. */
    public static final int MOST_BYTES = 128 * 1024;

    private static final String EMPTY_LINE = "\n\n";

    public SignedNote {
        signatures = List.copyOf(signatures);
        NoteText.bytes(text);
        if (signatures.isEmpty() || signatures.size() > MOST_SIGNATURES) {
            throw new MalformedException("note", "must have 1 to 64 signatures", signatures.size());
        }
        checkLength(print(text, signatures).length);
    }

    public static SignedNote sign(String text, NoteSigner... signers) {
        return new SignedNote(
                text, Stream.of(signers).map(signer -> signer.sign(text)).toList());
    }

    public static SignedNote parse(byte[] bytes) {
        checkLength(bytes.length);
        String note = Canonical.utf8("note", bytes);
        NoteText.checkCharacters("note", note);
        // The text may have empty lines of its own, so it is the last one that ends it.
        int end = note.lastIndexOf(EMPTY_LINE);
        if (end < 0) {
            throw new MalformedException("note", "must have an empty line before its signatures", note);
        }
        String below = note.substring(end + EMPTY_LINE.length());
        if (!below.endsWith("\n")) {
            throw new MalformedException("note", "must end in signature lines with a newline each", below);
        }
        List<NoteSignature> signatures = below.lines().map(NoteSignature::parse).toList();
        SignedNote parsed = new SignedNote(note.substring(0, end + 1), signatures);
        if (!Arrays.equals(parsed.print(), bytes)) {
            throw new MalformedException("note", "must print back to the same bytes", note);
        }
        return parsed;
    }

    /** Reads a note and checks who signed it: {@link #parse}, then {@link #open(Collection)}. */
    public static OpenedNote open(byte[] bytes, Collection<VerifierKey> keys) {
        return parse(bytes).open(keys);
    }

    /**
     * Checks the signatures against the keys we know. Signatures by others are passed over, whatever they are. Throws
     * {@link UntrustedException} when a key we know did not make the signature that bears its label, or when none of
     * them signed.
     */
    public OpenedNote open(Collection<VerifierKey> keys) {
        return new Opening("note", this).with(keys);
    }

    /** The same note with one more signature under it. */
    public SignedNote with(NoteSignature signature) {
        List<NoteSignature> more = new ArrayList<>(signatures);
        more.add(signature);
        return new SignedNote(text, more);
    }

    public byte[] print() {
        return print(text, signatures);
    }

    private static byte[] print(String text, List<NoteSignature> signatures) {
        StringBuilder out = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> out.append(signature.line()).append('\n'));
        return Canonical.utf8("note", out.toString());
    }

    private static void checkLength(int length) {
        if (length > MOST_BYTES) {
            throw new MalformedException("note", "must be at most 131072 bytes", length);
        }
    }
}
