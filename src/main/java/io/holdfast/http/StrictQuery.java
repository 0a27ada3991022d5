package io.holdfast.http;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The parameters behind the question mark of an address, read strictly: none that is not known, and none twice. */
final class StrictQuery {

    private final Map<String, String> values;

    private StrictQuery(Map<String, String> values) {
        this.values = values;
    }

    /**
     * @throws ProblemException that names the parameter which is there twice, or those that are known: an unknown one is never
     *     repeated, since it may name somebody
     */
    static StrictQuery read(UriInfo uri, Set<String> known) {
        MultivaluedMap<String, String> given = uri.getQueryParameters();
        Map<String, String> values = new TreeMap<>();
        given.forEach((name, all) -> values.put(name, one(name, all, known)));
        return new StrictQuery(values);
    }

    private static String one(String name, List<String> values, Set<String> known) {
        if (!known.contains(name)) {
            throw wrong(
                    "(query)",
                    "must have no parameter but " + known.stream().sorted().collect(Collectors.joining(", ")));
        }
        if (values.size() != 1) {
            throw wrong(name, "must not be there twice");
        }
        return values.get(0);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** A whole number, spelt in its one way. */
    int number(String name, int least, int most, int otherwise) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        int number = text.get().matches("[1-9][0-9]{0,8}") ? Integer.parseInt(text.get()) : 0;
        if (number < least || number > most) {
            throw wrong(name, "must be " + least + " to " + most);
        }
        return number;
    }

    /** {@code true} or {@code false}; without it {@code false}. */
    boolean isSet(String name) {
        String text = text(name).orElse("false");
        if (!text.equals("true") && !text.equals("false")) {
            throw wrong(name, "must be true or false");
        }
        return text.equals("true");
    }

    static ProblemException wrong(String name, String rule) {
        return Problem.malformed(name, rule, Problem.Violation.NOT_SHOWN).exception();
    }
}
