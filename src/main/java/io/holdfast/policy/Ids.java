package io.holdfast.policy;

import java.util.HashMap;
import java.util.Map;

/** The ids of one kind that are taken: an entry in a log names a rule by its id, so an id means one thing. */
final class Ids {

    private final Map<String, String> takenIn = new HashMap<>();

    /** {@code null} after a problem was noted. */
    String take(Value value) {
        String id = value.id();
        String first = id == null ? null : takenIn.putIfAbsent(id, value.place());
        return first == null ? id : value.wrong("'" + id + "' is taken by " + first);
    }
}
