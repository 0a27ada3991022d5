package io.holdfast.report;

import io.holdfast.audit.Disagreement;
import io.holdfast.audit.Event;
import io.holdfast.audit.LogReader;
import io.holdfast.audit.LogSource;
import io.holdfast.audit.ReportedPeriod;
import io.holdfast.audit.Stored;
import io.holdfast.tlog.Frontier;
import io.holdfast.tlog.Hash;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Counts every published report again from the log, and compares the bytes. It believes the entries, so verify the log first
 * ({@link io.holdfast.audit.LogVerifier}).
 */
public final class Recount {

    private final LogReader log;

    private Recount(LogSource log) {
        this.log = LogReader.of(log);
    }

    /**
     * @param published the entries that published a report
     * @return those whose numbers do not come out
     * @throws io.holdfast.audit.UnreadableException at the first entry that is missing or cannot be read
     */
    public static List<Disagreement> run(LogSource log, Collection<Stored> published) {
        Recount recount = new Recount(log);
        return published.stream()
                .flatMap(stored -> recount.check(stored).stream())
                .toList();
    }

    private Optional<Disagreement> check(Stored stored) {
        ReportedPeriod report = ((Event.ReportPublished) stored.entry().event()).report();
        if (report.entries() > stored.index()) {
            return Optional.of(new Disagreement(
                    stored.index(), "a report of " + report.entries() + " entries", "of those that stand before it"));
        }
        Edge edge = new Edge(report);
        TransparencyReport counted =
                TransparencyReport.fold(log.entries().filter(edge::counts), report.from(), report.to());
        if (edge.leftOut) {
            return Optional.of(new Disagreement(
                    stored.index(),
                    "a report of " + report.entries() + " entries",
                    "of more, since entry " + report.entries() + " is of its period too"));
        }
        LogHead head = new LogHead(
                stored.entry().envelope().issuer(),
                report.entries(),
                edge.frontier.root().base64());
        Hash digest = Hash.sha256(ReportJson.write(counted, head));
        return digest.equals(report.digest())
                ? Optional.empty()
                : Optional.of(new Disagreement(
                        stored.index(),
                        "the report is " + report.digest().hex(),
                        digest.hex() + ", which is what the log counts to"));
    }

    /** Lets the counted entries through, and keeps their root. */
    private static final class Edge {

        private final ReportedPeriod report;
        private Frontier frontier = Frontier.empty();
        private boolean leftOut;

        Edge(ReportedPeriod report) {
            this.report = report;
        }

        boolean counts(Stored stored) {
            if (stored.index() < report.entries()) {
                frontier = frontier.append(stored.entry().leaf().hash());
                return true;
            }
            // Time does not run backwards, so the first one that was not counted tells for all that follow.
            leftOut |= stored.index() == report.entries()
                    && stored.entry().envelope().at().isBefore(report.to());
            return false;
        }
    }
}
