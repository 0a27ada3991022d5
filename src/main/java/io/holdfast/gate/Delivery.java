package io.holdfast.gate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.Candidate;
import io.holdfast.audit.CanonicalJson;
import io.holdfast.audit.CaseState;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.legal.Action;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.tlog.Hash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;

/**
 * Hands over what was released, and nothing else. Blocks while it waits for the log and the store.
 *
 * <ol>
 *   <li>decide once more, under what is in force now; record that the store is about to be read; wait until that is durable,
 *       and until the witnesses vouch for it
 *   <li>read the store, for the accounts and the categories of the narrowed scope only
 *   <li>decide once more, since a hold may have landed meanwhile; record what is handed over; wait; hand it over
 * </ol>
 *
 * <p>Where the person concerned is told before, the first step waits until they were; every attempt before that is recorded.
 *
 * <p>A crash after the first step leaves an entry that says that data was read and none that says that it left.
 */
public final class Delivery {

    private final Gate gate;
    private final Collector collector;
    private final Witnesses witnesses;

    public Delivery(Gate gate, Collector collector, Witnesses witnesses) {
        this.gate = gate;
        this.collector = collector;
        this.witnesses = witnesses;
    }

    /** What came of it. */
    public sealed interface Result {

        /** @param content the package, canonical JSON */
        record Delivered(Receipt receipt, String content) implements Result {
            @Override
            public String toString() {
                return "Delivered[" + receipt.stored().index() + "]";
            }
        }

        /** The request is not, or no longer, released; the receipt is for the decision that says so, if there is a new one. */
        record NotReleased(Decision decision, Optional<Receipt> receipt) implements Result {}

        /** What was released is not a disclosure. */
        record NothingToDeliver() implements Result {}

        /** It was handed over before. */
        record AlreadyDelivered() implements Result {}

        /** The store could not be used, or the witnesses did not vouch; nothing was handed over. */
        record Failed(Blocked blocked, Receipt receipt) implements Result {}
    }

    /** @return nothing if there is no such request */
    public Optional<Result> deliver(String requestId) {
        return gate.find(requestId).map(this::deliver);
    }

    private Result deliver(Case found) {
        if (found.shredded().isPresent()) {
            Receipt receipt = append(new Step(found.id(), Optional.empty())).get(0);
            return new Result.Failed(Blocked.SHREDDED, receipt);
        }
        if (found.isDelivered()) {
            return new Result.AlreadyDelivered();
        }
        if (!isReleased(found.decision())) {
            return new Result.NotReleased(found.decision(), Optional.empty());
        }
        if (found.event().facts().action() != Action.DISCLOSE) {
            return new Result.NothingToDeliver();
        }
        List<Receipt> receipts;
        try {
            receipts = append(new Step(found.id(), Optional.empty()));
        } catch (NothingToDoException e) {
            return new Result.AlreadyDelivered(); // by another call, meanwhile
        }
        Stored last = receipts.get(receipts.size() - 1).stored();
        if (last.entry().event() instanceof Event.RequestDecided decided) {
            return new Result.NotReleased(decided.decision(), Optional.of(receipts.get(receipts.size() - 1)));
        }
        if (last.entry().event() instanceof Event.DeliveryFailed failed) {
            return new Result.Failed(failed.blocked(), receipts.get(receipts.size() - 1));
        }
        Outcome outcome = outcome(found, last);
        receipts = append(new Step(found.id(), Optional.of(outcome)));
        collector.drop(found.id());
        Receipt receipt = receipts.get(receipts.size() - 1);
        if (receipt.stored().entry().event() instanceof Event.Delivered) {
            return new Result.Delivered(receipt, outcome.content());
        }
        if (receipt.stored().entry().event() instanceof Event.DeliveryFailed failed) {
            return new Result.Failed(failed.blocked(), receipt);
        }
        Decision now = ((Event.RequestDecided) receipt.stored().entry().event()).decision();
        return new Result.NotReleased(now, Optional.of(receipt));
    }

