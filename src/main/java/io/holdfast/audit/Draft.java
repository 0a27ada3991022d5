package io.holdfast.audit;

import java.util.List;
import java.util.Optional;

/**
 * An entry, signed and ready, that is not yet in the log.
 *
 * @param sealed its sealed part, if it has one
 * @param contents what must be kept beside the log for this entry to mean anything: texts of holds, files of a rulebook
 */
public record Draft(Envelope envelope, Event event, Leaf leaf, Optional<Sealed> sealed, List<Content> contents) {

    public Draft {
        contents = List.copyOf(contents);
    }

    /** Bytes kept under a name that contains their digest; kept once, however often they are named. */
    public static final class Content {
        private final String name;
        private final byte[] bytes;

        public Content(String name, byte[] bytes) {
            this.name = name;
            this.bytes = bytes.clone();
        }

        public String name() {
            return name;
        }

        public byte[] bytes() {
            return bytes.clone();
        }
    }
}
