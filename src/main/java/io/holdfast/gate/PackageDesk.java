package io.holdfast.gate;

import io.holdfast.audit.CaseState;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.PackageEvent;
import io.holdfast.audit.PackageTrail;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Standing;
import io.holdfast.bag.Manifest;
import io.holdfast.bag.Sha512;
import io.holdfast.legal.Decision;
import io.holdfast.vault.CaseKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hands packages over, and takes them away again. Blocks while it waits for the log. That a package is handed over is durable,
 * and the witnesses vouch for it, before its first byte leaves; how it ended is recorded after its last.
 */
public final class PackageDesk {

    private final Gate gate;
    private final Packages packages;
    private final Collector collector;
    private final Witnesses witnesses;

    PackageDesk(Gate gate, Packages packages, Collector collector, Witnesses witnesses) {
        this.gate = gate;
        this.packages = packages;
        this.collector = collector;
        this.witnesses = witnesses;
    }

    /** What came of asking for it. */
    public sealed interface Result {

        /** It may be written out, now and once. */
        record Open(Receipt receipt, Handover handover) implements Result {}

        /** The request is not released any more; the receipt is for the decision that says so. */
        record NotReleased(Decision decision, Receipt receipt) implements Result {}

        /** There is no package: none was made yet, or it was deleted. */
        record NoPackage() implements Result {}

        /** Nothing was handed over. */
        record Failed(Blocked blocked, Receipt receipt) implements Result {}
    }

    /** @return nothing if there is no such request */
    public Optional<Result> open(String requestId) {
        return gate.find(requestId).map(this::open);
    }

    private Result open(Case found) {
        Optional<PackageTrail.Current> current = current(found);
        Optional<Manifest> manifest = Optional.empty();
        Optional<Blocked> unfit = Optional.empty();
        Optional<Packages.Recipient> recipient = Optional.empty();
        if (current.isPresent()) {
            try {
                recipient = packages.recipient(found, current.get());
                manifest = packages.manifest(found, current.get());
                unfit = recipient.isEmpty()
                        ? Optional.of(Blocked.NO_CERTIFICATE)
                        : manifest.isEmpty() ? Optional.of(Blocked.NO_SUCH_PACKAGE) : Optional.empty();
            } catch (VaultUnavailableException e) {
                unfit = Optional.of(Blocked.VAULT_UNAVAILABLE);
            }
        }
        Receipt receipt;
        try {
            receipt = gate.append(new Opening(found.id(), current.map(PackageTrail.Current::index), unfit));
        } catch (NothingToDoException e) {
            return new Result.NoPackage();
        }
        Event event = receipt.stored().entry().event();
        if (event instanceof Event.RequestDecided decided) {
            return new Result.NotReleased(decided.decision(), receipt);
        }
        if (event instanceof Event.DeliveryFailed failed) {
            return new Result.Failed(failed.blocked(), receipt);
        }
        Handover handover = new Handover(
                gate,
                packages,
                gate.find(found.id()).orElseThrow(),
                receipt.stored(),
                manifest.orElseThrow(),
                recipient.orElseThrow());
        if (!witnesses.vouchFor(receipt.stored().index())) {
            handover.nothing();
            return new Result.Failed(
                    Blocked.NOT_WITNESSED,
                    gate.append(new Said(found.id(), new Event.DeliveryFailed(Blocked.NOT_WITNESSED))));
        }
        return new Result.Open(receipt, handover);
    }

    private static Optional<PackageTrail.Current> current(Case found) {
        return found.state() == CaseState.PACKAGED || found.state() == CaseState.DELIVERED
                ? found.packages().current()
                : Optional.empty();
    }

    /** What came of saying that it was received. */
    public sealed interface Received {

        /** It is so, and what the gateway had of it is deleted. */
        record Noted(Receipt receipt) implements Received {}

        record NotNoted(Blocked blocked, Receipt receipt) implements Received {}

        /** There is no package that was handed over. */
        record NoPackage() implements Received {}
    }

    /**
     * The sender says that they have opened it.
     *
     * @param manifest SHA-512 of the file {@code manifest.json}
     * @param person of the sender; sealed
     * @return nothing if there is no such request
     * @throws VaultUnavailableException if nothing can be opened now
     */
    public Optional<Received> receive(String requestId, Sha512 manifest, Person person) {
        return gate.find(requestId).map(found -> receive(found, manifest, person));
    }

    private Received receive(Case found, Sha512 said, Person person) {
        Optional<Manifest> manifest = current(found).flatMap(current -> packages.manifest(found, current));
        boolean isIt = manifest.filter(it -> it.receipt().equals(said)).isPresent();
        Receipt receipt;
        try {
            receipt = gate.append(new Receiving(found, isIt, person));
        } catch (NothingToDoException e) {
            return new Received.NoPackage();
        }
        if (receipt.stored().entry().event() instanceof Event.DeliveryFailed failed) {
            return new Received.NotNoted(failed.blocked(), receipt);
        }
        delete(found.id());
        return new Received.Noted(receipt);
    }

