package io.holdfast.audit;

import java.util.ArrayList;
import java.util.List;

/** Collects what was found. A log with a million wrong entries must not fill the memory, so of the rest it keeps the count. */
final class Noted<T> {

    static final int MOST = 10_000;

    private final List<T> kept = new ArrayList<>();
    private long rest;

    void add(T one) {
        if (kept.size() < MOST) {
            kept.add(one);
        } else {
            rest++;
        }
    }

    void addAll(Noted<T> others) {
        others.kept.forEach(this::add);
        rest += others.rest;
    }

    List<T> kept() {
        return List.copyOf(kept);
    }

    long count() {
        return kept.size() + rest;
    }

    long rest() {
        return rest;
    }
}
