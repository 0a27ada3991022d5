package io.holdfast.note;

import io.holdfast.tlog.Canonical;
import io.holdfast.tlog.MalformedException;

/** What may be signed: text that ends in a newline, without any other control character. */
final class NoteText {
    private NoteText() {}

    /** The bytes to sign. */
    static byte[] bytes(String text) {
        if (!text.endsWith("\n")) {
            throw new MalformedException("note text", "must end in a newline", text);
        }
        checkCharacters("note text", text);
        return Canonical.utf8("note text", text);
    }

    static void checkCharacters(String field, String text) {
        int at = 0;
        while (at < text.length() && (text.charAt(at) >= 0x20 || text.charAt(at) == '\n')) {
            at++;
        }
        if (at < text.length()) {
            String found = text.substring(at, at + 1);
            throw new MalformedException(field, "must have no control character but newline", found);
        }
    }
}
