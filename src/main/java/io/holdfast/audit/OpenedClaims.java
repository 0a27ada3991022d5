package io.holdfast.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Sealed claims that were opened, as they are handed on: one disclosure alone, or an SD-JWT of the whole entry,
 * {@code entry~disclosure~disclosure~}. Read and checked as RFC 9901 section 7 has it, and more strictly, since entries are a
 * closed form: claims are flat, so no value holds digests of others, and nobody binds a key to one.
 *
 * @param entry the entry, if it is among what was handed on
 */
public record OpenedClaims(Optional<Leaf> entry, List<Disclosure> disclosures) {

    /** An entry has at most 65,535 bytes, and its disclosures come from a request of at most 64 KiB. */
    public static final int MOST_BYTES = 512 * 1024;

    private static final Set<String> RESERVED = Set.of("_sd", "...");

    public OpenedClaims {
        disclosures = List.copyOf(disclosures);
    }

    /** @throws UnreadableException if the text is neither of the two forms; the message does not quote it */
    public static OpenedClaims parse(String text) {
        if (!text.contains("~")) {
            return new OpenedClaims(Optional.empty(), List.of(Disclosure.parse(text)));
        }
        String[] parts = text.split("~", -1);
        if (!parts[parts.length - 1].isEmpty()) {
            throw new UnreadableException(
                    "an SD-JWT of an entry ends with '~'; what stands after it would bind a key, and no entry has one");
        }
        if (parts.length < 3) {
            throw new UnreadableException("the SD-JWT has no disclosure");
        }
        List<Disclosure> disclosures = new ArrayList<>();
        for (int i = 1; i < parts.length - 1; i++) {
            disclosures.add(Disclosure.parse(parts[i]));
        }
        return new OpenedClaims(Optional.of(Leaf.of(parts[0].getBytes(StandardCharsets.US_ASCII))), disclosures);
    }

    /** The SD-JWT that {@link #parse} reads. */
    public static String print(Leaf entry, List<Disclosure> disclosures) {
        StringBuilder text = new StringBuilder(entry.text()).append('~');
        disclosures.forEach(disclosure -> text.append(disclosure.text()).append('~'));
        return text.toString();
    }

    /** What speaks against these being claims that the entry sealed; nothing, if they are. Quotes no value. */
    public static List<String> objections(Entry entry, List<Disclosure> disclosures) {
        List<String> objections = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Disclosure disclosure : disclosures) {
            String which = Printable.of(disclosure.name());
            if (!entry.seals(disclosure)) {
                objections.add("the entry did not seal this disclosure of " + which);
            }
            if (RESERVED.contains(disclosure.name()) || saysItself(entry, disclosure.name())) {
                objections.add("no sealed claim can be called " + which);
            }
            if (!names.add(disclosure.name())) {
                objections.add("the claim " + which + " is disclosed twice");
            }
            if (holdsDigests(disclosure.value())) {
                objections.add(
                        "the value of " + which + " holds digests of other claims, which no claim of an entry does");
            }
        }
        return objections;
    }

    private static boolean saysItself(Entry entry, String name) {
        return EntryWriter.payload(entry.envelope(), entry.event(), entry.sealed())
                .has(name);
    }

    private static boolean holdsDigests(JsonNode value) {
        if (RESERVED.stream().anyMatch(value::has)) {
            return true;
        }
        for (JsonNode part : value) {
            if (holdsDigests(part)) {
                return true;
            }
        }
        return false;
    }

    /** Never shows a value. */
    @Override
    public String toString() {
        return "OpenedClaims" + disclosures;
    }
}