    /**
     * Takes away what is not to be kept any longer of this case: what is on the spool first, then an entry says that nothing is left.
     *
     * @return whether an entry was written
     */
    boolean delete(String requestId) {
        Case found = gate.find(requestId).orElseThrow();
        Instant now = gate.scribe().now(gate.ledger().standing());
        if (found.packages().current().isEmpty()
                || current(found).isPresent() && found.packages().over(now).isEmpty()) {
            return false;
        }
        long accessed =
                Packages.accessed(found, found.packages().current().get()).index();
        collector.dropFiles(requestId, accessed);
        boolean isWritten;
        try {
            gate.append(new Deleting(requestId));
            isWritten = true;
        } catch (NothingToDoException e) {
            isWritten = false;
        }
        collector.drop(requestId, accessed);
        return isWritten;
    }

    /** Decides once more, and says that it is handed over, or why not. */
    private final class Opening extends CaseStep {

        private final Optional<Long> index;
        private final Optional<Blocked> unfit;

        /** @param index of the package that was looked at */
        Opening(String requestId, Optional<Long> index, Optional<Blocked> unfit) {
            super(gate, requestId);
            this.index = index;
            this.unfit = unfit;
        }

        @Override
        List<Draft> drafts(Case found, Standing standing, Instant at, Scribe.Line line) {
            if (found.shredded().isPresent()) {
                return List.of(line.answering(found.shredded().get().index())
                        .draft(new Event.DeliveryFailed(Blocked.SHREDDED)));
            }
            Optional<PackageTrail.Current> current = current(found);
            if (current.isEmpty() || !index.equals(current.map(PackageTrail.Current::index))) {
                throw new NothingToDoException();
            }
            Scribe.Line answer = line.answering(current.get().index());
            Event.RequestDecided again = found.decidedAgain(gate.rulebook(), standing, at);
            List<Draft> drafts = new ArrayList<>();
            boolean isReleased = again.decision() instanceof Decision.Released;
            // A delivery is final: that it is not released any more stops it from being handed over again, and no more.
            if (!again.decision().equals(found.decision()) && (isReleased || found.state() == CaseState.PACKAGED)) {
                drafts.add(line.draft(again));
            }
            if (isReleased || drafts.isEmpty()) {
                drafts.add(answer.draft(handedOver(found, current.get(), again, at)));
            }
            return drafts;
        }

        private Event handedOver(Case found, PackageTrail.Current current, Event.RequestDecided again, Instant at) {
            Optional<Blocked> why = found.isBarred()
                    ? Optional.of(Blocked.OBJECTED)
                    : found.holdsBack(again, at) ? Optional.of(Blocked.NOTICE_NOT_GIVEN) : Optional.empty();
            boolean isCovered = again.decision() instanceof Decision.Released released
                    && released.scope().granted().containsAll(current.made().categories());
            if (why.isEmpty() && !isCovered) {
                why = Optional.of(Blocked.NO_LONGER_COVERED);
            }
            why = why.or(() -> current.blocked(at)).or(() -> unfit);
            if (why.isPresent()) {
                return new Event.DeliveryFailed(why.get());
            }
            PackageEvent.Made made = current.made();
            return current.downloads() == 0
                    ? new Event.Delivered(made.categories(), made.accounts(), made.items(), made.manifest())
                    : new PackageEvent.DeliveredAgain(current.downloads() + 1);
        }
    }

    /** Something about the package that is there. */
    private final class Said extends CaseStep {

        private final Event event;

        Said(String requestId, Event event) {
            super(gate, requestId);
            this.event = event;
        }

        @Override
        List<Draft> drafts(Case found, Standing standing, Instant at, Scribe.Line line) {
            return List.of(found.packages()
                    .current()
                    .map(current -> line.answering(current.index()))
                    .orElse(line)
                    .draft(event));
        }
    }

    private final class Deleting extends CaseStep {

        Deleting(String requestId) {
            super(gate, requestId);
        }

        @Override
        List<Draft> drafts(Case found, Standing standing, Instant at, Scribe.Line line) {
            PackageTrail.Current current = found.packages().current().orElseThrow(NothingToDoException::new);
            PackageEvent.Because because = PackageDesk.current(found).isPresent()
                    ? found.packages().over(at).orElseThrow(NothingToDoException::new)
                    : PackageEvent.Because.STOPPED;
            return List.of(line.answering(current.index()).draft(new PackageEvent.Deleted(because)));
        }
    }

    private final class Receiving extends CaseAct {

        private final boolean isIt;
        private final Person person;

        Receiving(Case found, boolean isIt, Person person) {
            super(gate, found);
            this.isIt = isIt;
            this.person = person;
        }

        @Override
        Draft shredded(Case found, Scribe.Line line, CaseKey key) {
            return line.draft(new Event.DeliveryFailed(Blocked.SHREDDED), person.sealed(), key);
        }

        @Override
        List<Draft> drafts(Case found, Standing standing, Instant at, Scribe.Line line, CaseKey key) {
            PackageTrail.Current current = PackageDesk.current(found)
                    .filter(it -> it.downloads() > 0 && !it.isReceived())
                    .orElseThrow(NothingToDoException::new);
            Event event = isIt
                    ? new PackageEvent.Received(key.personTag(person.subject()))
                    : new Event.DeliveryFailed(Blocked.OTHER_PACKAGE);
            return List.of(line.answering(current.index()).draft(event, person.sealed(), key));
        }
    }
}
