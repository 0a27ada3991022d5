package io.holdfast.audit;

import java.util.List;
import java.util.OptionalLong;

/**
 * One thing that is wrong with a log. Safe to print, whatever the log holds.
 *
 * @param files where it is: a file, or the files that contradict each other
 * @param entry the index of the entry, where it is about one
 */
public record Finding(List<String> files, OptionalLong entry, String sentence) {

    public Finding {
        files = files.stream().map(Printable::of).toList();
        sentence = Printable.of(sentence);
    }

    public static Finding in(String file, String sentence) {
        return new Finding(List.of(file), OptionalLong.empty(), sentence);
    }

    static Finding of(long entry, String file, String sentence) {
        return new Finding(List.of(file), OptionalLong.of(entry), sentence);
    }

    /** {@code tile/entries/000.p/42, entry 7}. */
    public String place() {
        String place = String.join(" and ", files);
        return entry.isPresent() ? place + ", entry " + entry.getAsLong() : place;
    }

    /** {@code tile/entries/000.p/42, entry 7: is not signed by the record key} */
    @Override
    public String toString() {
        return place() + ": " + sentence;
    }
}
