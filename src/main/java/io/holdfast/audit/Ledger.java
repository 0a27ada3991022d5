package io.holdfast.audit;

import io.holdfast.tlog.Tile;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The log of one gateway. Safe for many threads.
 *
 * <ul>
 *   <li>When {@link #append} completes, the entries survive power loss, and stand under a signed checkpoint.
 *   <li>No index, signature or proof leaves before the commit that contains it.
 *   <li>The order of the log is the order of everything: an entry was made under the standing that precedes it.
 *   <li>Once a write has failed, everything is refused until the gateway has been started again.
 * </ul>
 */
public interface Ledger {

    /**
     * Completes with a receipt for each entry that the candidate prepared, or, for a repeated call, with those of the
     * first call. Completes exceptionally with {@link LedgerException}.
     */
    CompletionStage<List<Receipt>> append(Candidate candidate);

    /** What is in force after the last durable entry. */
    Standing standing();

    /** @throws LedgerException if the log cannot be read */
    Optional<Stored> entry(long index);

    /** The entries on a subject, oldest first. */
    List<Stored> history(String subject);

    /** The last signed checkpoint, a signed note. */
    byte[] checkpoint();

    /** A receipt for an entry that is already in the log, under the last signed checkpoint. */
    Optional<Receipt> receipt(long index);

    /** The bytes of a tile or a bundle, or nothing if the last signed checkpoint does not reach that far. */
    Optional<byte[]> tile(Tile tile);

    /** What is kept beside the log under this name. */
    Optional<byte[]> content(String name);

    /** The sealed part of an entry. */
    Optional<Sealed> sealed(long index);

    /**
     * Where one of these tags stands and its sealed part can still be opened, newest first.
     *
     * @param before only entries before this index
     * @param most so many at most
     */
    List<Long> tagged(Collection<String> tags, long before, int most);

    /** Why nothing can be appended; empty if all is well. */
    Optional<String> trouble();
}
