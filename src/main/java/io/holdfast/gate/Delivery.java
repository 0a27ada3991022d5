package io.holdfast.gate;

import io.holdfast.audit.CaseState;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.PackageEvent;
import io.holdfast.audit.PackageTrail;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.bag.Manifest;
import io.holdfast.bag.RecipientCertificate;
import io.holdfast.legal.Action;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Makes the package of what was released, and of nothing else. Blocks while it waits for the log and the store. Nothing leaves with
 * this: {@link PackageDesk} hands it over.
 *
 * <ol>
 *   <li>decide once more, under what is in force now; record that the store is about to be read; wait until that is durable,
 *       and until the witnesses vouch for it
 *   <li>collect from the store, for the accounts and the categories of the narrowed scope only, page by page; before each page see
 *       that it is still released
 *   <li>decide once more, since a hold may have landed meanwhile; record what was made, with the digest of its manifest
 * </ol>
 *
 * <p>Where the person concerned is told before, the first step waits until they were; every attempt before that is recorded. What
 * was interrupted, by a crash or because the store does not answer, goes on with the next call at the page where it stopped.
 */
public final class Delivery {

    private final Gate gate;
    private final Collector collector;
    private final Packages packages;
    private final Witnesses witnesses;
    private final PackageTerms terms;

    /** The cases that are being collected: another call does not ask the store for the same. */
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    Delivery(Gate gate, Collector collector, Packages packages, Witnesses witnesses, PackageTerms terms) {
        this.gate = gate;
        this.collector = collector;
        this.packages = packages;
        this.witnesses = witnesses;
        this.terms = terms;
    }

    /** What came of it. */
    public sealed interface Result {

        /**
         * The package is there.
         *
         * @param receipt of the entry that says so
         */
        record Packed(Receipt receipt, PackageTrail.Current current) implements Result {}

        /**
         * Not all of it is there yet. The gateway goes on by itself, and so does the next call.
         *
         * @param waitsFor {@code STORE_UNAVAILABLE} or {@code VAULT_UNAVAILABLE}; nothing if it is just not done
         */
        record Collecting(Optional<Blocked> waitsFor) implements Result {}

        /** The request is not, or no longer, released; the receipt is for the decision that says so, if there is a new one. */
        record NotReleased(Decision decision, Optional<Receipt> receipt) implements Result {}

        /** What was released is not a disclosure. */
        record NothingToDeliver() implements Result {}

        /** It was handed over before, and nothing of it is here any more. */
        record AlreadyDelivered() implements Result {}

        /** The store could not be used, or the witnesses did not vouch, or there is nobody to encrypt it for. */
        record Failed(Blocked blocked, Receipt receipt) implements Result {}
    }

    /**
     * @param patience how long to collect; what is left then is for another call
     * @return nothing if there is no such request
     */
    public Optional<Result> deliver(String requestId, Duration patience) {
        Instant end = gate.scribe().now().plus(patience);
        return gate.find(requestId)
                .map(found -> deliver(found, () -> gate.scribe().now().isBefore(end)));
    }

    private Result deliver(Case found, BooleanSupplier hasTime) {
        if (found.shredded().isPresent()) {
            return failed(found, Blocked.SHREDDED);
        }
        if (found.state() == CaseState.PACKAGED || found.state() == CaseState.DELIVERED) {
            return found.packages().current().map(this::packed).orElseGet(Result.AlreadyDelivered::new);
        }
        if (!(found.decision() instanceof Decision.Released)) {
            return new Result.NotReleased(found.decision(), Optional.empty());
        }
        if (found.event().facts().action() != Action.DISCLOSE) {
            return new Result.NothingToDeliver();
        }
        try {
            Optional<Packages.Recipient> recipient = packages.recipient(found);
            return recipient.isEmpty() ? failed(found, Blocked.NO_CERTIFICATE) : read(found, recipient.get(), hasTime);
        } catch (VaultUnavailableException e) {
            return new Result.Collecting(Optional.of(Blocked.VAULT_UNAVAILABLE));
        }
    }

