package io.holdfast.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.tlog.MalformedException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * One entry, read back: its envelope, what it records, and the digests of what it seals.
 *
 * <p>Reading is strict: an entry is accepted only if writing what was understood gives the same bytes. So nothing can
 * hide in one, and a claim of a later version is an error here, not a thing overlooked.
 *
 * @param keyId thumbprint of the record key that is said to have signed it
 * @param sealed the digests in {@code _sd}, decoys among them
 */
public record Entry(Envelope envelope, Event event, String keyId, List<String> sealed, Leaf leaf) {

    public Entry {
        sealed = List.copyOf(sealed);
    }

    public EntryKind kind() {
        return event.kind();
    }

    /** @throws UnreadableException if the leaf is not an entry as this version writes them */
    public static Entry parse(Leaf leaf) {
        try {
            return read(leaf);
        } catch (IllegalArgumentException | DateTimeException | MalformedException e) {
            // The constructors of what an entry holds refuse in words of their own, and may quote what they refuse.
            throw new UnreadableException("payload holds a value that its claim cannot have");
        }
    }

    private static Entry read(Leaf leaf) {
        String[] parts = leaf.text().split("\\.", -1);
        if (parts.length != 3) {
            throw new UnreadableException("an entry is a compact JWS of three parts, found " + parts.length);
        }
        Claims header =
                new Claims("header", CanonicalJson.readObject("header", Base64Url.parse("the header", parts[0])));
        EntryKind kind = EntryKind.ofType(header.text("typ"))
                .orElseThrow(() -> header.wrong("typ", "a kind of entry that this version knows"));
        String keyId = header.text("kid");
        if (!EntryWriter.header(kind, keyId).equals(header.node())) {
            throw new UnreadableException("header must be alg EdDSA, kid and typ, and nothing else");
        }
        ObjectNode node = CanonicalJson.readObject("payload", Base64Url.parse("the payload", parts[1]));
        Claims claims = new Claims("payload", node);
        Envelope envelope = new Envelope(
                claims.text("iss"),
                Instant.ofEpochSecond(claims.number("iat")),
                claims.text("jti"),
                claims.text("sub"),
                claims.number("epoch"),
                claims.text("rulebook"),
                claims.has("prev") ? OptionalLong.of(claims.number("prev")) : OptionalLong.empty());
        Event event = EventJson.read(kind, claims, envelope.rulebook(), envelope.epoch());
        List<String> sealed = kind.sealedClaims() == 0 ? List.of() : claims.texts("_sd");
        Entry entry = new Entry(envelope, event, keyId, sealed, leaf);
        if (sealed.size() != kind.sealedClaims()
                || !Arrays.equals(
                        CanonicalJson.write(EntryWriter.payload(envelope, event, sealed)), CanonicalJson.write(node))) {
            throw new UnreadableException("payload holds claims that a " + kind.code() + " does not have");
        }
        return entry;
    }

    /** Whether this key signed it. */
    public boolean isSignedBy(RecordKey.Public key) {
        String text = leaf.text();
        int dot = text.lastIndexOf('.');
        return keyId.equals(key.id())
                && key.verify(
                        text.substring(0, dot).getBytes(StandardCharsets.US_ASCII),
                        Base64Url.parse("the signature", text.substring(dot + 1)));
    }

    /** Whether the disclosure belongs to one of this entry's sealed claims. */
    public boolean seals(Disclosure disclosure) {
        return sealed.contains(disclosure.digest());
    }
}
