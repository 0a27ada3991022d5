package io.holdfast.cli;

import java.time.LocalDate;
import picocli.CommandLine.Option;

/** The period of a transparency report, in whole days. */
final class PeriodOption {

    @Option(names = "--from", paramLabel = "DATE", required = true, description = "The first day, in UTC: 2026-07-01.")
    private LocalDate from;

    @Option(
            names = "--to",
            paramLabel = "DATE",
            required = true,
            description = "The last day, which is counted too: 2026-12-31.")
    private LocalDate to;

    LocalDate from() {
        if (to.isBefore(from)) {
            throw new CommandFailure(ExitCode.USAGE, "--to must not be before --from, found " + from + " to " + to);
        }
        return from;
    }

    /** The last day, which is counted too. */
    LocalDate to() {
        return to;
    }
}
