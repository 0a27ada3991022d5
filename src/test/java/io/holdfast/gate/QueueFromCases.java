package io.holdfast.gate;

import io.holdfast.audit.CaseClock;
import io.holdfast.audit.CaseClocks;
import io.holdfast.audit.CaseState;
import io.holdfast.audit.Event;
import io.holdfast.audit.Stored;
import io.holdfast.legal.Outcome;
import io.holdfast.tlog.Hash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What waits for people: as the queue says, page by page, and as each case says for itself. */
final class QueueFromCases {

    static final ReviewQueue.Filter ALL = new ReviewQueue.Filter(Optional.empty(), false);

    private static final Person NOBODY_NEAR = Person.of("reviewer-9");

    /** One line of it, without who asks. */
    record Line(
            Optional<Instant> due,
            Instant since,
            long first,
            String request,
            Hash version,
            long decided,
            int approvals,
            List<CaseClock> clocks) {

        static Line of(ReviewQueue.Item item) {
            return new Line(
                    item.place().due(),
                    item.place().since(),
                    item.place().first(),
                    item.decided().entry().envelope().subject(),
                    item.decided().entry().leaf().hash(),
                    item.decided().index(),
                    item.approvals(),
                    item.clocks());
        }

        static Line of(Case one) {
            List<CaseClock> clocks = CaseClocks.of(one.entries()).running();
            return new Line(
                    clocks.stream()
                            .filter(clock -> clock.told() != CaseClock.State.STOPPED)
                            .map(CaseClock::due)
                            .min(Comparator.naturalOrder()),
                    since(one),
                    one.first().index(),
                    one.id(),
                    one.version(),
                    one.decided().index(),
                    one.approvedBy().size(),
                    clocks);
        }

        private static Instant since(Case one) {
            Instant since = null;
            for (Stored stored : one.entries()) {
                if (stored.entry().event() instanceof Event.RequestDecided decided) {
                    boolean isReferred = decided.decision().outcome() == Outcome.REFERRED;
                    since = !isReferred
                            ? null
                            : since == null ? stored.entry().envelope().at() : since;
                }
            }
            return since;
        }
    }

    private QueueFromCases() {}

    /** All pages, of so many each. */
    static List<Line> pages(ReviewQueue queue, int most) {
        List<Line> lines = new ArrayList<>();
        Optional<ReviewPlace> after = Optional.empty();
        ReviewQueue.Page page;
        do {
            page = queue.page(NOBODY_NEAR, ALL, after, most).orElseThrow();
            page.items().forEach(item -> lines.add(Line.of(item)));
            after = page.items().stream().map(ReviewQueue.Item::place).reduce((one, last) -> last);
        } while (page.hasMore());
        return lines;
    }

    /** Told from each case alone, without the code that is under test. */
    static List<Line> cases(Gate gate, Collection<String> requests) {
        return requests.stream()
                .map(request -> gate.find(request).orElseThrow())
                .filter(one -> one.state() == CaseState.REFERRED)
                .map(Line::of)
                .sorted(Comparator.comparing((Line line) -> line.due().orElse(Instant.MAX))
                        .thenComparing(Line::since)
                        .thenComparing(Line::first))
                .toList();
    }
}
