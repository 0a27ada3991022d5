package io.holdfast.audit;

import io.holdfast.legal.Decision;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Hold;
import io.holdfast.policy.Rulebook;
import io.holdfast.tlog.Tile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides every request of a log again, from the log alone: the facts it recorded, the holds that its control entries left
 * in force, the rulebook it names and the time it wrote down. Reports each entry that should have come out differently.
 *
 * <p>It also follows what was done with the decisions:
 *
 * <ul>
 *   <li>a hold is placed under a new id; tightening raises its version by one and only ever stops more
 *   <li>a decision was made under the rulebook and the epoch in force, and counts as many approvals as different people gave
 *       to the last decision that asked for them
 *   <li>data is read only for a request whose latest decision releases it, made under the epoch in force and before the time
 *       could change it, and within the released scope
 *   <li>an entry names a record key in force as its signer; keys are added once, and retired while another is in force
 *   <li>data is handed over once for each reading, at most what was read, while the request is still released
 *   <li>a case is shredded by a second person after a first has proposed it, not while it is in flight, and nothing that
 *       needs what it sealed happens on it afterwards
 * </ul>
 *
 * It believes the entries, so verify the log first ({@link LogVerifier}). Keeps in memory one line for each request that was
 * ever referred, released or proposed for erasure.
 */
public final class Replay {

    /** What cannot happen on a case that was shredded. Blocked attempts can. */
    private static final Set<EntryKind> NEED_THE_CASE =
            EnumSet.of(EntryKind.REQUEST_DECIDED, EntryKind.APPROVAL_GIVEN, EntryKind.ACCESSED, EntryKind.DELIVERED);

    private final LogSource log;
    private final Noted<Disagreement> disagreements = new Noted<>();
    private final Map<String, Optional<Rulebook>> rulebooks = new HashMap<>();
    private final Map<String, Conduct> requests = new HashMap<>();
    private final Map<String, Erasure> erasures = new HashMap<>();
    private Standing standing = Standing.BEFORE_GENESIS;
    private long entries;
    private long decisions;

    private Replay(LogSource log) {
        this.log = log;
    }

    /** @throws UnreadableException at the first entry that is missing or cannot be read */
    public static Replayed run(LogSource log, Progress progress) {
        LogReader reader = LogReader.of(log);
        Replay replay = new Replay(log);
        long size = reader.checkpoint().size();
        reader.entries().forEachOrdered(stored -> {
            replay.next(stored);
            if (replay.entries % Tile.FULL_WIDTH == 0 || replay.entries == size) {
                progress.at(replay.entries, size);
            }
        });
        return new Replayed(replay.entries, replay.decisions, replay.disagreements.kept(), replay.disagreements.rest());
    }

    private void next(Stored stored) {
        Event event = stored.entry().event();
        Envelope envelope = stored.entry().envelope();
        long index = stored.index();
        keys(index, stored.entry());
        if (event instanceof Event.HoldPlaced placed) {
            placed(index, placed.hold().hold());
        } else if (event instanceof Event.HoldTightened tightened) {
            tightened(index, tightened.hold().hold(), envelope.at());
        } else if (event instanceof Event.RequestDecided decided) {
            decided(stored, decided);
        } else if (event instanceof Event.ApprovalGiven given) {
            Optional.ofNullable(requests.get(envelope.subject())).ifPresent(conduct -> conduct.approved(given));
        } else if (event instanceof Event.Accessed access) {
            conduct(envelope)
                    .accessed(access, standing.epoch(), envelope.at())
                    .ifPresent(should -> disagree(
                            index,
                            Conduct.codes(access.categories()) + " read for " + access.accounts() + " accounts",
                            should));
        } else if (event instanceof Event.Delivered delivery) {
            conduct(envelope)
                    .delivered(delivery, standing.epoch(), envelope.at())
                    .ifPresent(should -> disagree(
                            index,
                            Conduct.codes(delivery.categories()) + " handed over for " + delivery.accounts()
                                    + " accounts",
                            should));
        }
        erasure(stored);
        standing = standing.after(envelope, event);
        entries++;
    }

    private void keys(long index, Entry entry) {
        KeyHistory keys = standing.isBeforeGenesis()
                ? standing.after(entry.envelope(), entry.event()).keys()
                : standing.keys();
        if (keys.recordKey(entry.keyId()).isEmpty()) {
            disagree(index, "it is signed by record key " + entry.keyId(), "signed by one that is in force here");
        }
        if (!standing.isBeforeGenesis()) {
            keys.objection(entry.event())
                    .ifPresent(why -> disagree(index, "it " + why, "no entry, since the keys in force forbid it"));
        }
    }

