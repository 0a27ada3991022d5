package io.holdfast.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What left the store for one call that a grant let through, or the gateway with one handing over of a package, as far as the log can
 * say. Never less than what did: where the log ends early, it says that nobody can know.
 *
 * @param entry the index of the {@code accessed}, {@code delivered} or {@code delivered-again}
 * @param at when it was let through, or handed over
 * @param through nothing for a package
 * @param atMost how many granted values or items left at most; nothing where it cannot be known
 */
public record WhatLeft(long entry, Instant at, Optional<Event.Through> through, Known known, OptionalLong atMost) {

    /** How much the log knows. */
    public enum Known {
        /** The gateway sent all of it on its way. */
        ALL("All that was granted went on its way."),
        /** It sent some of it, or nothing. */
        AT_MOST("It was cut off: no more values than these went on their way, perhaps fewer."),
        /** There is no entry of its end. */
        UNKNOWN(
                "It cannot be known what left, since no entry says how it ended: the gateway was killed meanwhile, or the"
                        + " log took nothing more, or it is still on its way. Take it that everything that was granted left."),
        /** A proxy of the operator's was told yes. */
        NOT_SEEN(
                "It cannot be known here what left: another proxy was told yes, and the gateway does not see what the store"
                        + " gave it. Take it that everything that was granted left.");

        private final String sentence;

        Known(String sentence) {
            this.sentence = sentence;
        }

        /** For people. */
        public String sentence() {
            return sentence;
        }
    }

    /** @param entries those on one request, in order */
    public static List<WhatLeft> of(List<Stored> entries) {
        Map<Long, Event.Passed> ends = new HashMap<>();
        for (Stored stored : entries) {
            OptionalLong access = stored.entry().envelope().previous();
            if (stored.entry().event() instanceof Event.Passed passed && access.isPresent()) {
                ends.put(access.getAsLong(), passed);
            }
        }
        List<WhatLeft> all = new ArrayList<>();
        for (Stored stored : entries) {
            Event event = stored.entry().event();
            if (event instanceof Event.Accessed access && access.through().isPresent()
                    || event instanceof Event.Delivered
                    || event instanceof PackageEvent.DeliveredAgain) {
                all.add(of(stored, ends.get(stored.index())));
            }
        }
        return List.copyOf(all);
    }

    private static WhatLeft of(Stored stored, Event.Passed passed) {
        Optional<Event.Through> through =
                stored.entry().event() instanceof Event.Accessed access ? access.through() : Optional.empty();
        Known known = through.equals(Optional.of(Event.Through.CHECK))
                ? Known.NOT_SEEN
                : passed == null
                        ? Known.UNKNOWN
                        : switch (passed.ended()) {
                            case COMPLETE -> Known.ALL;
                            case CUT_OFF -> Known.AT_MOST;
                        };
        OptionalLong atMost = passed == null ? OptionalLong.empty() : OptionalLong.of(passed.items());
        return new WhatLeft(stored.index(), stored.entry().envelope().at(), through, known, atMost);
    }
}
