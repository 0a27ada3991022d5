package io.holdfast.audit;

import io.holdfast.legal.Facts;
import io.holdfast.policy.Tally;
import io.holdfast.tlog.Bundle;
import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.Tile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Counts the requests of a period of the log again, each by the facts with which it came in. Reads from the newest entry back and
 * stops where the period begins: the time of entries never runs backwards. The gateway counts with it before somebody proposes,
 * and replay afterwards.
 */
public final class RequestCount {

    private final LogSource log;
    private final long size;
    private final int mostRequests;
    private final int mostEntries;
    private final Runnable goingOn;

    private RequestCount(LogSource log, int mostRequests, int mostEntries, Runnable goingOn) {
        this.log = log;
        this.size = LogReader.of(log).size();
        this.mostRequests = mostRequests;
        this.mostEntries = mostEntries;
        this.goingOn = goingOn;
    }

    /** @param goingOn is asked now and then, and throws if nobody waits for the result any more */
    public static RequestCount of(LogSource log, Runnable goingOn) {
        return new RequestCount(log, PastRequests.MOST_REQUESTS, PastRequests.MOST_ENTRIES, goingOn);
    }

    /** With other bounds. */
    static RequestCount of(LogSource log, int mostRequests, int mostEntries) {
        return new RequestCount(log, mostRequests, mostEntries, () -> {});
    }

    /** How many entries the log has. */
    public long size() {
        return size;
    }

    /**
     * @param entries those from here on are not looked at; at most {@link #size}
     * @param at the end of the period
     * @param tally is given each request
     * @throws UnreadableException if an entry is missing or cannot be read
     */
    public PastRequests count(long entries, Instant at, Tally tally) {
        return new PastRequests(at, entries, new Reading(entries, at, tally).all(), tally.rows());
    }

    /** The time of an entry. */
    Instant time(long index) {
        return leaf(index).envelope().at();
    }

    private Entry leaf(long index) {
        return Entry.parse(Leaf.of(bundle(index / Tile.FULL_WIDTH).get((int) (index % Tile.FULL_WIDTH))));
    }

    private List<byte[]> bundle(long number) {
        Tile.Entries bundle = Tile.Entries.at(number, size);
        byte[] bytes = log.read(bundle.path())
                .orElseThrow(() ->
                        new UnreadableException(bundle.path() + " is missing; verify the log before you read it"));
        try {
            return Bundle.decode(bundle, bytes);
        } catch (MalformedException e) {
            throw new UnreadableException(e.getMessage());
        }
    }

    private final class Reading {

        private final long entries;
        private final Instant from;
        private final Tally tally;
        private long looked;
        private long counted;

        Reading(long entries, Instant at, Tally tally) {
            this.entries = entries;
            this.from = at.minus(PastRequests.PERIOD);
            this.tally = tally;
        }

        /** @return whether every request of the period was counted */
        boolean all() {
            for (long number = (entries + Tile.FULL_WIDTH - 1) / Tile.FULL_WIDTH - 1; number >= 0; number--) {
                goingOn.run();
                long first = number * Tile.FULL_WIDTH;
                List<byte[]> leaves = bundle(number);
                leaves = leaves.subList(0, (int) Math.min(leaves.size(), entries - first));
                List<Optional<Came>> requests = requests(leaves);
                for (int i = leaves.size() - 1; i >= 0; i--) {
                    if (looked++ == mostEntries) {
                        return time(first + i).isBefore(from);
                    }
                    Optional<Came> came = requests.get(i);
                    if (came.isPresent()) {
                        if (came.get().at().isBefore(from)) {
                            return true;
                        }
                        if (counted == mostRequests) {
                            return false;
                        }
                        counted++;
                        tally.add(came.get().facts(), came.get().at());
                    }
                }
                if (Entry.parse(Leaf.of(leaves.get(0))).envelope().at().isBefore(from)) {
                    return true;
                }
            }
            return true;
        }

        /** Reading one takes far longer than all else, and there are several cores. */
        private List<Optional<Came>> requests(List<byte[]> leaves) {
            return IntStream.range(0, leaves.size())
                    .parallel()
                    .mapToObj(i -> Came.of(leaves.get(i)))
                    .toList();
        }
    }

    /**
     * A request as it came in. Only what is needed of the entry is read, which takes half of the time: that nothing else is
     * in it, whoever verifies the log looks after.
     */
    private record Came(Instant at, Facts facts) {

        /** Nothing if it is something else. Whatever is decided again answers the decision before. */
        static Optional<Came> of(byte[] leaf) {
            int header = dot(leaf, 0);
            if (EntryHeader.parse(text(leaf, 0, header)).kind() != EntryKind.REQUEST_DECIDED) {
                return Optional.empty();
            }
            byte[] payload = Base64Url.parse("the payload", text(leaf, header + 1, dot(leaf, header + 1)));
            Claims claims = new Claims("payload", CanonicalJson.readUnchecked("payload", payload));
            return claims.has("prev")
                    ? Optional.empty()
                    : Optional.of(new Came(
                            Instant.ofEpochSecond(claims.number("iat")), FactsJson.read(claims.object("facts"))));
        }

        private static String text(byte[] leaf, int from, int to) {
            if (from >= to) {
                throw new UnreadableException("an entry is a compact JWS of three parts");
            }
            return new String(leaf, from, to - from, StandardCharsets.US_ASCII);
        }

        /** The index of the next dot, or the end. */
        private static int dot(byte[] leaf, int from) {
            int at = from;
            while (at < leaf.length && leaf[at] != '.') {
                at++;
            }
            return at;
        }
    }
}