    private List<Receipt> append(Candidate step) {
        try {
            return gate.ledger().append(step).toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof NothingToDoException nothing) {
                throw nothing;
            }
            throw e;
        }
    }

    /** What the store gave: an event that says so, and the package if there is one. */
    private record Outcome(Event event, String content) {

        static Outcome failed(Blocked blocked) {
            return new Outcome(new Event.DeliveryFailed(blocked), "");
        }

        @Override
        public String toString() {
            return event.kind().code();
        }
    }

    /** What stands in the way now, or what the store gives. */
    private Outcome outcome(Case found, Stored accessed) {
        if (!witnesses.vouchFor(accessed.index())) {
            return Outcome.failed(Blocked.NOT_WITNESSED);
        }
        Collector.Result result = collector.collect(found, accessed, () -> isCovered(found));
        if (result instanceof Collector.Result.Paused paused) {
            return Outcome.failed(paused.blocked());
        }
        if (result instanceof Collector.Result.Failed failed) {
            return Outcome.failed(failed.blocked());
        }
        return handedOver(found, (Event.Accessed) accessed.entry().event(), (Collector.Result.Collected) result);
    }

    /** Whether reading may go on: each page may have taken seconds, and what a hold covers by now is not even read. */
    private boolean isCovered(Case found) {
        Decision now = found.decidedAgain(
                        gate.rulebook(), gate.ledger().standing(), gate.scribe().now())
                .decision();
        return isReleased(now) && !gate.find(found.id()).orElseThrow().isBarred();
    }

    private Outcome handedOver(Case found, Event.Accessed accessed, Collector.Result.Collected collected) {
        try {
            byte[] bytes = content(found, collected.parts());
            return new Outcome(
                    new Event.Delivered(
                            accessed.categories(), collected.accounts(), collected.items(), Hash.sha256(bytes)),
                    new String(bytes, StandardCharsets.UTF_8));
        } catch (VaultUnavailableException e) {
            return Outcome.failed(Blocked.VAULT_UNAVAILABLE);
        } catch (IOException e) {
            return Outcome.failed(Blocked.NO_LONGER_COVERED); // another call has handed it over, and emptied the spool
        }
    }

    /** Canonical, since each part is, and the accounts come first. */
    private byte[] content(Case found, List<Collector.Part> parts) throws IOException {
        SealedRequest.Wanted wanted = SealedRequest.Wanted.of(
                CaseFile.open(gate.ledger(), gate.scribe().vault(), found.first()));
        ObjectNode around = CanonicalJson.object();
        around.putArray("accounts");
        around.put("request", found.id());
        around.put("decision", found.decided().index());
        around.put("from", wanted.from().toString());
        around.put("to", wanted.to().toString());
        byte[] frame = CanonicalJson.write(around);
        int inside = "{\"accounts\":[".length();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(frame, 0, inside);
        for (Collector.Part part : parts) {
            out.writeBytes((out.size() > inside ? "," : "").getBytes(StandardCharsets.US_ASCII));
            try (InputStream in = collector.open(found, part).orElseThrow()) {
                in.transferTo(out);
            }
        }
        out.write(frame, inside, frame.length - inside);
        return out.toByteArray();
    }

    private static boolean isReleased(Decision decision) {
        return decision instanceof Decision.Released;
    }

    /** The step before the store is read, and, with an outcome, the step after it. */
    private final class Step extends CaseStep {

        private final Optional<Outcome> outcome;

        Step(String requestId, Optional<Outcome> outcome) {
            super(gate, requestId);
            this.outcome = outcome;
        }

        @Override
        List<Draft> drafts(Case found, Standing standing, Instant at, Scribe.Line line) {
            if (found.shredded().isPresent()) {
                return List.of(line.answering(found.shredded().get().index())
                        .draft(new Event.DeliveryFailed(Blocked.SHREDDED)));
            }
            if (found.state() == CaseState.DELIVERED) {
                return List.of(afterDelivery(line));
            }
            if (found.state() == CaseState.OPENED && outcome.isEmpty()) {
                return List.of(line.draft(new Event.DeliveryFailed(Blocked.SERVED_UNDER_GRANTS)));
            }
            List<Draft> drafts = new ArrayList<>();
            Event.RequestDecided before = found.event();
            Event.RequestDecided again = found.decidedAgain(gate.rulebook(), standing, at);
            Decision now = again.decision();
            if (!now.equals(before.decision())) {
                drafts.add(line.draft(again));
            }
            if (!(now instanceof Decision.Released released)) {
                return drafts.isEmpty() ? List.of(line.draft(new Event.DeliveryFailed(Blocked.NOT_RELEASED))) : drafts;
            }
            boolean isTooEarly = found.holdsBack(again, at);
            if (found.isBarred()) {
                drafts.add(line.draft(new Event.DeliveryFailed(Blocked.OBJECTED)));
            } else if (outcome.isPresent()) {
                // What was read under a release that was stopped since is not handed over under the next. Nor is what
                // was
                // read while an order let nobody tell the person concerned, once they have to be told.
                boolean stillCovered = !(outcome.get().event() instanceof Event.Delivered delivered)
                        || !isTooEarly
                                && found.state() == CaseState.ACCESSED
                                && released.scope().granted().containsAll(delivered.categories());
                drafts.add(line.draft(
                        stillCovered ? outcome.get().event() : new Event.DeliveryFailed(Blocked.NO_LONGER_COVERED)));
            } else if (isTooEarly) {
                drafts.add(line.draft(new Event.DeliveryFailed(Blocked.NOTICE_NOT_GIVEN)));
            } else {
                drafts.add(line.draft(accessed(before, released)));
            }
            return drafts;
        }

        /** What another call has handed over is neither decided again nor read again. */
        private Draft afterDelivery(Scribe.Line line) {
            if (outcome.isEmpty()) {
                throw new NothingToDoException();
            }
            return line.draft(new Event.DeliveryFailed(Blocked.NO_LONGER_COVERED));
        }

        private Event accessed(Event.RequestDecided decided, Decision.Released released) {
            Set<DataCategory> categories = EnumSet.copyOf(released.scope().granted());
            return new Event.Accessed(
                    Action.DISCLOSE, categories, decided.facts().accounts());
        }
    }
}
