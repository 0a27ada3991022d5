package io.holdfast.report;

import io.holdfast.audit.Event;
import java.util.OptionalInt;

/** One request within the period: its latest decision, and what was handed over. */
final class RequestTally {

    private Event.RequestDecided latest;
    private OptionalInt delivered = OptionalInt.empty();
    private int items;

    RequestTally(Event.RequestDecided first) {
        latest = first;
    }

    void decided(Event.RequestDecided decided) {
        latest = decided;
    }

    /** Handed over again is handed over once, for the most accounts and items that it was for. */
    void delivered(Event.Delivered event) {
        delivered = OptionalInt.of(Math.max(event.accounts(), delivered.orElse(0)));
        items = Math.max(items, event.items());
    }

    /** Under a grant, at a store that does not say what it gave: for no more accounts than were asked for. */
    void letThrough(int accounts) {
        int all = delivered.orElse(0) + accounts;
        delivered = OptionalInt.of(Math.min(all, latest.facts().accounts()));
    }

    RowKey row() {
        return new RowKey(
                latest.facts().issuer().code(), latest.facts().instrument().code());
    }

    Counts counts() {
        Counts decided = Counts.of(latest.decision(), latest.facts().accounts());
        return delivered.isPresent() ? decided.plus(Counts.delivery(delivered.getAsInt(), items)) : decided;
    }
}
