package io.holdfast.audit;

import java.util.List;

/**
 * The sealed part of an entry as the ledger keeps it: bytes that only the vault can open. Stored in the transaction that
 * stores the entry.
 */
public final class Sealed {

    private final String caseId;
    private final byte[] wrappedKey;
    private final byte[] box;
    private final List<String> tags;

    /**
     * @param wrappedKey the key of the case under the master key; written for the first entry of a case, and for the
     *     later ones the same bytes
     * @param tags keyed digests that the entry can be found by, at most 22 characters each; they go when the case does
     */
    public Sealed(String caseId, byte[] wrappedKey, byte[] box, List<String> tags) {
        this.caseId = caseId;
        this.wrappedKey = wrappedKey.clone();
        this.box = box.clone();
        this.tags = List.copyOf(tags);
    }

    public Sealed(String caseId, byte[] wrappedKey, byte[] box) {
        this(caseId, wrappedKey, box, List.of());
    }

    public String caseId() {
        return caseId;
    }

    public byte[] wrappedKey() {
        return wrappedKey.clone();
    }

    public byte[] box() {
        return box.clone();
    }

    public List<String> tags() {
        return tags;
    }
}
