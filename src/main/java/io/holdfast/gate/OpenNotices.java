package io.holdfast.gate;

import io.holdfast.audit.CaseNotice;
import io.holdfast.audit.Event;
import io.holdfast.audit.Ledger;
import io.holdfast.audit.LedgerSource;
import io.holdfast.audit.LogReader;
import io.holdfast.audit.NoticeStanding;
import io.holdfast.audit.Stored;
import io.holdfast.legal.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The requests on which somebody has to be told, or may have to be, in memory: a fold of the log that is kept up to date from
 * its new entries. One line for each. Safe for many threads.
 */
final class OpenNotices {

    /** When something may have to be written on a request. It may be out of date: then there is nothing. */
    private record Due(Instant at, String request) {}

    /** What was taken to be written and is not in the log after this time is taken again. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final Ledger ledger;
    private final Map<String, CaseNotice> open = new HashMap<>();
    private final PriorityQueue<Due> queue = new PriorityQueue<>(Comparator.comparing(Due::at));

    /** How many entries are taken over. */
    private long size;

    OpenNotices(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Takes over what the log has gained, the whole of it at the first call. */
    synchronized void catchUp() {
        LogReader log = LogReader.of(new LedgerSource(ledger, Map.of()));
        if (log.size() > size) {
            log.entries(size).forEachOrdered(this::next);
        }
    }

    private void next(Stored stored) {
        String request = stored.entry().envelope().subject();
        CaseNotice notice = open.get(request);
        if (notice != null) {
            notice.next(stored);
            keep(request, notice, stored.entry().envelope().at());
        } else if (stored.entry().event() instanceof Event.RequestDecided decided && isOpening(decided.decision())) {
            keep(
                    request,
                    CaseNotice.of(OpenCases.before(ledger, stored)),
                    stored.entry().envelope().at());
        }
        size = stored.index() + 1;
    }

    private static boolean isOpening(Decision decision) {
        return decision instanceof Decision.Referred || decision instanceof Decision.Released;
    }

    private void keep(String request, CaseNotice notice, Instant at) {
        if (notice.isOpen()) {
            open.put(request, notice);
            notice.nextAt(at).ifPresent(next -> queue.add(new Due(next, request)));
        } else {
            open.remove(request);
        }
    }

    /** The requests on which something has to be written by now, at most so many. The next call names others. */
    synchronized List<String> takeDue(Instant now, int most) {
        List<String> due = new ArrayList<>();
        while (due.size() < most && !queue.isEmpty() && !queue.peek().at().isAfter(now)) {
            String request = queue.remove().request();
            CaseNotice notice = open.get(request);
            if (notice != null && notice.dueAt(now).isPresent() && !due.contains(request)) {
                due.add(request);
            }
        }
        due.forEach(request -> queue.add(new Due(now.plus(AGAIN), request)));
        return due;
    }

    /** Those on which people have to do something first, and of each sort those that wait longest. */
    synchronized List<NoticeWatch.Line> lines(Instant now) {
        List<NoticeWatch.Line> lines = new ArrayList<>(open.size());
        open.forEach((request, notice) -> {
            NoticeStanding standing = notice.at(now);
            if (standing.isWaitedFor()) {
                lines.add(new NoticeWatch.Line(request, standing, notice.proposal(now)));
            }
        });
        lines.sort(NoticeWatch.Line.ORDER);
        return lines;
    }

    /** On how many requests people have to do something. */
    synchronized int countDue(Instant now) {
        return (int) open.values().stream()
                .filter(notice -> notice.at(now).due().isPresent())
                .count();
    }
}
