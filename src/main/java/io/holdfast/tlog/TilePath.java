package io.holdfast.tlog;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The spelling of tile paths. An index is written in groups of three digits, all but the last behind an {@code x}, so
 * that a tree of folders can hold them: 1234067 is {@code x001/x234/067}.
 */
final class TilePath {
    private static final Pattern PATH =
            Pattern.compile("tile/(entries|[0-9]{1,2})/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([0-9]{1,3}))?");

    private TilePath() {}

    static Tile parse(String path) {
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            throw notAPath(path);
        }
        long index = Long.parseLong(parts.group(2).replaceAll("[x/]", ""));
        int width = parts.group(3) == null ? Tile.FULL_WIDTH : Integer.parseInt(parts.group(3));
        Tile tile = parts.group(1).equals("entries")
                ? new Tile.Entries(index, width)
                : new Tile.Hashes(Integer.parseInt(parts.group(1)), index, width);
        if (!tile.path().equals(path)) {
            throw notAPath(path);
        }
        return tile;
    }

    static String print(String kind, long index, int width) {
        StringBuilder groups = new StringBuilder(String.format("%03d", index % 1000));
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            groups.insert(0, String.format("x%03d/", rest % 1000));
        }
        String partial = width == Tile.FULL_WIDTH ? "" : ".p/" + width;
        return "tile/" + kind + "/" + groups + partial;
    }

    /** Also refuses an index whose last hash would have a number beyond 63 bits. */
    static void check(long index, int width) {
        if (width < 1 || width > Tile.FULL_WIDTH) {
            throw new MalformedException("tile width", "must be 1 to 256", width);
        }
        long highest = (Long.MAX_VALUE - width) / Tile.FULL_WIDTH;
        if (index < 0 || index > highest) {
            throw new MalformedException("tile index", "must be 0 to " + highest, index);
        }
    }

    /** The width of a tile in a row of this length; a row that ends before the tile begins has no such tile. */
    static int width(long index, long rowLength) {
        check(index, 1);
        long left = rowLength - index * Tile.FULL_WIDTH;
        if (left <= 0) {
            throw new MalformedException("tile index", "must be inside a row of " + rowLength, index);
        }
        return (int) Math.min(Tile.FULL_WIDTH, left);
    }

    private static MalformedException notAPath(String path) {
        String rule = "must be tile/<level or entries>/<index in groups like x001/234>, or that with .p/<1 to 255>";
        return new MalformedException("tile path", rule, path);
    }
}
