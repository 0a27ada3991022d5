package io.holdfast.legal;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Which of the categories asked for are given, and why the others are not. */
public record Scope(Set<DataCategory> granted, Map<DataCategory, Reason> withheld) {

    public Scope {
        granted = granted.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(granted));
        withheld = withheld.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(withheld));
    }

    public boolean isNarrowed() {
        return !withheld.isEmpty();
    }
}
