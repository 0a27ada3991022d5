package io.holdfast.audit;

import io.holdfast.tlog.Hash;
import java.util.Optional;
import java.util.function.Function;

/**
 * One entry as far as it can be checked without any other: read, hashed, and its signature compared with the key that is
 * likely to have made it. Which key must have made it depends on the entries before it.
 */
final class CheckedLeaf {

    private final byte[] bytes;
    private final Hash hash;
    private final Optional<EntryHead> head;
    private final Optional<Entry> entry;
    private final Optional<String> trouble;
    private final Optional<RecordKey.Public> likely;
    private final boolean isSignedByLikely;

    private CheckedLeaf(
            byte[] bytes,
            Optional<EntryHead> head,
            Optional<Entry> entry,
            Optional<String> trouble,
            Function<String, Optional<RecordKey.Public>> likely) {
        this.bytes = bytes;
        this.hash = Hash.leaf(bytes);
        this.head = head;
        this.entry = entry;
        this.trouble = trouble;
        this.likely = head.flatMap(known -> likely.apply(known.keyId()));
        this.isSignedByLikely = this.likely.map(this::check).orElse(false);
    }

    /**
     * @param likely the key of an id, to check the signature with while others work on other entries; nothing to leave that
     *     out
     */
    static CheckedLeaf of(byte[] bytes, EntryForms forms, Function<String, Optional<RecordKey.Public>> likely) {
        Optional<EntryHead> known = forms.read(bytes);
        if (known.isPresent()) {
            return new CheckedLeaf(bytes, known, Optional.empty(), Optional.empty(), likely);
        }
        try {
            Entry entry = Entry.parse(Leaf.of(bytes));
            forms.learn(bytes, entry);
            return new CheckedLeaf(
                    bytes, Optional.of(EntryHead.of(entry)), Optional.of(entry), Optional.empty(), likely);
        } catch (UnreadableException e) {
            return new CheckedLeaf(
                    bytes, Optional.empty(), Optional.empty(), Optional.of(e.getMessage()), id -> Optional.empty());
        }
    }

    Hash hash() {
        return hash;
    }

    /** Nothing if it is no entry. */
    Optional<EntryHead> head() {
        return head;
    }

    /** The whole entry, where it was read in full: always if it can change what later entries are checked against. */
    Optional<Entry> entry() {
        return entry;
    }

    /** Why it is no entry. */
    Optional<String> trouble() {
        return trouble;
    }

    boolean isSignedBy(RecordKey.Public key) {
        return likely.filter(key::equals).isPresent() ? isSignedByLikely : check(key);
    }

    private boolean check(RecordKey.Public key) {
        try {
            return head.filter(known -> known.keyId().equals(key.id())).isPresent() && Leaf.isSigned(bytes, key);
        } catch (UnreadableException e) {
            return false; // what stands in the signature's place is not even base64
        }
    }
}
