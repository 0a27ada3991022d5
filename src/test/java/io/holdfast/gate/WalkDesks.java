package io.holdfast.gate;

import static io.holdfast.gate.WalkViolation.check;

import io.holdfast.audit.ClockStep;
import io.holdfast.audit.EntryKind;
import io.holdfast.audit.Event;
import io.holdfast.audit.HoldChange;
import io.holdfast.audit.Ledger;
import io.holdfast.audit.LedgerException;
import io.holdfast.audit.NoticeDeferral;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.RecordedHold;
import io.holdfast.audit.Warning;
import io.holdfast.fixture.OnePack;
import io.holdfast.fixture.SettableClock;
import io.holdfast.gate.WalkAct.Paper;
import io.holdfast.gate.WalkAct.Who;
import io.holdfast.gate.WalkViolation.Property;
import io.holdfast.grant.Asked;
import io.holdfast.grant.GrantScope;
import io.holdfast.legal.Authority;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Duty;
import io.holdfast.legal.Hold;
import io.holdfast.legal.Identifier;
import io.holdfast.legal.Missing;
import io.holdfast.legal.NoticeMeans;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Resumption;
import io.holdfast.legal.Review;
import io.holdfast.legal.Stop;
import io.holdfast.policy.PolicySet;
import io.holdfast.tlog.Hash;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A gate with all its desks, at which what is drawn is done: with a restart it is another, on the same log. */
final class WalkDesks implements AutoCloseable {

    static final Instant BEGIN = Instant.parse("2026-11-26T12:00:00Z");

    private static final List<PolicySet> RULEBOOKS = List.of(OnePack.set(), OnePack.stricter());
    private static final String STORE = "user-data-store";
    private static final String REASON = "The review has ended, see the minutes.";
    private static final Set<EntryKind> COUNTED_ON_HOLDS = EnumSet.of(
            EntryKind.HOLD_CHANGE_PROPOSED,
            EntryKind.HOLD_CHANGE_APPROVED,
            EntryKind.HOLD_CHANGE_OBJECTED,
            EntryKind.HOLD_OBJECTION_WITHDRAWN,
            EntryKind.HOLD_CHANGE_WITHDRAWN);

    /** What stands between the people of a walk and the gate; a test plants its mistakes here. */
    static class Road {
        Ledger between(Ledger log) {
            return log;
        }

        List<Receipt> approve(WorkingGate work, String id, Hash version, Person person, Set<Duty> confirmed) {
            return join(new ReviewDesk(work.gate)
                    .approve(id, version, person, confirmed)
                    .orElseThrow());
        }

        Optional<CompletionStage<List<Receipt>>> approve(HoldChangeDesk desk, Hash proposal, Actor actor) {
            return desk.approve(proposal, actor);
        }
    }

    /**
     * What came of an act.
     *
     * @param who did it; nothing for the gateway itself, and for whoever sends
     * @param named the version of what they answered, as they have seen it
     * @param wanted what they proposed, if they did
     * @param let one of these kinds of entry says that it counted, and of {@code stopped} that it did not
     * @param otherwise why there need not be any; nothing for an attempt
     */
    record Done(
            Optional<Who> who,
            Optional<Hash> named,
            Optional<WantedChange> wanted,
            Set<EntryKind> let,
            Set<EntryKind> stopped,
            Optional<String> otherwise) {

        static Done attempt(Who who, Set<EntryKind> let, EntryKind stopped) {
            return new Done(
                    Optional.of(who), Optional.empty(), Optional.empty(), let, Set.of(stopped), Optional.empty());
        }

        static Done sent(Set<EntryKind> let, Set<EntryKind> stopped) {
            return new Done(Optional.empty(), Optional.empty(), Optional.empty(), let, stopped, Optional.empty());
        }

        static Done nothing(String why) {
            return new Done(Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), Set.of(), Optional.of(why));
        }

        Done wanting(WantedChange change) {
            return new Done(who, named, Optional.of(change), let, stopped, otherwise);
        }

        Done naming(Hash version) {
            return new Done(who, Optional.of(version), wanted, let, stopped, otherwise);
        }

        /** Whose entry this is. */
        Who somebody() {
            return who.orElseThrow(() -> new WalkViolation(Property.ENTRY_WITHOUT_ATTEMPT, "of a person"));
        }

