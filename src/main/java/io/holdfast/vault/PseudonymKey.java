package io.holdfast.vault;

import io.holdfast.legal.Identifier;
import java.util.Arrays;
import java.util.Base64;

/**
 * Makes the pseudonyms of one epoch. Equal identifiers get equal ones within an epoch, and ones that nobody can bring together
 * without both keys in two.
 *
 * <p>A pseudonym is base64url of HMAC-SHA-256(key, type || 0x00 || normalised value). Phone numbers and mail addresses can be
 * guessed, so whoever has the key can find out whom a pseudonym stands for: it goes into sealed claims only.
 */
public final class PseudonymKey {

    private static final int TAG_BYTES = 16;

    private final String epoch;
    private final byte[] key;
    private final byte[] tagging;

    PseudonymKey(String epoch, byte[] key) {
        this.epoch = epoch;
        this.key = key.clone();
        this.tagging = Mac256.of(key, "holdfast/pseudonym-tag/1");
    }

    /** The quarter in which it is used first, such as {@code 2026-Q4}. */
    public String epoch() {
        return epoch;
    }

    /** 43 characters. */
    public String pseudonym(Identifier identifier) {
        return print(mac(identifier));
    }

    /**
     * What a table may be searched by: base64url of the first 16 bytes of HMAC-SHA-256 of the pseudonym under another key. So
     * somebody who was shown a pseudonym does not find it in a database.
     */
    public String tag(Identifier identifier) {
        return tagOf(pseudonym(identifier));
    }

    /** @param pseudonym one that this key has made */
    public String tagOf(String pseudonym) {
        return print(Arrays.copyOf(Mac256.ofText(tagging, pseudonym), TAG_BYTES));
    }

    private byte[] mac(Identifier identifier) {
        return Mac256.ofText(key, identifier.type().code() + "\0" + identifier.value());
    }

    private static String print(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "PseudonymKey[" + epoch + "]";
    }
}
