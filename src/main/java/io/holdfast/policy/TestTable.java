package io.holdfast.policy;

import io.holdfast.legal.Facts;
import java.time.Instant;
import java.util.List;

/** A table of cases beside the rules it tests: the facts of a request, and what must come out. */
public record TestTable(String file, String title, List<Case> cases) {

    /** The holds that every deployment starts with. */
    public static final String START = "start";
    /** No holds at all: what the law alone gives. */
    public static final String NO_HOLDS = "none";

    public TestTable {
        cases = List.copyOf(cases);
    }

    /**
     * One row.
     *
     * @param line where it stands in the file
     * @param holds {@link #START}, {@link #NO_HOLDS} or the name of a posture
     */
    public record Case(String name, int line, Facts facts, String holds, Instant at, Expectation expect) {}
}
