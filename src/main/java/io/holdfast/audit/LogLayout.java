package io.holdfast.audit;

import io.holdfast.tlog.Hash;
import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.Tile;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How the files of an exported log are called. Checkpoint and tiles are called so on a server too.
 *
 * <pre>
 * checkpoint                           the signed note
 * tile/entries/000.p/42                entries, c2sp.org/tlog-tiles
 * tile/0/000.p/42                      hashes, the same
 * rulebooks/&lt;digest&gt;/bundle.lock       the files of each rulebook that an entry names
 * rulebooks/&lt;digest&gt;/holds/hk.yaml
 * holds/&lt;digest&gt;.json                 the whole form of each hold that an entry names, unless it was erased
 * reports/&lt;digest&gt;.json               each report that was published
 * timestamps/&lt;digest&gt;.tsr           each answer of a time-stamp authority that an entry names
 * </pre>
 *
 * Of partial tiles an export has those of its own size and no others, so that one log of one size is one set of files.
 *
 * <p>A running log may keep earlier checkpoints, as {@code checkpoints/<size>}; they are no part of an export.
 */
public final class LogLayout {

    public static final String CHECKPOINT = "checkpoint";

    /**
     * The order of the files in an archive: tiles, then what entries name, then the checkpoint. So an export is written in
     * one go, and has a checkpoint only when it has everything.
     */
    static final Comparator<String> ORDER =
            Comparator.comparingInt(LogLayout::rank).thenComparing(Comparator.naturalOrder());

    /** What findings call the checkpoint that an auditor has kept; it is no file of an export. */
    static final String EARLIER = "earlier checkpoint";

    private static final int LEVELS = 8;
    private static final int LONGEST_PATH = 255;
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern HOLD = Pattern.compile("holds/([0-9a-f]{64})\\.json");
    private static final Pattern REPORT = Pattern.compile("reports/([0-9a-f]{64})\\.json");
    private static final Pattern TIMESTAMP = Pattern.compile("timestamps/([0-9a-f]{64})\\.tsr");
    private static final Pattern CHECKPOINT_OF_SIZE = Pattern.compile("checkpoints/(0|[1-9][0-9]{0,18})");

    private LogLayout() {}

    private static int rank(String path) {
        if (path.startsWith("tile/")) {
            return 0;
        }
        return path.equals(CHECKPOINT) ? 2 : 1;
    }

    /** @param digest 64 hex digits, {@code path} inside the rulebook */
    public static String rulebookFile(String digest, String path) {
        return "rulebooks/" + digest + "/" + path;
    }

    /** @param texts the digest of the hold's whole form, in hex */
    static String holdFile(String texts) {
        return "holds/" + texts + ".json";
    }

    /** Of a report that was published. */
    public static String reportFile(Hash digest) {
        return "reports/" + digest.hex() + ".json";
    }

    /** @param response the digest of the authority's answer */
    static String timestampFile(Hash response) {
        return "timestamps/" + response.hex() + ".tsr";
    }

    static String checkpointOf(long size) {
        return "checkpoints/" + size;
    }

    /** Under which name a ledger keeps what is called so in the log's files; nothing if it is no such thing. */
    public static Optional<String> contentName(String path) {
        Matcher hold = HOLD.matcher(path);
        if (hold.matches()) {
            return Optional.of("hold:" + hold.group(1));
        }
        Matcher report = REPORT.matcher(path);
        if (report.matches()) {
            return Optional.of("report:" + report.group(1));
        }
        Matcher timestamp = TIMESTAMP.matcher(path);
        if (timestamp.matches()) {
            return Optional.of("timestamp:" + timestamp.group(1));
        }
        Matcher checkpoint = CHECKPOINT_OF_SIZE.matcher(path);
        return checkpoint.matches() ? Optional.of("checkpoint:" + checkpoint.group(1)) : Optional.empty();
    }

    static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    /** Whether the path can be a file's on every system, and leads nowhere else. */
    static boolean isPath(String path) {
        return path.length() <= LONGEST_PATH && PATH.matcher(path).matches();
    }

    /** Every tile of a log of this size, and every bundle behind the tile with its hashes. */
    static Stream<Tile> tiles(long size) {
        Stream<Tile> lowest = LongStream.range(0, tilesOf(size))
                .boxed()
                .flatMap(index -> Stream.of(Tile.Hashes.at(0, index, size), Tile.Entries.at(index, size)));
        Stream<Tile> higher = IntStream.range(1, LEVELS)
                .boxed()
                .flatMap(level -> LongStream.range(0, tilesOf(size >> (8 * level)))
                        .mapToObj(index -> Tile.Hashes.at(level, index, size)));
        return Stream.concat(lowest, higher);
    }

    private static long tilesOf(long hashes) {
        return (hashes + Tile.FULL_WIDTH - 1) / Tile.FULL_WIDTH;
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
