package io.holdfast.audit;

import io.holdfast.legal.Action;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Hold;
import io.holdfast.policy.Rulebook;
import io.holdfast.tlog.Tile;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
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
 *   <li>every entry was made under the rulebook in force
 *   <li>a hold is placed under a new id; tightening raises its version by one and only ever stops more
 *   <li>a decision was made under the epoch in force, on the facts of the earlier ones on its request, and counts as many
 *       approvals as different people gave to the decision before it that asked for them; whatever stops a request ends its
 *       approvals, and so does whatever would release more than they saw
 *   <li>an approval is of the decision that awaits it, confirms the duties that it has to, and is by a person who has not
 *       approved it yet
 *   <li>what one person has refused, returned or narrowed stays so: no later decision gives more
 *   <li>every entry on a request is a step of the table of {@link CaseState}
 *   <li>data is read only for a request whose latest decision releases it, made under the epoch in force and before the time
 *       could change it, and within the released scope
 *   <li>an entry names a record key in force as its signer; keys are added once, and retired while another is in force
 *   <li>a case is shredded by a second person after a first has proposed it, not while it is in flight, and nothing that
 *       needs what it sealed happens on it afterwards
 *   <li>data is handed over once, at most what was read, while the request is still released
 *   <li>a report is published by a second person after a first has proposed it, once its period was over; whether its numbers
 *       come out, {@code io.holdfast.report} counts again
 *   <li>a rulebook comes into force by itself only if it opens nothing, and else by a second person after a first has proposed
 *       it; what it was said to decide differently is found out again
 *   <li>what a proposed change of holds or of rules was said to change, for all requests and for those of the 30 days before it,
 *       is found out again
 *   <li>holds are lifted and widened as was proposed, by at least two different people, in time, with the evidence that their
 *       ways out ask for, while nobody objects and nothing else has changed
 *   <li>a clock is said to be nearly over before it is, and to be over when it is, once each, due as the latest decision says
 *   <li>a clock is stopped and goes on as the times of the latest decision have it, and nothing leaves while somebody objects
 *   <li>a copy is kept for as long as the law says from receipt on, extended once at most, and no data leaves with it
 *   <li>whoever is told before is told before anything is read; a notice is said to be due when it is, once; nobody is told
 *       while an order or a risk that people recorded stands, and a risk is recorded by two ({@link CaseNotice})
 *   <li>a sealed claim is opened of an entry that stands before
 *   <li>what was blocked had to be blocked, as far as the log alone can tell
 * </ul>
 *
 * It believes the entries, so verify the log first ({@link LogVerifier}). Keeps in memory one line for each request that was
 * ever referred, released, held or proposed for erasure.
 */
public final class Replay {

    /** What cannot happen on a case that was shredded. Blocked attempts can. */
    private static final Set<EntryKind> NEED_THE_CASE = EnumSet.of(
            EntryKind.NOTICE_GIVEN,
            EntryKind.NOTICE_DEFERRAL_PROPOSED,
            EntryKind.NOTICE_DEFERRED,
            EntryKind.NOTICE_DEFERRAL_LIFTED,
            EntryKind.REQUEST_DECIDED,
            EntryKind.APPROVAL_GIVEN,
            EntryKind.REQUEST_REVIEWED,
            EntryKind.ACCESSED,
            EntryKind.PACKAGE_MADE,
            EntryKind.DELIVERED,
            EntryKind.DELIVERED_AGAIN,
            EntryKind.PACKAGE_RECEIVED,
            EntryKind.PRESERVED,
            EntryKind.PRESERVATION_EXTENDED,
            EntryKind.PRESERVATION_LINKED,
            EntryKind.CLOCK_STARTED,
            EntryKind.CLOCK_STOPPED,
            EntryKind.CLOCK_RESUMED,
            EntryKind.CLOCK_ENDED);

