package io.holdfast.gate;

import io.holdfast.audit.CaseNotice;
import io.holdfast.audit.Draft;
import io.holdfast.audit.NoticeEvent;
import io.holdfast.audit.NoticeStanding;
import io.holdfast.audit.Standing;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Says in the log that somebody has to be told, that an order or a risk that stood in the way is over, and that people have to
 * look again. It tells nobody anything itself. What is due the log alone says, so a restart loses nothing, and of several
 * replicas one writes. {@link #look} is for one thread, the rest for many.
 */
public final class NoticeWatch {

    /** So many requests are taken up at once. */
    private static final int MOST = 1024;

    private final Gate gate;
    private final OpenNotices open;
    private volatile int due;

    public NoticeWatch(Gate gate) {
        this.gate = gate;
        this.open = new OpenNotices(gate.ledger());
    }

    /** What stands on one request. */
    public record Line(String request, NoticeStanding standing, Optional<CaseNotice.Proposal> proposal) {

        private static final Function<Line, Instant> NEXT = line -> line.standing()
                .due()
                .map(NoticeEvent.Due::since)
                .or(() -> earlier(line.standing().until(), line.standing().review()))
                .orElse(Instant.MAX);

        static final Comparator<Line> ORDER = Comparator.comparing(
                        (Line line) -> line.standing().due().isEmpty())
                .thenComparing(NEXT)
                .thenComparing(Line::request);

        private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
            return one.isPresent() && (other.isEmpty() || one.get().isBefore(other.get())) ? one : other;
        }
    }

    /**
     * Some of the requests on which there is something to do or to wait for.
     *
     * @param more whether there are others after these
     */
    public record Page(List<Line> lines, int due, boolean more) {}

    /**
     * As of now, with every entry of the log: what is due first, then what waits.
     *
     * @param after the request that the last page ended with
     * @param most at least 1
     * @return nothing if that request is not on the list any more
     */
    public Optional<Page> page(Optional<String> after, int most) {
        open.catchUp();
        List<Line> all = open.lines(gate.scribe().now());
        int from = 0;
        if (after.isPresent()) {
            while (from < all.size() && !all.get(from).request().equals(after.get())) {
                from++;
            }
            if (from == all.size()) {
                return Optional.empty();
            }
            from++;
        }
        int to = Math.min(all.size(), from + most);
        due = (int)
                all.stream().filter(line -> line.standing().due().isPresent()).count();
        return Optional.of(new Page(List.copyOf(all.subList(from, to)), due, to < all.size()));
    }

    /** What stands now on this request. */
    public NoticeStanding standing(Case found) {
        return found.notice().at(gate.scribe().now());
    }

    /** The same by its id; nothing if there is no such request. */
    public Optional<Line> line(String request) {
        Instant now = gate.scribe().now();
        return gate.find(request)
                .map(found ->
                        new Line(request, found.notice().at(now), found.notice().proposal(now)));
    }

    /** On how many requests people have to do something, at the last look or list. */
    public int countDue() {
        return due;
    }

    /**
     * Writes what is due. The first call reads the whole log, every other what it has gained.
     *
     * @return on how many requests this call wrote
     * @throws RuntimeException if the log cannot be read or written; another call goes on
     */
    public int look() {
        int written = 0;
        Instant now = gate.scribe().now();
        for (List<String> requests = due(now); !requests.isEmpty(); requests = due(now)) {
            written += ManyAtOnce.write(
                    gate.ledger(), requests.stream().map(Telling::new).toList());
        }
        due = open.countDue(now);
        return written;
    }

    private List<String> due(Instant now) {
        open.catchUp();
        return open.takeDue(now, MOST);
    }

    private final class Telling extends CaseStep {

        Telling(String requestId) {
            super(gate, requestId);
        }

        /** Another replica may have said it, or people have seen to it: then there is nothing to do. */
        @Override
        List<Draft> drafts(Case found, Standing standing, Instant at, Scribe.Line line) {
            NoticeEvent.Due due = found.notice().dueAt(at).orElseThrow(NothingToDoException::new);
            return List.of(line.draft(due));
        }
    }
}
