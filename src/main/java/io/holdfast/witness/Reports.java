package io.holdfast.witness;

import java.util.Optional;
import java.util.function.Consumer;

/** Tells the operator when something begins to fail, fails otherwise, or is well again; not each time that it fails. */
final class Reports {
    private final String what;
    private final Consumer<String> report;
    private Optional<String> last = Optional.empty();

    Reports(String what, Consumer<String> report) {
        this.what = what;
        this.report = report;
    }

    synchronized void trouble(String sentence) {
        if (!last.equals(Optional.of(sentence))) {
            last = Optional.of(sentence);
            report.accept(what + " " + sentence);
        }
    }

    /** What fails now, as it was last told; nothing if all is well. */
    synchronized Optional<String> trouble() {
        return last;
    }

    synchronized void well() {
        if (last.isPresent()) {
            last = Optional.empty();
            report.accept(what + " is well again");
        }
    }
}
