package io.holdfast.gate;

import io.holdfast.audit.CopyStep;
import io.holdfast.audit.CopyStep.Because;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.KeptCopy;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Standing;
import io.holdfast.legal.Action;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Hold;
import io.holdfast.legal.Request;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Has the store keep what a released order to keep data names, and nothing else. No data comes out with it. Blocks while it waits for
 * the log and the store.
 *
 * <ol>
 *   <li>decide once more, under what is in force now; record that the store is about to be told; wait until that is durable
 *   <li>tell the store, for the accounts and the categories of the narrowed scope only
 *   <li>decide once more, since a hold may have landed meanwhile; record that the copy is kept, or that this is not known
 * </ol>
 *
 * A crash after the first step leaves an entry that says that the store was told: it is told again. At the end it is the other way
 * round: the log says first that the copy must not be kept, then the store drops it, then the log says that.
 */
public final class CopyDesk {

    private final Gate gate;
    private final CopyEntries entries;
    private final Optional<PreservingStore> store;

    /**
     * The ends that this process has told the store after the first one, by request. Told again after a restart, which changes
     * nothing.
     */
    private final Map<String, Optional<Instant>> ends = new ConcurrentHashMap<>();

    /** @param store nothing if people carry out what is released, and say so */
    public CopyDesk(Gate gate, Optional<PreservingStore> store) {
        this.gate = gate;
        this.entries = new CopyEntries(gate);
        this.store = store;
    }

    boolean hasStore() {
        return store.isPresent();
    }

    Gate gate() {
        return gate;
    }

    /**
     * Does what the log says is due on the request: tells the store to keep a copy, ends one whose time is over, has one dropped
     * that has ended.
     *
     * @return how many entries were written
     */
    int lookAt(String requestId) {
        Case found = gate.find(requestId).orElseThrow();
        return switch (found.state()) {
            case RELEASED, ACCESSED -> isOrderToKeep(found) && hasStore() ? carryOut(found) : 0;
            case PRESERVED -> {
                int written = end(found);
                yield written > 0 ? written : tellEnd(found);
            }
            case OVER -> hasStore() ? drop(found) : 0;
            default -> 0;
        };
    }

    static boolean isOrderToKeep(Case found) {
        return found.event().facts().action() == Action.PRESERVE
                && found.decision() instanceof Decision.Released released
                && released.obligations().preservation().isPresent();
    }

    private int carryOut(Case found) {
        List<Receipt> receipts = entries.append(entries.new Begin(found.id(), Optional.empty()));
        if (!(last(receipts) instanceof Event.Accessed told)) {
            return receipts.size();
        }
        CopyStep outcome = tell(found, told);
        List<Receipt> more = entries.append(entries.new Say(found, outcome));
        // Another replica may have said that it is kept: then it is.
        if (!entries.stateOf(found.id()).isKept() && outcome instanceof CopyStep.Preserved) {
            dropQuietly(found);
        }
        return receipts.size() + more.size();
    }

    private CopyStep tell(Case found, Event.Accessed told) {
        Instant until = KeptCopy.of(found.entries()).firstUntil().orElseThrow();
        try {
            int accounts = tell(found, told.categories(), Optional.of(until));
            return new CopyStep.Preserved(told.categories(), accounts, until, Optional.empty());
        } catch (UserDataStore.UnavailableException e) {
            return new CopyStep.Failed(Blocked.STORE_UNAVAILABLE);
        } catch (VaultUnavailableException e) {
            return new CopyStep.Failed(Blocked.VAULT_UNAVAILABLE);
        }
    }

    /** @return of how many accounts it has said that a copy is kept */
    private int tell(Case found, Set<DataCategory> categories, Optional<Instant> until) {
        SealedRequest.Wanted wanted = wanted(found);
        int accounts = 0;
        for (Request.Target target : wanted.targets()) {
            boolean isKept =
                    store.orElseThrow().preserve(found.id(), target, categories, wanted.from(), wanted.to(), until);
            accounts += isKept ? 1 : 0;
        }
        return accounts;
    }

    /** Has the store know a later end than the first one, so that it does not drop the copy by itself. */
    private int tellEnd(Case found) {
        KeptCopy copy = KeptCopy.of(found.entries());
        Optional<Instant> end = copy.isOpenEnded() ? Optional.empty() : copy.until();
        boolean isLater = copy.isExtended() || copy.isOpenEnded();
        if (copy.isEnded() || !hasStore() || !isLater || end.equals(ends.get(found.id()))) {
            return 0;
        }
        tell(found, categories(found), end);
        ends.put(found.id(), end);
        return 0;
    }

    private static Set<DataCategory> categories(Case found) {
        return found.entries().stream()
                .map(stored -> stored.entry().event())
                .filter(event ->
                        event instanceof Event.CopyStepped stepped && stepped.step() instanceof CopyStep.Preserved)
                .map(event -> ((CopyStep.Preserved) ((Event.CopyStepped) event).step()).categories())
                .findFirst()
                .orElseThrow();
    }

    private SealedRequest.Wanted wanted(Case found) {
        return SealedRequest.Wanted.of(
                CaseFile.open(gate.ledger(), gate.scribe().vault(), found.first()));
    }

    /** What the log does not say is kept must not be; if it cannot be dropped now, it is at its end. */
    private void dropQuietly(Case found) {
        try {
            wanted(found).targets().forEach(target -> store.orElseThrow().drop(found.id(), target));
        } catch (UserDataStore.UnavailableException | VaultUnavailableException e) {
            // The store was told an end of its own.
        }
    }

    private int end(Case found) {
        KeptCopy copy = KeptCopy.of(found.entries());
        Instant now = gate.scribe().now();
        if (copy.isProduced(entries.stateOf(copy.production()))) {
            return entries.append(entries.new Say(found, new CopyStep.Ended(Because.PRODUCED)))
                    .size();
        }
        boolean isDue = copy.isExpired(now, entries.stateOf(copy.production())) && !isKeptByHold(found, now);
        return isDue
                ? entries.append(entries.new Say(found, new CopyStep.Ended(Because.EXPIRED)))
                        .size()
                : 0;
    }

    /** A hold that covers the request and says so keeps what is there from deletion while it lasts. */
    private boolean isKeptByHold(Case found, Instant now) {
        Standing standing = gate.ledger().standing();
        Decision again = gate.rulebook().decide(found.event().facts(), standing, now);
        return again instanceof Decision.Held
                && standing.holds().holds().stream()
                        .filter(hold -> again.basis().holds().contains(hold.reference()))
                        .anyMatch(Hold::preserve);
    }

    private int drop(Case found) {
        try {
            wanted(found).targets().forEach(target -> store.orElseThrow().drop(found.id(), target));
        } catch (UserDataStore.UnavailableException | VaultUnavailableException e) {
            return 0; // until the store says so, the log does not
        }
        ends.remove(found.id());
        return entries.append(entries.new Say(found, new CopyStep.Dropped(Optional.empty())))
                .size();
    }

    private static Event last(List<Receipt> receipts) {
        return receipts.isEmpty()
                ? new Event.CopyStepped(new CopyStep.Failed(Blocked.NOT_RELEASED))
                : receipts.get(receipts.size() - 1).stored().entry().event();
    }
}
