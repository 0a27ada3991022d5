package io.holdfast.policy;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;

/** Collects what is wrong while files are read, so that one run shows everything. */
final class Problems {

    private final List<Problem> found = new ArrayList<>();

    void add(String file, int line, int column, String sentence) {
        found.add(new Problem(file, line, column, sentence));
    }

    /** SnakeYAML counts lines and columns from 0, people from 1. */
    void add(String file, Mark mark, String sentence) {
        add(file, mark.getLine() + 1, mark.getColumn() + 1, sentence);
    }

    int count() {
        return found.size();
    }

    void throwIfAny() throws PolicyException {
        if (!found.isEmpty()) {
            throw new PolicyException(found);
        }
    }
}
