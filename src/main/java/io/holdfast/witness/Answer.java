package io.holdfast.witness;

import io.holdfast.note.NoteSignature;
import io.holdfast.tlog.Canonical;
import io.holdfast.tlog.MalformedException;
import java.util.List;
import java.util.stream.Collectors;

/** How a witness answers: a status of HTTP, which the protocol gives its meaning, and a text. */
record Answer(int status, String contentType, String text) {
    static final int COSIGNED = 200;
    static final int MALFORMED = 400;
    static final int NOT_SIGNED = 403;
    static final int UNKNOWN_LOG = 404;
    static final int OTHER_SIZE = 409;
    static final int NOT_CONSISTENT = 422;

    static final String SIZE_TYPE = "text/x.tlog.size";
    static final String TEXT_TYPE = "text/plain; charset=utf-8";

    /** A size of 19 digits and a newline. */
    static final int MOST_SIZE_BYTES = 20;

    static Answer cosigned(List<NoteSignature> signatures) {
        String lines =
                signatures.stream().map(signature -> signature.line() + "\n").collect(Collectors.joining());
        return new Answer(COSIGNED, TEXT_TYPE, lines);
    }

    static Answer otherSize(long size) {
        return new Answer(OTHER_SIZE, SIZE_TYPE, size + "\n");
    }

    static Answer refused(int status, String sentence) {
        return new Answer(status, TEXT_TYPE, sentence + "\n");
    }

    /** The inverse of {@link #otherSize}. */
    static long size(byte[] body) {
        String text = Canonical.utf8("tree size", body);
        if (!text.endsWith("\n")) {
            throw new MalformedException("tree size", "must end in a newline", text);
        }
        return Canonical.decimal("tree size", text.substring(0, text.length() - 1));
    }
}
