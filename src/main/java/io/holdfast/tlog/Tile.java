package io.holdfast.tlog;

/**
 * The place of one file of a tiled log: which part of the tree it holds, and under which path. Never an empty one.
 *
 * <p>{@code width} says how many hashes or entries it holds, 1 to 256. A tile narrower than 256 is partial: it belongs
 * to the right edge of a tree of one size, and its path ends in its width.
 */
public sealed interface Tile {
    int FULL_WIDTH = 256;

    long index();

    int width();

    /** {@code tile/<level>/<index>[.p/<width>]} or {@code tile/entries/<index>[.p/<width>]}. */
    String path();

    /** Whether a tree of this many leaves has everything that the tile holds. */
    boolean isIn(long treeSize);

    default boolean isFull() {
        return width() == FULL_WIDTH;
    }

    /** The number of its first hash or entry, counted along its own level. */
    default long first() {
        return index() * FULL_WIDTH;
    }

    /** Reads a path, and refuses every spelling but the one that {@link #path} prints. */
    static Tile parse(String path) {
        return TilePath.parse(path);
    }

    /** Hashes of one level: each the root of a full subtree of 256^level leaves; at level 0 the leaf hashes. */
    record Hashes(int level, long index, int width) implements Tile {
        static final int HIGHEST_LEVEL = 63;

        public Hashes {
            if (level < 0 || level > HIGHEST_LEVEL) {
                throw new MalformedException("tile level", "must be 0 to 63", level);
            }
            TilePath.check(index, width);
        }

        /** The tile as wide as a tree of this size has it. */
        public static Hashes at(int level, long index, long treeSize) {
            return new Hashes(level, index, TilePath.width(index, alongLevel(level, treeSize)));
        }

        @Override
        public String path() {
            return TilePath.print(Integer.toString(level), index, width);
        }

        @Override
        public boolean isIn(long treeSize) {
            return first() + width <= alongLevel(level, treeSize);
        }

        /** How many hashes a whole level has. From level 8 on there is none, since 256^8 leaves are more than 2^63. */
        private static long alongLevel(int level, long treeSize) {
            return level < 8 ? treeSize >> (8 * level) : 0;
        }
    }

    /** Entries themselves, as a {@link Bundle}: those whose hashes the tile of level 0 with the same index has. */
    record Entries(long index, int width) implements Tile {
        public Entries {
            TilePath.check(index, width);
        }

        /** The bundle as wide as a tree of this size has it. */
        public static Entries at(long index, long treeSize) {
            return new Entries(index, TilePath.width(index, treeSize));
        }

        @Override
        public String path() {
            return TilePath.print("entries", index, width);
        }

        @Override
        public boolean isIn(long treeSize) {
            return first() + width <= treeSize;
        }
    }
}
