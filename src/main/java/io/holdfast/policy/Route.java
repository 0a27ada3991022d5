package io.holdfast.policy;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Request;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a store gives at one place: which data, and where the call says whose, and of which time. The operator's knowledge of the
 * store, and no law.
 *
 * @param methods of HTTP, in capitals
 * @param path its segments; one in braces stands for any
 * @param account where the call says which account it is about
 * @param period the names of the parameters that say of which time; nothing where the data has none
 * @param also names of further parameters that change nothing about whose data is given, or which
 * @param categories all that can be given there
 * @param fields where in the JSON that is answered there which of them stands; empty if nobody said
 */
public record Route(
        Set<String> methods,
        List<Segment> path,
        AccountAt account,
        Optional<PeriodAt> period,
        Set<String> also,
        Set<DataCategory> categories,
        List<Field> fields) {

    public Route {
        methods = Set.copyOf(methods);
        path = List.copyOf(path);
        also = Set.copyOf(also);
        categories = Collections.unmodifiableSet(EnumSet.copyOf(categories));
        fields = List.copyOf(fields);
    }

    /** @param isAny whether it stands for anything, and {@code text} is its name */
    public record Segment(String text, boolean isAny) {

        boolean canBeAs(Segment other) {
            return isAny || other.isAny || text.equals(other.text);
        }
    }

    /** @param place the name of a segment, or of a parameter */
    public record AccountAt(Request.Target.Kind kind, boolean isInPath, String place) {}

    public record PeriodAt(String from, String to) {}

    /** Whether a call of this method, to this path, is one of it. */
    public boolean matches(String method, List<String> segments) {
        if (!methods.contains(method) || segments.size() != path.size()) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            if (!path.get(i).isAny() && !path.get(i).text().equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** What stands in such a path for the segment of this name. */
    public String segment(String name, List<String> segments) {
        return segments.get(path.indexOf(new Segment(name, true)));
    }

    /** Whether a call could be one of both: then nobody could say what it gives. */
    boolean overlaps(Route other) {
        if (Collections.disjoint(methods, other.methods) || path.size() != other.path.size()) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            if (!path.get(i).canBeAs(other.path.get(i))) {
                return false;
            }
        }
        return true;
    }
}
