package io.holdfast.audit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The protected header of an entry. There is one for each kind and each record key, so those that were read are kept: a log
 * repeats them in every entry.
 */
record EntryHeader(EntryKind kind, String keyId) {

    /** A stranger can put anything into {@code kid}; what is beyond these is read each time. */
    private static final int MOST_KEPT = 1_000;

    private static final int LONGEST_KEPT = 300;

    private static final Map<String, EntryHeader> KEPT = new ConcurrentHashMap<>();

    /** @param text the first part of the compact JWS */
    static EntryHeader parse(String text) {
        EntryHeader kept = KEPT.get(text);
        if (kept != null) {
            return kept;
        }
        EntryHeader header = read(text);
        if (KEPT.size() < MOST_KEPT && text.length() <= LONGEST_KEPT) {
            KEPT.put(text, header);
        }
        return header;
    }

    private static EntryHeader read(String text) {
        Claims claims = new Claims("header", CanonicalJson.readObject("header", Base64Url.parse("the header", text)));
        EntryKind kind = EntryKind.ofType(claims.text("typ"))
                .orElseThrow(() -> claims.wrong("typ", "a kind of entry that this version knows"));
        String keyId = claims.text("kid");
        if (!EntryWriter.header(kind, keyId).equals(claims.node())) {
            throw new UnreadableException("header must be alg EdDSA, kid and typ, and nothing else");
        }
        return new EntryHeader(kind, keyId);
    }
}