    /** Another call has made it; a moment before the checkpoint that proves it there is nothing to show. */
    private Result packed(PackageTrail.Current current) {
        return gate.ledger()
                .receipt(current.index())
                .<Result>map(receipt -> new Result.Packed(receipt, current))
                .orElseGet(() -> new Result.Collecting(Optional.empty()));
    }

    private Result read(Case found, Packages.Recipient recipient, BooleanSupplier hasTime) {
        if (found.state() == CaseState.ACCESSED) {
            return collect(found, recipient, hasTime);
        }
        Optional<Receipt> receipt = append(new Step(found.id(), Optional.empty()));
        if (receipt.isPresent() && !(receipt.get().stored().entry().event() instanceof Event.Accessed)) {
            return stopped(receipt.get());
        }
        Case now = gate.find(found.id()).orElseThrow();
        return now.state() == CaseState.ACCESSED ? collect(now, recipient, hasTime) : deliver(now, hasTime);
    }

    private Result collect(Case found, Packages.Recipient recipient, BooleanSupplier hasTime) {
        if (!busy.add(found.id())) {
            return new Result.Collecting(Optional.empty());
        }
        try {
            return collectAlone(found, recipient, hasTime);
        } finally {
            busy.remove(found.id());
        }
    }

    private Result collectAlone(Case found, Packages.Recipient recipient, BooleanSupplier hasTime) {
        Stored accessed = reading(found);
        if (!witnesses.vouchFor(accessed.index())) {
            return failed(found, Blocked.NOT_WITNESSED);
        }
        Collector.Result result = collector.collect(found, accessed, () -> hasTime.getAsBoolean() && isCovered(found));
        if (result instanceof Collector.Result.Failed failed) {
            return failed(found, failed.blocked());
        }
        if (result instanceof Collector.Result.Paused paused) {
            return paused(found, paused.blocked());
        }
        return packages.pack(found, accessed, (Collector.Result.Collected) result)
                .map(manifest -> pack(found, new Made(accessed.index(), manifest, recipient), hasTime))
                .orElseGet(() -> failed(found, Blocked.SHREDDED));
    }

    private Result paused(Case found, Blocked why) {
        if (!isCovered(found)) {
            return failed(found, Blocked.NO_LONGER_COVERED);
        }
        boolean isTold = why == Blocked.STORE_UNAVAILABLE || why == Blocked.VAULT_UNAVAILABLE;
        return new Result.Collecting(isTold ? Optional.of(why) : Optional.empty());
    }

    private Result pack(Case found, Made made, BooleanSupplier hasTime) {
        Optional<Receipt> receipt = append(new Step(found.id(), Optional.of(made)));
        if (receipt.isEmpty()) {
            return deliver(gate.find(found.id()).orElseThrow(), hasTime); // another call was faster
        }
        if (!(receipt.get().stored().entry().event() instanceof PackageEvent.Made)) {
            collector.drop(found.id(), made.accessed());
            return stopped(receipt.get());
        }
        return gate.find(found.id())
                .flatMap(now -> now.packages().current())
                .<Result>map(current -> new Result.Packed(receipt.get(), current))
                .orElseGet(Result.AlreadyDelivered::new);
    }

