package io.holdfast.audit;

import io.holdfast.note.SignedNote;

/**
 * A checkpoint that somebody saw.
 *
 * @param place where it is kept now; safe to print
 */
public record Sighting(String place, SignedNote note) {

    public Sighting {
        place = Printable.of(place);
    }
}