    private final LogSource log;
    private final Noted<Disagreement> disagreements = new Noted<>();
    private final Map<String, Optional<Rulebook>> rulebooks = new HashMap<>();
    private final Map<String, Conduct> requests = new HashMap<>();
    private final SettledCases settled = new SettledCases();
    private final Map<String, Erasure> erasures = new HashMap<>();
    private final ReportBook reports = new ReportBook();
    private final PreviewReplay previews;
    private final RulebookReplay activations;
    private final HoldChangeBook holdChanges = new HoldChangeBook();
    private final Map<String, CaseClocks> clocks = new HashMap<>();
    private final Map<String, KeptCopy> copies = new HashMap<>();
    private Standing standing = Standing.BEFORE_GENESIS;
    private long entries;
    private long decisions;

    private Replay(LogSource log) {
        this.log = log;
        this.previews = new PreviewReplay(log, digest -> rulebook(entries, digest));
        this.activations = new RulebookReplay(digest -> rulebook(entries, digest), previews);
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
        return new Replayed(
                replay.entries,
                replay.decisions,
                replay.disagreements.kept(),
                List.copyOf(replay.reports.published()),
                replay.disagreements.rest());
    }

    private void next(Stored stored) {
        Event event = stored.entry().event();
        Envelope envelope = stored.entry().envelope();
        long index = stored.index();
        keys(index, stored.entry());
        if (!standing.isBeforeGenesis() && !envelope.rulebook().equals(standing.rulebook())) {
            disagree(index, "rulebook " + envelope.rulebook(), standing.rulebook() + ", which is in force");
        }
        boolean isTold = erasure(stored);
        if (event instanceof Event.RequestDecided decided) {
            decided(stored, decided, isTold);
        } else {
            objection(stored).filter(should -> !isTold).ifPresent(should -> disagree(index, says(event), should));
        }
        report(stored);
        activations
                .next(stored, standing)
                .ifPresent(should -> disagree(index, event.kind().code(), should));
        holdChange(stored);
        clock(stored);
        copy(stored);
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

    /** What should have been instead of this entry. */
    private Optional<String> objection(Stored stored) {
        Event event = stored.entry().event();
        Envelope envelope = stored.entry().envelope();
        if (event instanceof Event.HoldPlaced placed) {
            return HoldChanges.placed(standing, placed.hold().hold());
        }
        if (event instanceof Event.HoldTightened tightened) {
            return HoldChanges.tightened(standing, tightened.hold().hold(), envelope.at());
        }
        if (event instanceof Event.HoldChangeBlocked blocked) {
            return HoldChanges.blocked(standing, blocked);
        }
        if (event instanceof Event.ClaimOpened opened && opened.entry() >= stored.index()) {
            return Optional.of("of an entry that stands before it");
        }
        return envelope.isAboutRequest() ? step(stored) : Optional.empty();
    }

    /** Takes the entry as a step of its case. */
    private Optional<String> step(Stored stored) {
        String request = stored.entry().envelope().subject();
        Conduct conduct = known(request);
        Optional<String> objection = conduct.next(stored, standing.epoch());
        if (requests.containsKey(request) || !conduct.isOnlyState() || !SettledCases.areOf(conduct.state())) {
            requests.put(request, conduct);
        } else {
            settled.put(request, conduct.state());
        }
        return objection;
    }

    private String says(Event event) {
        if (event instanceof Event.HoldPlaced placed) {
            return "hold " + placed.hold().hold().reference() + " is new";
        }
        if (event instanceof Event.HoldTightened tightened) {
            Hold hold = tightened.hold().hold();
            String before = standing.hold(hold.id())
                    .map(earlier -> earlier.reference() + " is tightened to ")
                    .orElse("");
            return before.isEmpty() ? "hold " + hold.id() + " is tightened" : "hold " + before + hold.reference();
        }
        if (event instanceof Event.HoldChangeBlocked blocked) {
            return blocked.attempt()
                    + blocked.hold().map(id -> " of hold " + id).orElse("") + " is blocked as " + blocked.blocked();
        }
        if (event instanceof Event.ApprovalBlocked blocked) {
            return "an approval is blocked as " + blocked.blocked();
        }
        if (event instanceof Event.ReviewBlocked blocked) {
            return "a review is blocked as " + blocked.blocked();
        }
        if (event instanceof Event.Accessed access) {
            return Conduct.codes(access.categories()) + " read for " + access.accounts() + " accounts";
        }
        if (event instanceof Event.GrantIssued issued) {
            return "a grant of " + Conduct.codes(issued.categories()) + " for " + issued.accounts()
                    + " accounts, until " + issued.until();
        }
        if (event instanceof Event.Passed passed) {
            return passed.items() + " items passed on, " + passed.ended();
        }
        if (event instanceof Event.GrantBlocked blocked) {
            return "a grant is blocked as " + blocked.blocked();
        }
        if (event instanceof Event.Delivered delivery) {
            return Conduct.codes(delivery.categories()) + " handed over for " + delivery.accounts() + " accounts";
        }
        if (event instanceof PackageEvent.Made made) {
            return Conduct.codes(made.categories()) + " packed for " + made.accounts() + " accounts, until "
                    + made.until();
        }
        if (event instanceof PackageEvent.DeliveredAgain again) {
            return "handed over for time " + again.download();
        }
        if (event instanceof Event.DeliveryFailed failed) {
            return "a delivery failed as " + failed.blocked();
        }
        if (event instanceof Event.ClockWarned clock) {
            return "clock " + clock.clock().code() + " is nearly over, due at " + clock.due();
        }
        if (event instanceof Event.ClockBreached clock) {
            return "clock " + clock.clock().code() + " is over, due at " + clock.due();
        }
        if (event instanceof NoticeEvent.Due due) {
            return "a notice is due since " + due.since() + " as " + due.why().code();
        }
        if (event instanceof NoticeEvent.Prevented prevented) {
            return prevented.attempt() + " of a notice is blocked as " + prevented.blocked();
        }
        return event instanceof Event.ClaimOpened opened
                ? "claim " + opened.claim() + " of entry " + opened.entry() + " is opened"
                : event.kind().code();
    }

    private void decided(Stored stored, Event.RequestDecided decided, boolean isToldAlready) {
        decisions++;
        long index = stored.index();
        Envelope envelope = stored.entry().envelope();
        Optional.ofNullable(erasures.get(envelope.subject())).ifPresent(Erasure::decided);
        Facts facts = decided.facts();
        Conduct conduct = known(envelope.subject());
        Optional<Rulebook> rulebook = rulebook(index, envelope.rulebook());
        int approvals = conduct.approvals(number -> rulebook.map(
                it -> conduct.reviewed(it.decide(facts.withApprovals(number), standing.holds(), envelope.at()))));
        if (facts.approvals() != approvals) {
            disagree(index, "approvals " + facts.approvals(), approvals + ", the number of people who approved it");
        }
        conduct.changedFacts(decided).ifPresent(should -> disagree(index, "other facts", should));
        Optional<Decision> again =
                rulebook.map(it -> conduct.reviewed(it.decide(facts, standing.holds(), envelope.at())));
        again.filter(other -> !other.equals(decided.decision()))
                .ifPresent(other -> disagree(index, text(decided.decision()), text(other)));
        boolean isTold =
                isToldAlready || facts.approvals() != approvals || !again.equals(Optional.of(decided.decision()));
        step(stored)
                .filter(should -> !isTold)
                .ifPresent(should ->
                        disagree(index, "decided as " + decided.decision().outcome(), should));
    }

    /** @return whether there was something to tell */
    private boolean erasure(Stored stored) {
        Event event = stored.entry().event();
        String subject = stored.entry().envelope().subject();
        Optional<String> objection = Optional.empty();
        String says = event.kind().code();
        if (event instanceof Event.ErasureProposed proposed) {
            says = "an erasure is proposed";
            objection = erasures.computeIfAbsent(subject, id -> new Erasure())
                    .proposed(stored, proposed, known(subject).state().isInFlight());
        } else if (event instanceof Event.CaseShredded shredded) {
            says = "the case is shredded";
            objection = erasures.computeIfAbsent(subject, id -> new Erasure())
                    .shredded(stored, shredded, known(subject).state().isInFlight());
        } else if (erasures.containsKey(subject) && NEED_THE_CASE.contains(event.kind())) {
            objection = erasures.get(subject).further();
        }
        if (objection.isPresent()) {
            disagree(stored.index(), says, objection.get());
        }
        return objection.isPresent();
    }

    private void report(Stored stored) {
        Envelope envelope = stored.entry().envelope();
        Optional<Event.Blocked> objection = Optional.empty();
        if (stored.entry().event() instanceof Event.ReportProposed proposed) {
            objection = proposed.report().entries() > stored.index()
                    ? Optional.of(Event.Blocked.OTHER_PROPOSAL)
                    : ReportBook.objection(proposed, envelope.at());
        } else if (stored.entry().event() instanceof Event.ReportPublished published) {
            objection = reports.objection(published, envelope.previous().orElse(-1), envelope.at());
        }
        objection.ifPresent(
                why -> disagree(stored.index(), stored.entry().kind().code(), "blocked as " + why));
        reports.next(stored);
    }

    private void holdChange(Stored stored) {
        Event event = stored.entry().event();
        Envelope envelope = stored.entry().envelope();
        long answers = envelope.previous().orElse(-1);
        holdChanges
                .objection(event, answers, standing, envelope.at())
                .map(why -> "blocked as " + why)
                .or(() -> event instanceof Event.HoldChangeProposed proposed
                        ? previews.objection(stored, proposed, standing)
                        : Optional.empty())
                .ifPresent(should -> disagree(stored.index(), says(event), should));
        if (event instanceof Event.HoldChangeBlocked blocked
                && blocked.attempt().isOfProposals()) {
            holdChanges
                    .wronglyBlocked(blocked, answers, standing, envelope.at())
                    .ifPresent(should -> disagree(stored.index(), says(event), should));
        }
        holdChanges.next(stored);
    }

    private void clock(Stored stored) {
        Event event = stored.entry().event();
        Envelope envelope = stored.entry().envelope();
        CaseClocks found = clocks.get(envelope.subject());
        if (found == null) {
            found = new CaseClocks();
        }
        found.objection(event, envelope.previous(), envelope.at())
                .ifPresent(should -> disagree(stored.index(), says(event), should));
        found.next(stored);
        if (event instanceof Event.RequestDecided || clocks.containsKey(envelope.subject())) {
            if (found.mayMatter()) {
                clocks.put(envelope.subject(), found);
            } else {
                clocks.remove(envelope.subject());
            }
        }
    }

    private void copy(Stored stored) {
        Event event = stored.entry().event();
        Envelope envelope = stored.entry().envelope();
        KeptCopy copy = copies.get(envelope.subject());
        if (event instanceof Event.CopyStepped stepped) {
            (copy == null ? new KeptCopy() : copy)
                    .objection(
                            stepped.step(), envelope.at(), other -> known(other).state())
                    .ifPresent(why -> disagree(stored.index(), says(event), "blocked as " + why));
        }
        if (event instanceof Event.RequestDecided decided
                && copy == null
                && decided.facts().action() == Action.PRESERVE
                && !(decided.decision() instanceof Decision.Refused)
                && !(decided.decision() instanceof Decision.Returned)) {
            copy = new KeptCopy();
            copies.put(envelope.subject(), copy);
        }
        if (copy != null) {
            copy.next(stored);
            if (copy.isDropped()) {
                copies.remove(envelope.subject());
            }
        }
    }

    /** Of a request that nothing is known of, as if it had just come in. */
    private Conduct known(String request) {
        Conduct conduct = requests.get(request);
        return conduct == null ? new Conduct(settled.get(request)) : conduct;
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
