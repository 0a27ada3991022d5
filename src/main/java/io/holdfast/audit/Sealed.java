package io.holdfast.audit;

/**
 * The sealed part of an entry as the ledger keeps it: bytes that only the vault can open. Stored in the transaction that
 * stores the entry.
 */
public final class Sealed {

    private final String caseId;
    private final byte[] wrappedKey;
    private final byte[] box;

    /**
     * @param wrappedKey the key of the case under the master key; written for the first entry of a case, and for the
     *     later ones the same bytes
     */
    public Sealed(String caseId, byte[] wrappedKey, byte[] box) {
        this.caseId = caseId;
        this.wrappedKey = wrappedKey.clone();
        this.box = box.clone();
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
}
