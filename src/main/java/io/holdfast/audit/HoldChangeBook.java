package io.holdfast.audit;

import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.Event.Ending;
import io.holdfast.legal.Hold;
import io.holdfast.tlog.Hash;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The changes of holds that were proposed, and what became of them: the fold of the entries about them. The desk asks it
 * before it writes, and replay asks it again. It needs no key: the tags of two people differ in the open.
 */
public final class HoldChangeBook {

    /** A proposal takes effect within so long, or never. */
    public static final Duration LONGEST = Duration.ofDays(90);

    private final SortedMap<Long, HoldProposal> proposals = new TreeMap<>();
    private Stored lastEffect;

    /** Takes over the next entry; those about other things change nothing. */
    public void next(Stored stored) {
        Event event = stored.entry().event();
        if (event instanceof Event.HoldChangeProposed proposed) {
            proposals.put(stored.index(), HoldProposal.of(stored, proposed));
        } else if (proposalOf(event).isPresent()) {
            lastEffect = event instanceof Event.HoldsChanged ? stored : lastEffect;
            stored.entry()
                    .envelope()
                    .previous()
                    .ifPresent(index -> proposals.computeIfPresent(index, (same, proposal) -> proposal.after(event)));
        }
    }

    /** Every proposal, oldest first. */
    public Collection<HoldProposal> all() {
        return Collections.unmodifiableCollection(proposals.values());
    }

    public Optional<HoldProposal> at(long index) {
        return Optional.ofNullable(proposals.get(index));
    }

    /** The entry with which the last of them took effect. */
    public Optional<Stored> lastEffect() {
        return Optional.ofNullable(lastEffect);
    }

    /** The proposal of this leaf hash. */
    public Optional<HoldProposal> find(Hash version) {
        return proposals.values().stream()
                .filter(proposal -> proposal.version().equals(version))
                .findFirst();
    }

    /** The leaf hash that an answer to a proposal names. */
    private static Optional<Hash> proposalOf(Event event) {
        if (event instanceof Event.HoldChangeApproved approved) {
            return Optional.of(approved.proposal());
        }
        if (event instanceof Event.HoldChangeObjected objected) {
            return Optional.of(objected.proposal());
        }
        if (event instanceof Event.HoldObjectionWithdrawn withdrawn) {
            return Optional.of(withdrawn.proposal());
        }
        if (event instanceof Event.HoldChangeWithdrawn withdrawn) {
            return Optional.of(withdrawn.proposal());
        }
        if (event instanceof Event.HoldChangeEnded ended) {
            return Optional.of(ended.proposal());
        }
        return event instanceof Event.HoldsChanged changed ? Optional.of(changed.proposal()) : Optional.empty();
    }

    /**
     * Why this must not be written now; nothing too for events that are not about changes of holds.
     *
     * @param answers the entry that it answers, -1 for none
     * @param standing what is in force before it
     */
    public Optional<Blocked> objection(Event event, long answers, Standing standing, Instant at) {
        if (event instanceof Event.HoldChangeProposed proposed) {
            return proposed(proposed, standing, at);
        }
        return proposalOf(event).flatMap(version -> {
            HoldProposal proposal = proposals.get(answers);
            return proposal == null || !proposal.version().equals(version)
                    ? Optional.of(Blocked.OTHER_PROPOSAL)
                    : answered(event, proposal, standing, at);
        });
    }

    private static Optional<Blocked> proposed(Event.HoldChangeProposed proposed, Standing standing, Instant at) {
        Set<String> holds = new HashSet<>();
        boolean loosens = false;
        for (HoldChange change : proposed.changes()) {
            if (!holds.add(change.holdId())) {
                return Optional.of(Blocked.HOLD_TWICE);
            }
            Optional<Hold> stands = standing.hold(change.holdId());
            if (change instanceof HoldChange.Place) {
                if (stands.isPresent()) {
                    return Optional.of(Blocked.ALREADY_PLACED);
                }
                if (change.version() != 1) {
                    return Optional.of(Blocked.OTHER_VERSION);
                }
                continue; // a hold more never lets anything through
            }
            if (stands.isEmpty()) {
                return Optional.of(Blocked.NO_SUCH_HOLD);
            }
            if (stands.get().version() != change.version()) {
                return Optional.of(Blocked.OTHER_VERSION);
            }
            boolean onlyTightens = change.next()
                    .map(next -> next.hold().tightens(stands.get(), at))
                    .orElse(false);
            if (!onlyTightens
                    && stands.get().exit().needsEvidence()
                    && change.evidence().isEmpty()) {
                return Optional.of(Blocked.NO_EVIDENCE);
            }
            loosens |= !onlyTightens;
        }
        if (!loosens) {
            return Optional.of(Blocked.ONLY_TIGHTENS);
        }
        return areInOrder(proposed, at) ? Optional.empty() : Optional.of(Blocked.WRONG_TIMES);
    }