    /** The newest one: while a case is being read there is one that nothing was said of yet. */
    private static Stored reading(Case found) {
        return found.entries().stream()
                .filter(stored -> stored.entry().event() instanceof Event.Accessed access
                        && access.through().isEmpty())
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    /** Whether reading may go on: each page may have taken seconds, and what a hold covers by now is not even read. */
    private boolean isCovered(Case found) {
        return gate.find(found.id())
                .filter(now -> now.state() == CaseState.ACCESSED && !now.isBarred())
                .map(now -> now.decidedAgain(
                        gate.rulebook(), gate.ledger().standing(), gate.scribe().now()))
                .filter(again -> again.decision() instanceof Decision.Released)
                .isPresent();
    }

    /** Says why nothing came of it, unless something else stands in the way by now. */
    private Result failed(Case found, Blocked why) {
        Optional<Receipt> receipt = append(new Step(found.id(), Optional.of(new Failure(why))));
        if (receipt.isEmpty()) {
            return new Result.AlreadyDelivered();
        }
        if (found.state() == CaseState.ACCESSED) {
            collector.drop(found.id(), reading(found).index());
        }
        return stopped(receipt.get());
    }

    private static Result stopped(Receipt receipt) {
        return receipt.stored().entry().event() instanceof Event.RequestDecided decided
                ? new Result.NotReleased(decided.decision(), Optional.of(receipt))
                : new Result.Failed(
                        ((Event.DeliveryFailed) receipt.stored().entry().event()).blocked(), receipt);
    }

    /** @return nothing if another call has written meanwhile what was to be written */
    private Optional<Receipt> append(Step step) {
        try {
            return Optional.of(gate.append(step));
        } catch (NothingToDoException e) {
            return Optional.empty();
        }
    }

    /** What came of reading. */
    private sealed interface Outcome {}

    private record Made(long accessed, Manifest manifest, Packages.Recipient recipient) implements Outcome {}

    private record Failure(Blocked why) implements Outcome {}

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
            if (found.state() == CaseState.PACKAGED || found.state() == CaseState.DELIVERED) {
                throw new NothingToDoException(); // by another call, meanwhile
            }
            if (found.state() == CaseState.OPENED) {
                return List.of(line.draft(new Event.DeliveryFailed(Blocked.SERVED_UNDER_GRANTS)));
            }
            if (outcome.isEmpty() && found.state() == CaseState.ACCESSED) {
                throw new NothingToDoException(); // it is being read
            }
            List<Draft> drafts = new ArrayList<>();
            Event.RequestDecided again = found.decidedAgain(gate.rulebook(), standing, at);
            Decision now = again.decision();
            if (!now.equals(found.decision())) {
                drafts.add(line.draft(again));
            }
            if (!(now instanceof Decision.Released released)) {
                return drafts.isEmpty() ? List.of(line.draft(new Event.DeliveryFailed(Blocked.NOT_RELEASED))) : drafts;
            }
            boolean isTooEarly = found.holdsBack(again, at);
            if (found.isBarred()) {
                drafts.add(line.draft(new Event.DeliveryFailed(Blocked.OBJECTED)));
            } else if (outcome.isPresent()) {
                drafts.add(said(found, outcome.get(), released, isTooEarly, at, line));
            } else if (isTooEarly) {
                drafts.add(line.draft(new Event.DeliveryFailed(Blocked.NOTICE_NOT_GIVEN)));
            } else {
                // Of a release that was stopped since.
                found.packages()
                        .current()
                        .ifPresent(old -> drafts.add(line.answering(old.index())
                                .draft(new PackageEvent.Deleted(
                                        found.packages().over(at).orElse(PackageEvent.Because.STOPPED)))));
                Set<DataCategory> categories = EnumSet.copyOf(released.scope().granted());
                drafts.add(line.draft(new Event.Accessed(
                        Action.DISCLOSE, categories, again.facts().accounts())));
            }
            return drafts;
        }

        /**
         * What was read under a release that was stopped since is not packed under the next. Nor is what was read while an order let
         * nobody tell the person concerned, once they have to be told.
         */
        private Draft said(
                Case found,
                Outcome what,
                Decision.Released released,
                boolean isTooEarly,
                Instant at,
                Scribe.Line line) {
            if (what instanceof Failure failure) {
                return line.draft(new Event.DeliveryFailed(failure.why()));
            }
            Made made = (Made) what;
            Optional<Event.Accessed> read = found.state() == CaseState.ACCESSED
                    ? Optional.of(reading(found))
                            .filter(stored -> stored.index() == made.accessed())
                            .map(stored -> (Event.Accessed) stored.entry().event())
                    : Optional.empty();
            boolean isCovered = !isTooEarly
                    && read.filter(access -> released.scope().granted().containsAll(access.categories()))
                            .isPresent();
            if (!isCovered) {
                return line.draft(new Event.DeliveryFailed(Blocked.NO_LONGER_COVERED));
            }
            return line.answering(made.accessed())
                    .draft(new PackageEvent.Made(
                            read.orElseThrow().categories(),
                            made.manifest().accountsFound(),
                            Math.toIntExact(made.manifest().items()),
                            made.manifest().digest(),
                            made.recipient().certificate().map(RecipientCertificate::fingerprint),
                            at.plus(terms.window()),
                            terms.downloads()));
        }
    }
}
