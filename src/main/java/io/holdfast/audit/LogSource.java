package io.holdfast.audit;

import io.holdfast.tlog.Tile;
import java.util.List;
import java.util.Optional;

/**
 * The files of a log, wherever they are: a folder, a server, the ledger itself. {@link LogLayout} says how they are called.
 * Nothing that comes out of one is believed; {@link LogVerifier} checks all of it.
 */
public interface LogSource {

    /** No file of a log is larger than a bundle of 256 entries of the largest size. */
    int MOST_BYTES = Tile.FULL_WIDTH * (Short.BYTES + Leaf.MOST_BYTES);

    /**
     * The bytes of a file, or nothing if there is none.
     *
     * @param path with forward slashes, such as {@code tile/0/000}
     * @throws UnreadableException if there is one, and it must not be read: it is too large, or lies elsewhere
     * @throws java.io.UncheckedIOException if nobody can say
     */
    Optional<byte[]> read(String path);

    /** Every file there is, sorted; nothing where the source cannot tell, as a server cannot. */
    Optional<List<String>> list();
}