    private static boolean areInOrder(Event.HoldChangeProposed proposed, Instant at) {
        return proposed.approveBy().isAfter(at)
                && !proposed.effectiveBy().isBefore(proposed.approveBy())
                && !proposed.effectiveBy().isAfter(at.plus(LONGEST))
                && proposed.effective()
                        .map(from -> !from.isAfter(proposed.effectiveBy()))
                        .orElse(true);
    }

    private static Optional<Blocked> answered(Event event, HoldProposal proposal, Standing standing, Instant at) {
        if (!proposal.isOpen()) {
            return Optional.of(Blocked.ENDED);
        }
        Optional<Ending> ending = proposal.ending(standing, at);
        if (event instanceof Event.HoldChangeEnded ended) {
            return ending.equals(Optional.of(ended.because())) ? Optional.empty() : Optional.of(Blocked.OTHER_PROPOSAL);
        }
        if (ending.isPresent()) {
            return Optional.of(ending.get().isExpiry() ? Blocked.TOO_LATE : Blocked.OTHER_STANDING);
        }
        if (event instanceof Event.HoldChangeApproved approved) {
            return approved(approved.by(), proposal, at);
        }
        if (event instanceof Event.HoldChangeObjected objected) {
            return proposal.objectedBy().contains(objected.by())
                    ? Optional.of(Blocked.SAME_PERSON_TWICE)
                    : Optional.empty();
        }
        if (event instanceof Event.HoldObjectionWithdrawn withdrawn) {
            return proposal.objectedBy().contains(withdrawn.by()) ? Optional.empty() : Optional.of(Blocked.NOT_YOURS);
        }
        if (event instanceof Event.HoldChangeWithdrawn withdrawn) {
            return proposal.event().by().equals(withdrawn.by()) ? Optional.empty() : Optional.of(Blocked.NOT_YOURS);
        }
        return takesEffect((Event.HoldsChanged) event, proposal, standing, at);
    }

    private static Optional<Blocked> approved(String by, HoldProposal proposal, Instant at) {
        if (proposal.event().by().equals(by)) {
            return Optional.of(Blocked.OWN_PROPOSAL);
        }
        if (proposal.approvedBy().contains(by)) {
            return Optional.of(Blocked.SAME_PERSON_TWICE);
        }
        if (!proposal.objectedBy().isEmpty()) {
            return Optional.of(Blocked.OBJECTED);
        }
        return at.isAfter(proposal.event().approveBy()) ? Optional.of(Blocked.TOO_LATE) : Optional.empty();
    }

    private static Optional<Blocked> takesEffect(
            Event.HoldsChanged changed, HoldProposal proposal, Standing standing, Instant at) {
        if (!changed.changes().equals(proposal.event().changes())) {
            return Optional.of(Blocked.OTHER_PROPOSAL);
        }
        return switch (proposal.state()) {
            case OBJECTED -> Optional.of(Blocked.OBJECTED);
            case WAITING -> Optional.of(Blocked.NEEDS_TWO_PEOPLE);
            default -> proposal.isDue(standing, at) ? Optional.empty() : Optional.of(Blocked.TOO_EARLY);
        };
    }

    /**
     * Whether an attempt was blocked for a reason that the log contradicts. What the sealed part alone can tell, who it was,
     * where they are and what they gave as a reason, is believed.
     */
    Optional<String> wronglyBlocked(Event.HoldChangeBlocked attempt, long answers, Standing standing, Instant at) {
        HoldProposal proposal = proposals.get(answers);
        boolean isRight = switch (attempt.blocked()) {
            case NOT_PERMITTED, NOT_A_PERSON, NO_REASON -> true;
            case LOCATED_THERE -> proposal != null && attempt.attempt() == Event.Attempt.APPROVE;
            case NO_SUCH_HOLD ->
                attempt.hold().map(id -> standing.hold(id).isEmpty()).orElse(proposal == null);
            case OTHER_VERSION, NO_EVIDENCE, ONLY_TIGHTENS, HOLD_TWICE, WRONG_TIMES -> proposal == null;
            case ALREADY_PLACED ->
                proposal == null
                        && attempt.hold()
                                .map(id -> standing.hold(id).isPresent())
                                .orElse(true);
            case ENDED -> proposal != null && !proposal.isOpen();
            case OTHER_STANDING ->
                proposal != null
                        && proposal.ending(standing, at)
                                .map(ending -> !ending.isExpiry())
                                .orElse(false);
            case TOO_LATE ->
                proposal != null
                        && proposal.isOpen()
                        && at.isAfter(proposal.event().approveBy());
            case OBJECTED -> proposal != null && proposal.state() == HoldProposal.State.OBJECTED;
            case OWN_PROPOSAL, NOT_YOURS -> proposal != null && proposal.isOpen();
            case SAME_PERSON_TWICE ->
                proposal != null
                        && !(attempt.attempt() == Event.Attempt.OBJECT ? proposal.objectedBy() : proposal.approvedBy())
                                .isEmpty();
            default -> false;
        };
        return isRight
                ? Optional.empty()
                : Optional.of("done, or blocked for another reason, since the entries before it say otherwise");
    }
}
