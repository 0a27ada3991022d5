package io.holdfast.audit;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the files of an archive are. Each has a path that leads nowhere else, and comes after those before it
 * ({@link LogLayout#ORDER}), so that none is there twice.
 */
final class ArchiveIndex {

    /** A log of half a billion entries has as many. */
    private static final int MOST_FILES = 4_000_000;

    private final SortedMap<String, Place> places = new TreeMap<>(LogLayout.ORDER);

    /**
     * @param at where in the archive its bytes begin
     * @param length how many there are in the archive, {@code size} how many when they are unpacked
     * @param checksum CRC-32 of the file, where the archive has one
     */
    record Place(long at, int length, int size, int checksum) {}

    void add(String path, Place place) {
        if (!LogLayout.isPath(path)) {
            throw notOurs("it has a file whose path is none of an export");
        }
        if (!places.isEmpty() && LogLayout.ORDER.compare(places.lastKey(), path) >= 0) {
            throw notOurs(path + " is there twice, or not in its place");
        }
        if (places.size() == MOST_FILES) {
            throw notOurs("it has more than " + MOST_FILES + " files");
        }
        places.put(path, place);
    }

    Optional<Place> place(String path) {
        return Optional.ofNullable(places.get(path));
    }

    SortedMap<String, Place> places() {
        return places;
    }

    List<String> paths() {
        return List.copyOf(places.keySet());
    }

    /** @param why in the words of a sentence that goes on; safe to print */
    static UnreadableException notOurs(String why) {
        return new UnreadableException("is not an archive as `holdfast log export` writes it: " + Printable.of(why)
                + "; unpack it, and check the folder");
    }
}
