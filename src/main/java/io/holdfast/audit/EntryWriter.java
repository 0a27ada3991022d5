package io.holdfast.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes and signs entries for one log. Safe for many threads: signing is the CPU cost, and callers do it in parallel. */
public final class EntryWriter {

    private static final String ALGORITHM = "EdDSA";

    private final List<RecordKey> held;
    private final RecordKey key;

    public EntryWriter(RecordKey key) {
        this(List.of(key), key);
    }

    /** @param held the record keys of this gateway; it signs with the first until {@link #under} says otherwise */
    public EntryWriter(List<RecordKey> held) {
        this(List.copyOf(held), held.get(0));
    }

    private EntryWriter(List<RecordKey> held, RecordKey key) {
        this.held = held;
        this.key = key;
    }

    /**
     * The writer that signs with the newest record key in force that this gateway holds. Before the genesis nothing is in
     * force, and the first key signs.
     *
     * @throws LedgerException if it holds none of them: what it signed would not be an entry of this log
     */
    public EntryWriter under(KeyHistory keys) {
        List<NamedKey> inForce = keys.inForce(KeyPurpose.RECORD);
        for (int i = inForce.size() - 1; i >= 0; i--) {
            for (RecordKey one : held) {
                if (inForce.get(i).equals(new NamedKey.OfRecords(one.publicKey()))) {
                    return one == key ? this : new EntryWriter(held, one);
                }
            }
        }
        if (inForce.isEmpty()) {
            return this;
        }
        throw new LedgerException(
                LedgerException.Cause.UNAVAILABLE,
                "this gateway holds no record key that its log has in force; give it the newest and start it again");
    }

    public RecordKey.Public key() {
        return key.publicKey();
    }

    /**
     * @param sealed the claims to seal: their digests go into the entry, padded to the number of its kind
     * @throws IllegalArgumentException if there are more of them than the kind has room for
     */
    public Leaf write(Envelope envelope, Event event, List<Disclosure> sealed) {
        if (sealed.size() > event.kind().sealedClaims()) {
            throw new IllegalArgumentException(event.kind().code() + " has room for "
                    + event.kind().sealedClaims() + " sealed claims, found " + sealed.size());
        }
        List<String> digests = new ArrayList<>(event.kind().sealedClaims());
        sealed.forEach(disclosure -> digests.add(disclosure.digest()));
        while (digests.size() < event.kind().sealedClaims()) {
            digests.add(Disclosure.decoy());
        }
        digests.sort(null); // so that the order says nothing either, RFC 9901 section 4.2.4.1
        String input = Base64Url.print(
                        CanonicalJson.write(header(event.kind(), key.publicKey().id()))) + "."
                + Base64Url.print(CanonicalJson.write(payload(envelope, event, digests)));
        return Leaf.of(input + "." + Base64Url.print(key.sign(input.getBytes(StandardCharsets.US_ASCII))));
    }

    static ObjectNode header(EntryKind kind, String keyId) {
        return CanonicalJson.object().put("alg", ALGORITHM).put("kid", keyId).put("typ", kind.type());
    }

    static ObjectNode payload(Envelope envelope, Event event, List<String> digests) {
        ObjectNode json = CanonicalJson.object();
        json.put("iss", envelope.issuer());
        json.put("iat", envelope.at().getEpochSecond());
        json.put("jti", envelope.id());
        json.put("sub", envelope.subject());
        json.put("epoch", envelope.epoch());
        json.put("rulebook", envelope.rulebook());
        envelope.previous().ifPresent(index -> json.put("prev", index));
        if (!digests.isEmpty()) {
            json.set("_sd", Claims.list(digests));
            json.put("_sd_alg", "sha-256");
        }
        EventJson.write(event, json);
        return json;
    }
}
