package io.holdfast.audit;

import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.Tile;
import java.util.regex.Pattern;

/**
 * How the files of an exported log are called. Checkpoint and tiles are called so on a server too.
 *
 * <pre>
 * checkpoint                           the signed note
 * tile/entries/000.p/42                entries, c2sp.org/tlog-tiles
 * tile/0/000.p/42                      hashes, the same
 * rulebooks/&lt;digest&gt;/bundle.lock       the files of each rulebook that an entry names
 * rulebooks/&lt;digest&gt;/holds/hk.yaml
 * </pre>
 *
 * Of partial tiles an export has those of its own size and no others, so that one log of one size is one set of files.
 */
public final class LogLayout {

    public static final String CHECKPOINT = "checkpoint";

    /** What findings call the checkpoint that an auditor has kept; it is no file of an export. */
    static final String EARLIER = "earlier checkpoint";

    private static final int LONGEST_PATH = 255;
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private LogLayout() {}

    /** @param digest 64 hex digits, {@code path} inside the rulebook */
    public static String rulebookFile(String digest, String path) {
        return "rulebooks/" + digest + "/" + path;
    }

    static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    /** Whether the path can be a file's on every system, and leads nowhere else. */
    static boolean isPath(String path) {
        return path.length() <= LONGEST_PATH && PATH.matcher(path).matches();
    }

    /** Whether a log of this size has a tile or bundle of this path. */
    static boolean isTileOf(long size, String path) {
        try {
            Tile tile = Tile.parse(path);
            if (!tile.isIn(size)) {
                return false;
            }
            return tile instanceof Tile.Hashes hashes
                    ? Tile.Hashes.at(hashes.level(), hashes.index(), size).equals(tile)
                    : Tile.Entries.at(tile.index(), size).equals(tile);
        } catch (MalformedException e) {
            return false;
        }
    }
}
