package io.holdfast.audit;

import io.holdfast.tlog.Hash;
import java.util.Optional;

/**
 * The bytes of one entry, checked as far as they can be without any other entry.
 *
 * @param entry nothing if it cannot be read
 * @param trouble what is wrong with it
 */
record CheckedLeaf(Hash hash, Optional<Entry> entry, Optional<String> trouble) {

    /** @param recordKey the key of the genesis; nothing if there is none, and then no signature can be checked */
    static CheckedLeaf of(byte[] bytes, Optional<RecordKey.Public> recordKey) {
        Hash hash = Hash.leaf(bytes);
        try {
            Entry entry = Entry.parse(Leaf.of(bytes));
            return new CheckedLeaf(hash, Optional.of(entry), signature(entry, recordKey));
        } catch (UnreadableException e) {
            return new CheckedLeaf(hash, Optional.empty(), Optional.of(e.getMessage()));
        }
    }

    private static Optional<String> signature(Entry entry, Optional<RecordKey.Public> recordKey) {
        return recordKey.isEmpty() || entry.isSignedBy(recordKey.get())
                ? Optional.empty()
                : Optional.of("is not signed by the record key of the genesis");
    }

    static Optional<RecordKey.Public> recordKey(byte[] first) {
        try {
            return Entry.parse(Leaf.of(first)).event() instanceof Event.Genesis genesis
                    ? Optional.of(genesis.recordKey())
                    : Optional.empty();
        } catch (UnreadableException e) {
            return Optional.empty();
        }
    }
}
