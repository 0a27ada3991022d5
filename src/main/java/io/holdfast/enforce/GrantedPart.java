package io.holdfast.enforce;

import io.holdfast.legal.DataCategory;
import io.holdfast.policy.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How much of a value of JSON may leave: all of it, nothing, or what is at some places in it. */
final class GrantedPart {

    private static final GrantedPart NOTHING = new GrantedPart(false);
    private static final GrantedPart ALL = new GrantedPart(true);

    private final boolean isAll;
    private final Map<String, GrantedPart> members = new HashMap<>();
    private GrantedPart element = null;

    private GrantedPart(boolean isAll) {
        this.isAll = isAll;
    }

    /** Of a whole answer. A field of a category that was not granted is as good as none. */
    static GrantedPart of(List<Field> fields, Set<DataCategory> granted) {
        GrantedPart root = new GrantedPart(false);
        for (Field field : fields) {
            if (granted.contains(field.category())) {
                root.add(field.path());
            }
        }
        return root;
    }

    private void add(List<Field.Step> path) {
        Field.Step first = path.get(0);
        boolean isLast = path.size() == 1;
        GrantedPart next;
        if (first.member().isPresent()) {
            next = members.computeIfAbsent(first.member().get(), name -> isLast ? ALL : new GrantedPart(false));
        } else {
            element = element != null ? element : isLast ? ALL : new GrantedPart(false);
            next = element;
        }
        if (!isLast) {
            next.add(path.subList(1, path.size()));
        }
    }

    boolean isAll() {
        return isAll;
    }

    GrantedPart member(String name) {
        return isAll ? ALL : members.getOrDefault(name, NOTHING);
    }

    GrantedPart element() {
        return isAll ? ALL : element == null ? NOTHING : element;
    }
}
