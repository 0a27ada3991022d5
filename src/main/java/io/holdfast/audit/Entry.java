package io.holdfast.audit;

import io.holdfast.tlog.MalformedException;
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
        EntryHeader header = EntryHeader.parse(parts[0]);
        byte[] payload = Base64Url.parse("the payload", parts[1]);
        Claims claims = new Claims("payload", CanonicalJson.readUnchecked("payload", payload));
        Envelope envelope = new Envelope(
                claims.text("iss"),
                Instant.ofEpochSecond(claims.number("iat")),
                claims.text("jti"),
                claims.text("sub"),
                claims.number("epoch"),
                claims.text("rulebook"),
                claims.has("prev") ? OptionalLong.of(claims.number("prev")) : OptionalLong.empty());
        EntryKind kind = header.kind();
        Event event = EventJson.read(kind, claims, envelope.rulebook(), envelope.epoch());
        List<String> sealed = kind.sealedClaims() == 0 ? List.of() : claims.texts("_sd");
        if (sealed.size() != kind.sealedClaims() || !Disclosure.areDigests(sealed)) {
            throw claims.wrong("_sd", "the " + kind.sealedClaims() + " digests of its kind, sorted");
        }
        // What was understood must print as what was read: nothing else is there, and in no other spelling.
        if (!Arrays.equals(CanonicalJson.write(EntryWriter.payload(envelope, event, sealed)), payload)) {
            CanonicalJson.readObject("payload", payload);
            throw new UnreadableException("payload holds claims that a " + kind.code() + " does not have");
        }
        return new Entry(envelope, event, header.keyId(), sealed, leaf);
    }

    /** Whether this key signed it. */
    public boolean isSignedBy(RecordKey.Public key) {
        return keyId.equals(key.id()) && leaf.isSignedBy(key);
    }

    /** Whether the disclosure belongs to one of this entry's sealed claims. */
    public boolean seals(Disclosure disclosure) {
        return sealed.contains(disclosure.digest());
    }
}
