package io.holdfast.gate;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.Disclosure;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Envelope;
import io.holdfast.audit.Event;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.legal.Identifier;
import io.holdfast.vault.CaseKey;
import io.holdfast.vault.KeyUnavailableException;
import java.time.Instant;
import java.util.List;

/**
 * Says in which entries an officer or an account was seen. That somebody asked is durable before anything is looked up; so is
 * every refused attempt. Blocks while it waits for the log.
 */
public final class LookUps {

    /** So many are told, the newest. */
    public static final int MOST = 1_000;

    private final Gate gate;

    public LookUps(Gate gate) {
        this.gate = gate;
    }

    /**
     * @param entries where it stands and can still be opened, newest first, all of them before the entry of the receipt
     * @param isAll false if there are older ones than these
     */
    public record Found(List<Long> entries, boolean isAll, Receipt receipt) {
        public Found {
            entries = List.copyOf(entries);
        }
    }

    /** Whether requests can be found by identifiers of this type. */
    public static boolean isKept(Identifier.Type type) {
        return type != Identifier.Type.AGENCY;
    }

    /**
     * Under the keys of all quarters.
     *
     * @param person who asks; sealed in the entry that records it
     * @throws VaultUnavailableException if nothing can be sealed or looked up now; nothing was recorded
     */
    public Found find(Identifier identifier, String person) {
        if (!isKept(identifier.type())) {
            throw new IllegalArgumentException("nothing can be found by " + identifier);
        }
        List<String> tags = tags(identifier);
        Receipt receipt = append(new Event.PseudonymLookedUp(identifier.type()), person);
        List<Long> found = gate.ledger().tagged(tags, receipt.stored().index(), MOST + 1);
        return new Found(found.subList(0, Math.min(MOST, found.size())), found.size() <= MOST, receipt);
    }

    /** Records that somebody tried who may not. */
    public Receipt refuse(Identifier.Type type, String person) {
        return append(new Event.PseudonymLookUpBlocked(type, Event.Blocked.NOT_PERMITTED), person);
    }

    private List<String> tags(Identifier identifier) {
        try {
            return gate.scribe().vault().allPseudonyms().stream()
                    .map(key -> key.tag(identifier))
                    .toList();
        } catch (KeyUnavailableException e) {
            throw new VaultUnavailableException(e);
        }
    }

    private Receipt append(Event event, String person) {
        return gate.ledger()
                .append(new LookUp(event, person))
                .toCompletableFuture()
                .join()
                .get(0);
    }

    private final class LookUp implements Candidate {

        private final Event event;
        private final List<Disclosure> by;
        private final CaseKey key = gate.scribe().newKey();

        LookUp(Event event, String person) {
            this.event = event;
            this.by = List.of(Disclosure.of("person", person));
        }

        @Override
        public String subject() {
            return Envelope.LOG;
        }

        @Override
        public boolean hasHistory() {
            return false; // nothing before it changes what it says
        }

        @Override
        public List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
            return List.of(gate.scribe().line(standing, at, subject()).draft(event, by, key));
        }
    }
}