    private void placed(long index, Hold hold) {
        if (standing.hold(hold.id()).isPresent()) {
            disagree(index, "hold " + hold.reference() + " is new", "blocked, since a hold of this id stands already");
        }
    }

    private void tightened(long index, Hold hold, Instant at) {
        Optional<Hold> earlier = standing.hold(hold.id());
        if (earlier.isEmpty()) {
            disagree(index, "hold " + hold.id() + " is tightened", "blocked, since no hold of this id stands");
        } else if (hold.version() != earlier.get().version() + 1 || !hold.tightens(earlier.get(), at)) {
            disagree(
                    index,
                    "hold " + earlier.get().reference() + " is tightened to " + hold.reference(),
                    "blocked, since it is not the next version, or would let something through");
        }
    }

    private void decided(Stored stored, Event.RequestDecided decided) {
        decisions++;
        long index = stored.index();
        Envelope envelope = stored.entry().envelope();
        if (!envelope.rulebook().equals(standing.rulebook())) {
            disagree(index, "rulebook " + envelope.rulebook(), standing.rulebook() + ", which is in force");
        }
        Facts facts = decided.facts();
        Optional<Conduct> conduct = Optional.ofNullable(requests.get(envelope.subject()));
        int approvals = conduct.map(Conduct::approvals).orElse(0);
        if (facts.approvals() != approvals) {
            disagree(index, "approvals " + facts.approvals(), approvals + ", the number of people who approved it");
        }
        rulebook(index, envelope.rulebook()).ifPresent(rulebook -> {
            Decision again = rulebook.decide(facts, standing.holds(), envelope.at());
            if (!again.equals(decided.decision())) {
                disagree(index, text(decided.decision()), text(again));
            }
        });
        if (conduct.isPresent() || !Conduct.isForgotten(decided)) {
            conduct(envelope).decided(decided, stored.entry().leaf().hash());
        }
    }

    private void erasure(Stored stored) {
        Event event = stored.entry().event();
        String subject = stored.entry().envelope().subject();
        boolean isInFlight = Optional.ofNullable(requests.get(subject))
                .map(Conduct::isInFlight)
                .orElse(false);
        if (event instanceof Event.ErasureProposed proposed) {
            erasures.computeIfAbsent(subject, id -> new Erasure())
                    .proposed(stored, proposed, isInFlight)
                    .ifPresent(should -> disagree(stored.index(), "an erasure is proposed", should));
        } else if (event instanceof Event.CaseShredded shredded) {
            erasures.computeIfAbsent(subject, id -> new Erasure())
                    .shredded(stored, shredded, isInFlight)
                    .ifPresent(should -> disagree(stored.index(), "the case is shredded", should));
        } else if (erasures.containsKey(subject) && NEED_THE_CASE.contains(event.kind())) {
            erasures.get(subject)
                    .further()
                    .ifPresent(should -> disagree(stored.index(), event.kind().code(), should));
            if (event instanceof Event.RequestDecided) {
                erasures.get(subject).decided();
            }
        }
    }

    private Conduct conduct(Envelope envelope) {
        return requests.computeIfAbsent(envelope.subject(), subject -> new Conduct());
    }

    /** Each is loaded once, and missed once. */
    private Optional<Rulebook> rulebook(long index, String digest) {
        return rulebooks.computeIfAbsent(digest, name -> {
            Noted<Finding> findings = new Noted<>();
            Optional<Rulebook> rulebook = LogLayout.isDigest(name)
                    ? new RulebookFiles(name, new CheckedFiles(log, findings), findings).load()
                    : Optional.empty();
            if (rulebook.isEmpty()) {
                String why =
                        findings.kept().isEmpty() ? "" : ": " + findings.kept().get(0);
                disagree(index, "rulebook " + name, "one that the log has, so that it can be decided again" + why);
            }
            return rulebook;
        });
    }

    private void disagree(long index, String says, String should) {
        disagreements.add(new Disagreement(index, says, should));
    }

    private static String text(Decision decision) {
        return decision.outcome() + " under epoch " + decision.basis().epoch() + " "
                + new String(CanonicalJson.write(DecisionJson.write(decision)), StandardCharsets.UTF_8);
    }
}