        /** It counts for exactly what they have seen. */
        void checkNamed(Hash version) {
            check(
                    named.equals(Optional.of(version)),
                    Property.APPROVAL_SURVIVED_AN_EDIT,
                    "it counts for what its person did not name");
        }
    }

    static final Done DONE = Done.nothing("done");
    private static final Done NOTHING_THERE = Done.nothing("nothing there");
    private static final Done AT_THE_DOOR = Done.nothing("refused at the door");

    /** A call that can be repeated: the entry that answered it, and what was sent. */
    private record Repeatable(long entry, Paper paper, boolean isFirstContent) {}

    private final Path folder;
    private final Road road;
    private final PeopleRule rule;
    private final WalkMemory memory;
    private final SettableClock clock = new SettableClock(BEGIN);
    private final Map<Integer, String> requests = new HashMap<>();
    private final Map<Integer, Repeatable> calls = new HashMap<>();
    private final Map<Integer, Hash> proposals = new HashMap<>();
    private final Map<String, String> tokens = new HashMap<>();
    private final Set<String> used = new HashSet<>();

    private WorkingGate work;
    private HoldDesk holds;
    private HeldRequests held;
    private ReviewQueue queue;
    private ClockDesk clocks;
    private NoticeWatch notices;
    private Grants grants;
    private RulebookDesk rulebooks;

    /** @param memory of what was done, as far as the log has been read */
    WalkDesks(Path folder, Road road, PeopleRule rule, WalkMemory memory) {
        this.folder = folder;
        this.road = road;
        this.rule = rule;
        this.memory = memory;
        open();
    }

    /** A log that every walk can begin with, from a copy of this folder. */
    static void begin(Path folder) {
        WorkingGate.open(folder, new SettableClock(BEGIN), RULEBOOKS.get(0)).close();
    }

    private void open() {
        work = WorkingGate.open(folder, clock, RULEBOOKS.get(0), road::between);
        PolicyWatch watch = new PolicyWatch(work.gate);
        watch.follow();
        holds = new HoldDesk(work.gate, rule);
        held = new HeldRequests(work.gate);
        queue = new ReviewQueue(work.gate);
        clocks = new ClockDesk(work.gate, Warning.AT_A_QUARTER);
        notices = new NoticeWatch(work.gate);
        grants = new Grants(
                work.gate,
                STORE,
                work.log.grantKeys(),
                Witnesses.NONE,
                () -> Optional.of(work.log.ledger().checkpoint()));
        rulebooks = new RulebookDesk(work.gate, watch);
    }

    WorkingGate work() {
        return work;
    }

    HoldDesk holds() {
        return holds;
    }

    ReviewQueue queue() {
        return queue;
    }

    @Override
    public void close() {
        work.close();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    Done does(WalkAct act) {
        if (act instanceof WalkAct.Submit submit) {
            return submit(submit);
        }
        if (act instanceof WalkAct.Repeat repeat) {
            return calls.containsKey(repeat.request()) ? repeat(repeat) : NOTHING_THERE;
        }
        if (act instanceof WalkAct.OnRequest on) {
            String id = requests.get(on.request());
            return id == null ? NOTHING_THERE : onRequest(on, id, memory.cases().get(id));
        }
        if (act instanceof WalkAct.LookUp lookUp) {
            return lookUp(lookUp);
        }
        if (act instanceof WalkAct.Place place) {
            return place(place);
        }
        if (act instanceof WalkAct.Tighten tighten) {
            return tighten(tighten);
        }
        if (act instanceof WalkAct.Propose propose) {
            return propose(propose);
        }
        if (act instanceof WalkAct.Answer answer) {
            return answer(answer);
        }
        if (act instanceof WalkAct.LayRulebook lay) {
            return layRulebook(lay);
        }
        if (act instanceof WalkAct.ProposeRulebook propose) {
            boolean may =
                    propose.who().has(Role.LEGAL_OPERATOR) || propose.who().has(Role.LEGAL_APPROVER);
            return rulebook(
                    propose.rules(),
                    propose.who(),
                    may,
                    (digest, person) -> rulebooks.propose(digest, person.subject()));
        }
        if (act instanceof WalkAct.AgreeRulebook agree) {
            return rulebook(agree.rules(), agree.who(), agree.who().has(Role.LEGAL_APPROVER), rulebooks::agree);
        }
        return byItself(act);
    }

    private Done byItself(WalkAct act) {
        if (act instanceof WalkAct.Wait wait) {
            clock.forward(Duration.ofHours(wait.hours()));
        } else if (act instanceof WalkAct.Keep) {
            holds.changes().settle();
            holds.changes().book().lastEffect().ifPresent(held::decideAgain);
            clocks.look();
            notices.look();
            work.fulfilment().open().look();
        } else {
            work.close();
            open();
        }
        return DONE;
    }

    private Done onRequest(WalkAct.OnRequest act, String id, WalkCase known) {
        if (act instanceof WalkAct.Approve approve) {
            return approve(approve, id, known);
        }
        if (act instanceof WalkAct.Look look) {
            return look(look, id, known);
        }
        if (act instanceof WalkAct.Shred shred) {
            return shred(shred, id);
        }
        if (act instanceof WalkAct.Grant) {
            return grant(id, known);
        }
        if (act instanceof WalkAct.UseGrant) {
            return useGrant(id);
        }
        if (act instanceof WalkAct.Object object) {
            return object(object, id);
        }
        if (act instanceof WalkAct.Tell tell) {
            return tell(tell, id);
        }
        if (act instanceof WalkAct.Defer defer) {
            return defer(defer, id);
        }
        return act instanceof WalkAct.OpenClaim open ? openClaim(open, known) : collect(id, known);
    }

    private Receipt send(int number, Paper paper, boolean isRepeatable, boolean isFirstContent) {
        Authority sender = WalkPapers.sender(paper);
        Optional<Call> call = isRepeatable
                ? Optional.of(new Call(sender.id(), "key " + number, isFirstContent ? "content" : "other content"))
                : Optional.empty();
        return join(work.gate.submit(WalkPapers.request(work, paper), sender, call));
    }

    private Done came(int number, Receipt receipt, Optional<Repeatable> call) {
        requests.put(number, receipt.stored().entry().envelope().subject());
        call.ifPresent(it -> calls.put(number, it));
        return Done.sent(Set.of(EntryKind.REQUEST_DECIDED), Set.of());
    }

    private Done submit(WalkAct.Submit act) {
        Receipt receipt = send(act.request(), act.paper(), act.isRepeatable(), true);
        Repeatable call = new Repeatable(receipt.stored().index(), act.paper(), true);
        return came(act.request(), receipt, Optional.of(call).filter(it -> act.isRepeatable()));
    }

    /** What was shredded is not known any more, so a call for it is a new one. */
    private Done repeat(WalkAct.Repeat act) {
        Repeatable call = calls.get(act.request());
        boolean isForgotten = memory.cases().get(requests.get(act.request())).isShredded();
        boolean isFirstContent = act.isSame() == call.isFirstContent();
        Receipt again;
        try {
            again = send(act.request(), call.paper(), true, isFirstContent);
        } catch (CompletionException e) {
            if (e.getCause() instanceof LedgerException why
                    && why.what() == LedgerException.Cause.CONFLICT
                    && !act.isSame()
                    && !isForgotten) {
                return AT_THE_DOOR;
            }
            throw e;
        }
        boolean isTheFirst = again.stored().index() == call.entry();
        check(isTheFirst != isForgotten, Property.HANDED_OVER_TWICE, "a repeated call came in twice");
        if (isForgotten) {
            Repeatable next = new Repeatable(again.stored().index(), call.paper(), isFirstContent);
            return came(act.request(), again, Optional.of(next));
        }
        check(act.isSame(), Property.ATTEMPT_WITHOUT_ENTRY, "other content was taken for that of the first call");
        return Done.nothing("same answer");
    }

    private Done approve(WalkAct.Approve act, String id, WalkCase known) {
        Set<Duty> confirmed = act.confirms() ? EnumSet.allOf(Duty.class) : Set.of();
        Hash version = known.version(act.back());
        road.approve(work, id, version, act.who().person(), confirmed);
        return Done.attempt(act.who(), Set.of(EntryKind.APPROVAL_GIVEN), EntryKind.APPROVAL_BLOCKED)
                .naming(version);
    }

    private Done look(WalkAct.Look act, String id, WalkCase known) {
        Review review = switch (act.verdict()) {
            case NARROWED -> new Review.Narrowed(Set.of(DataCategory.SUBSCRIBER));
            case REFUSED -> new Review.Refused(List.of(Reason.CONFLICT_OF_LAWS));
            case RETURNED -> new Review.Returned(List.of(new Missing("TRANSLATION")));
        };
        Hash version = known.version(act.back());
        join(new ReviewDesk(work.gate)
                .review(id, version, review, act.who().person())
                .orElseThrow());
        return Done.attempt(act.who(), Set.of(EntryKind.REQUEST_REVIEWED), EntryKind.REVIEW_BLOCKED)
                .naming(version);
    }

    private Done collect(String id, WalkCase known) {
        Delivery.Result result = work.pack(id);
        if (result instanceof Delivery.Result.Packed) {
            return download(id, known);
        }
        if (result instanceof Delivery.Result.AlreadyDelivered) {
            check(
                    known.isDelivered() || known.isOpened(),
                    Property.ATTEMPT_WITHOUT_ENTRY,
                    "told that it was handed over");
            return AT_THE_DOOR;
        }
        if (result instanceof Delivery.Result.NotReleased told && told.receipt().isEmpty()) {
            check(!known.isReleased(), Property.ATTEMPT_WITHOUT_ENTRY, "told that it is not released");
            return AT_THE_DOOR;
        }
        return Done.sent(
                Set.of(),
                Set.of(
                        result instanceof Delivery.Result.Failed
                                ? EntryKind.DELIVERY_FAILED
                                : EntryKind.REQUEST_DECIDED));
    }

    private Done download(String id, WalkCase known) {
        PackageDesk.Result result = work.fulfilment().desk().open(id).orElseThrow();
        if (result instanceof PackageDesk.Result.NoPackage) {
            check(known.isDelivered(), Property.ATTEMPT_WITHOUT_ENTRY, "told that there is no package");
            return AT_THE_DOOR;
        }
        if (result instanceof PackageDesk.Result.Open open) {
            try {
                open.handover().writeTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Done.sent(Set.of(EntryKind.DELIVERED, EntryKind.DELIVERED_AGAIN), Set.of());
        }
        return Done.sent(
                Set.of(),
                Set.of(
                        result instanceof PackageDesk.Result.Failed
                                ? EntryKind.DELIVERY_FAILED
                                : EntryKind.REQUEST_DECIDED));
    }

    private Done grant(String id, WalkCase known) {
        Grants.Issue issue = grants.issue(
                        id, new Grants.Wish(STORE, Set.of(), Set.of(), Duration.ofMinutes(1), Optional.empty()))
                .orElseThrow();
        if (issue instanceof Grants.Issue.Issued issued) {
            tokens.put(id, issued.token());
            return Done.sent(Set.of(EntryKind.GRANT_ISSUED), Set.of());
        }
        if (issue instanceof Grants.Issue.NotReleased told && told.receipt().isEmpty()) {
            check(!known.isReleased(), Property.ATTEMPT_WITHOUT_ENTRY, "told that it is not released");
            return AT_THE_DOOR;
        }
        return Done.sent(Set.of(), Set.of(EntryKind.GRANT_BLOCKED, EntryKind.REQUEST_DECIDED));
    }

    private Done useGrant(String id) {
        String token = tokens.get(id);
        if (token == null) {
            return NOTHING_THERE;
        }
        GrantScope.Account account = new GrantScope.Account("USER-ID", "account-1");
        GrantUse use = join(grants.use(
                token,
                new Asked(Optional.empty(), Set.of(account), Set.of("SUBSCRIBER"), Optional.empty()),
                Event.Through.CHECK));
        if (!(use instanceof GrantUse.LetThrough)) {
            return Done.sent(Set.of(), Set.of(EntryKind.GRANT_BLOCKED));
        }
        check(used.add(token), Property.HANDED_OVER_TWICE, "under one grant");
        return Done.sent(Set.of(EntryKind.ACCESSED), Set.of());
    }

    private Done shred(WalkAct.Shred act, String id) {
        ErasureDesk desk = new ErasureDesk(work.gate);
        Person person = act.who().person();
        join((act.who().has(Role.LEGAL_OPERATOR)
                        ? desk.shred(id, act.reason(), Optional.empty(), person)
                        : desk.refuse(id, act.reason(), person))
                .orElseThrow());
        Set<EntryKind> let = Set.of(EntryKind.ERASURE_PROPOSED, EntryKind.CASE_SHREDDED);
        return Done.attempt(act.who(), let, EntryKind.ERASURE_BLOCKED);
    }

    private Done object(WalkAct.Object act, String id) {
        ClockStep step = act.isOver()
                ? new ClockStep.Resumed(Stop.OBJECTION, Resumption.WITHDRAWN)
                : new ClockStep.Stopped(Stop.OBJECTION);
        join(new ClockStepDesk(work.gate)
                .take(id, step, Optional.empty(), act.who().actor())
                .orElseThrow());
        Set<EntryKind> let = Set.of(EntryKind.CLOCK_STOPPED, EntryKind.CLOCK_RESUMED);
        return Done.attempt(act.who(), let, EntryKind.CLOCK_STEP_BLOCKED);
    }

    private Done tell(WalkAct.Tell act, String id) {
        join(new NoticeDesk(work.gate)
                .give(id, NoticeMeans.EMAIL, clock.instant(), act.who().actor())
                .orElseThrow());
        return Done.attempt(act.who(), Set.of(EntryKind.NOTICE_GIVEN), EntryKind.NOTICE_BLOCKED);
    }

    /** Until the end of the next day, so that a second person can want the same. */
    private Done defer(WalkAct.Defer act, String id) {
        Instant end = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(2));
        Optional<Hash> evidence = act.ground().isOrdered() ? Optional.of(Hash.ofNothing()) : Optional.empty();
        join(new NoticeDesk(work.gate)
                .defer(
                        id,
                        new NoticeDeferral(act.ground(), Optional.of(end), end, evidence),
                        act.who().actor())
                .orElseThrow());
        Set<EntryKind> let = Set.of(EntryKind.NOTICE_DEFERRED, EntryKind.NOTICE_DEFERRAL_PROPOSED);
        return Done.attempt(act.who(), let, EntryKind.NOTICE_BLOCKED);
    }

    private Done openClaim(WalkAct.OpenClaim act, WalkCase known) {
        SealedClaims claims = new SealedClaims(work.gate);
        if (act.who().has(Role.AUDITOR)) {
            join(claims.open(known.first(), "officer", act.who().name(), "a court")
                    .orElseThrow());
        } else {
            join(claims.refuse(known.first(), "officer", act.who().name()).orElseThrow());
        }
        return Done.attempt(act.who(), Set.of(EntryKind.CLAIM_OPENED), EntryKind.CLAIM_OPENING_BLOCKED);
    }

    private Done lookUp(WalkAct.LookUp act) {
        LookUps lookUps = new LookUps(work.gate);
        if (act.who().has(Role.AUDITOR)) {
            lookUps.find(
                    new Identifier(Identifier.Type.ACCOUNT_USER_ID, "account-1"),
                    act.who().name());
        } else {
            lookUps.refuse(Identifier.Type.ACCOUNT_USER_ID, act.who().name());
        }
        return Done.attempt(act.who(), Set.of(EntryKind.PSEUDONYM_LOOKED_UP), EntryKind.PSEUDONYM_LOOK_UP_BLOCKED);
    }

    private int version(String hold) {
        return memory.folded().hold(hold).map(Hold::version).orElse(1);
    }

    private Done place(WalkAct.Place act) {
        join(holds.place(
                WalkPapers.hold(act.hold(), 1, act.opening()), act.who().name(), REASON));
        return Done.attempt(act.who(), Set.of(EntryKind.HOLD_PLACED), EntryKind.HOLD_CHANGE_BLOCKED);
    }

    private Done tighten(WalkAct.Tighten act) {
        Hold next = WalkPapers.hold(act.hold(), version(act.hold()) + 1, act.opening());
        join(holds.tighten(next, act.who().name(), REASON));
        return Done.attempt(act.who(), Set.of(EntryKind.HOLD_TIGHTENED), EntryKind.HOLD_CHANGE_BLOCKED);
    }

    private Done propose(WalkAct.Propose act) {
        WantedChange wanted = wanted(act);
        Receipt receipt = join(holds.changes().propose(wanted, act.who().actor(), act.saysWhy() ? REASON : "."))
                .get(0);
        proposals.put(act.proposal(), receipt.stored().entry().leaf().hash());
        return Done.attempt(act.who(), COUNTED_ON_HOLDS, EntryKind.HOLD_CHANGE_BLOCKED)
                .wanting(wanted);
    }

    private WantedChange wanted(WalkAct.Propose act) {
        int version = version(act.hold()) + (act.isOfThisVersion() ? 0 : 1);
        List<Hold> texts = act.next()
                .map(opening -> List.of(WalkPapers.hold(act.hold(), version + 1, opening)))
                .orElse(List.of());
        HoldChange change = texts.isEmpty()
                ? new HoldChange.Lift(act.hold(), version, Optional.empty())
                : new HoldChange.Replace(RecordedHold.of(texts.get(0)), Optional.empty());
        Instant now = clock.instant();
        return new WantedChange(
                List.of(change),
                texts,
                now.plus(Duration.ofHours(act.approvable())),
                act.effective().map(hours -> now.plus(Duration.ofHours(hours))),
                now.plus(Duration.ofHours(24L + act.approvable())));
    }

    private Done answer(WalkAct.Answer act) {
        Hash version = proposals.get(act.proposal());
        if (version == null) {
            return NOTHING_THERE;
        }
        HoldChangeDesk desk = holds.changes();
        Actor actor = act.who().actor();
        String why = act.saysWhy() ? REASON : ".";
        Optional<CompletionStage<List<Receipt>>> receipts = act.attempt() == Event.Attempt.APPROVE
                ? road.approve(desk, version, actor)
                : switch (act.attempt()) {
                    case OBJECT -> desk.object(version, actor, why);
                    case WITHDRAW_OBJECTION -> desk.withdrawObjection(version, actor);
                    default -> desk.withdraw(version, actor);
                };
        if (receipts.isEmpty()) {
            return NOTHING_THERE; // the proposal was blocked
        }
        join(receipts.get());
        return Done.attempt(act.who(), COUNTED_ON_HOLDS, EntryKind.HOLD_CHANGE_BLOCKED)
                .naming(version);
    }

    /** The rulebook as the gateway has it at hand, compared with what is in force now. */
    private Optional<NextRulebook> seen(WalkAct.Rules rules) {
        PolicySet files = RULEBOOKS.get(rules.ordinal());
        PolicyWatch watch = rulebooks.watch();
        long epoch = work.log.ledger().standing().epoch();
        boolean isSeen = watch.seen()
                .next()
                .filter(next -> next.digest().equals(files.digest()) && next.epoch() == epoch)
                .isPresent();
        return isSeen ? watch.seen().next() : watch.look(files).next();
    }

    private Done layRulebook(WalkAct.LayRulebook act) {
        Optional<NextRulebook> next = seen(act.rules());
        if (next.isEmpty()) {
            return NOTHING_THERE;
        }
        try {
            join(rulebooks.activate(next.get()));
            return Done.sent(Set.of(EntryKind.RULEBOOK_ACTIVATED), Set.of());
        } catch (CompletionException e) {
            if (e.getCause() instanceof RulebookDesk.NotAlone) {
                return AT_THE_DOOR; // nobody has tried anything
            }
            throw e;
        }
    }

    private interface Wish {
        CompletionStage<Receipt> of(String digest, Person person);
    }

    private Done rulebook(WalkAct.Rules rules, Who who, boolean isPermitted, Wish wish) {
        seen(rules);
        String digest = RULEBOOKS.get(rules.ordinal()).digest();
        join(isPermitted ? wish.of(digest, who.person()) : rulebooks.refuse(digest, who.name()));
        Set<EntryKind> let = Set.of(EntryKind.RULEBOOK_PROPOSED, EntryKind.RULEBOOK_ACTIVATED);
        return Done.attempt(who, let, EntryKind.RULEBOOK_BLOCKED);
    }
}
