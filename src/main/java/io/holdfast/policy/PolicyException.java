package io.holdfast.policy;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A set of policies cannot be used. Carries every problem that was found, not only the first. Checked, so that each
 * caller decides what stays in force meanwhile: a bad set never replaces a good one.
 */
public final class PolicyException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    PolicyException(Collection<Problem> problems) {
        super(problems.stream().sorted().map(Problem::toString).distinct().collect(Collectors.joining("\n")));
        this.problems = List.copyOf(new TreeSet<>(problems));
    }

    /** In order of file and line; never empty. */
    public List<Problem> problems() {
        return problems;
    }
}
