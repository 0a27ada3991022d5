package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.legal.Assurance;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.ErasureReason;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldsInForce;
import io.holdfast.legal.Missing;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Resumption;
import io.holdfast.legal.Review;
import io.holdfast.legal.Stop;
import io.holdfast.tlog.Hash;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Walks the table of states: everything that a gateway, or whoever has its keys, could write next, from everywhere. */
class CaseStateTest {

    /** Where only an order to keep data comes. */
    private static final EnumSet<CaseState> KEPT = EnumSet.of(CaseState.PRESERVED, CaseState.OVER, CaseState.DROPPED);

    private static final Set<CaseState> OPEN = EnumSet.of(
            CaseState.RELEASED, CaseState.ACCESSED, CaseState.OPENED, CaseState.PACKAGED, CaseState.DELIVERED);

    /** What is written down on a case one after the other. Entries only; what they mean is for {@link Conduct} to say. */
    private static final class Path {
        final List<Stored> entries = new ArrayList<>();
        boolean isHeld;
        long epoch = 1;

        Path copy() {
            Path copy = new Path();
            copy.entries.addAll(entries);
            copy.isHeld = isHeld;
            copy.epoch = epoch;
            return copy;
        }

        void add(Event event) {
            add(event, OptionalLong.empty());
        }

        void add(Event event, OptionalLong previous) {
            Envelope envelope = new Envelope(
                    TestLog.ORIGIN,
                    TestLog.START,
                    "entry-" + entries.size(),
                    "request",
                    epoch,
                    TestLog.rulebookDigest(),
                    previous);
            entries.add(
                    new Stored(entries.size(), Entry.parse(TestLog.firstWriter().write(envelope, event, List.of()))));
        }

        Conduct conduct() {
            Conduct conduct = new Conduct();
            entries.forEach(conduct::next);
            return conduct;
        }

        boolean isClean() {
            Conduct conduct = new Conduct();
            return entries.stream().allMatch(stored -> conduct.next(stored).isEmpty());
        }

        boolean isObjectedTo() {
            return entries.stream()
                    .map(stored -> stored.entry().event())
                    .filter(Event.ClockStepped.class::isInstance)
                    .map(event -> ((Event.ClockStepped) event).step())
                    .reduce((first, last) -> last)
                    .filter(ClockStep.Stopped.class::isInstance)
                    .isPresent();
        }

        HoldsInForce holds() {
            List<Hold> holds = isHeld ? List.of(SomeFacts.pauseOnUs(1, true)) : List.of();
            return new HoldsInForce(epoch, holds);
        }

        Decision rules(Facts facts) {
            return TestLog.rulebookInForce().decide(facts, holds(), TestLog.START);
        }

        Optional<Event.RequestDecided> latest() {
            return lastDecided()
                    .map(stored -> (Event.RequestDecided) stored.entry().event());
        }

        Optional<Stored> lastDecided() {
            return entries.stream()
                    .filter(stored -> stored.entry().event() instanceof Event.RequestDecided)
                    .reduce((first, last) -> last);
        }

        Hash version() {
            return lastDecided().map(stored -> stored.entry().leaf().hash()).orElse(Hash.ofNothing());
        }

        /** Different people on the version that was referred last before the release that stands. */
        int approvals() {
            Hash referred = entries.stream()
                    .filter(stored -> stored.entry().event() instanceof Event.RequestDecided decided
                            && decided.decision() instanceof Decision.Referred)
                    .reduce((first, last) -> last)
                    .map(stored -> stored.entry().leaf().hash())
                    .orElse(Hash.ofNothing());
            Set<String> people = new HashSet<>();
            entries.forEach(stored -> {
                if (stored.entry().event() instanceof Event.ApprovalGiven given
                        && given.version().equals(referred)) {
                    people.add(given.by());
                }
            });
            return people.size();
        }

        List<Stored> grants() {
            return entries.stream()
                    .filter(stored -> stored.entry().event() instanceof Event.GrantIssued)
                    .toList();
        }

        /** Of the grant that was issued last. */
        OptionalLong lastGrant() {
            return grants().stream().mapToLong(Stored::index).max();
        }

        /** What was let through last, by whatever. */
        OptionalLong lastThrough() {
            return entries.stream()
                    .filter(stored -> stored.entry().event() instanceof Event.Accessed access
                            && access.through().isPresent())
                    .mapToLong(Stored::index)
                    .max();
        }

        /** Of the package that was made last. */
        OptionalLong lastPackage() {
            return entries.stream()
                    .filter(stored -> stored.entry().event() instanceof PackageEvent.Made)
                    .mapToLong(Stored::index)
                    .max();
        }

        /** What was handed over last. */
        OptionalLong lastHandover() {
            return entries.stream()
                    .filter(stored -> stored.entry().event() instanceof Event.Delivered
                            || stored.entry().event() instanceof PackageEvent.DeliveredAgain)
                    .mapToLong(Stored::index)
                    .max();
        }

        String packages() {
            return conduct()
                    .packages()
                    .current()
                    .map(current -> current.downloads() + (current.isReceived() ? " received" : ""))
                    .orElse("none");
        }

        long letThrough() {
            return entries.stream()
                    .filter(stored -> stored.entry().event() instanceof Event.Accessed access
                            && access.through().isPresent())
                    .count();
        }

        /** Two paths of one node go on alike. */
        String node() {
            boolean isStale = lastDecided()
                    .map(stored -> stored.entry().envelope().epoch() != epoch)
                    .orElse(false);
            long readings = entries.stream()
                    .filter(stored -> stored.entry().event() instanceof Event.Accessed access
                            && access.through().isEmpty())
                    .count();
            return conduct().state() + " " + conduct().review().map(Review::verdict) + " approvals "
                    + Math.min(approvals(), 3) + " held " + isHeld + " stale " + isStale + " readings "
                    + Math.min(readings, 2) + " objected " + isObjectedTo() + " grants "
                    + Math.min(grants().size() - letThrough(), 1) + " package " + packages();
        }
    }

    private interface Action {
        void on(Path path);
    }

    private static List<Action> actions(Path now) {
        List<Action> actions = new ArrayList<>();
        Facts warrant = SomeFacts.usWarrant();
        // Every decision that the rules give with so many approvals, and the same written down under facts that say
        // otherwise.
        for (int approvals = 0; approvals <= 2; approvals++) {
            Facts facts = warrant.withApprovals(approvals);
            actions.add(path -> path.add(TestLog.decided(facts, path.rules(facts))));
            actions.add(path -> path.add(TestLog.decided(warrant, path.rules(facts))));
        }
        Facts unverified =
                warrant.with(Dimension.DOCUMENT, Set.of(Assurance.UNVERIFIED)).withApprovals(2);
        actions.add(path -> path.add(TestLog.decided(unverified, path.rules(warrant.withApprovals(2)))));
        actions.add(path -> path.add(TestLog.decided(unverified, path.rules(unverified))));
        actions.add(path -> path.add(TestLog.decided(warrant, path.rules(SomeFacts.unknownInstrument()))));
        for (String person : List.of("a", "b")) {
            actions.add(path -> path.add(new Event.ApprovalGiven(path.version(), person)));
        }
        actions.add(path -> path.add(new Event.ApprovalGiven(Hash.ofNothing(), "c")));
        for (Review review : List.of(
                new Review.Narrowed(Set.of(DataCategory.SUBSCRIBER)),
                new Review.Refused(List.of(Reason.PRIVILEGE_OR_PRESS)),
                new Review.Returned(List.of(new Missing("TRANSLATION"))))) {
            actions.add(path -> path.add(new Event.RequestReviewed(path.version(), "a", review)));
            for (int approvals = 0; approvals <= 2; approvals++) {
                Facts facts = warrant.withApprovals(approvals);
                actions.add(path -> path.add(TestLog.decided(facts, review.over(path.rules(facts)))));
            }
        }
        actions.add(path -> path.add(new Event.ReviewBlocked(Review.Verdict.REFUSED, Event.Blocked.OTHER_VERSION)));
        actions.add(path -> path.add(new Event.ApprovalBlocked(Event.Blocked.OTHER_VERSION)));
        Set<DataCategory> categories = EnumSet.of(DataCategory.SUBSCRIBER);
        actions.add(path -> path.add(new Event.Accessed(warrant.action(), categories, 1)));
        for (Duration life : List.of(Duration.ZERO, GrantTrail.LONGEST, GrantTrail.LONGEST.plusSeconds(1))) {
            actions.add(path -> path.add(new Event.GrantIssued(
                    "store", TestLog.START.plus(life), categories, warrant.accounts(), Hash.ofNothing())));
        }
        for (int accounts : List.of(warrant.accounts(), warrant.accounts() + 1)) {
            Event access = new Event.Accessed(warrant.action(), categories, accounts, Optional.of(Event.Through.CHECK));
            actions.add(path -> path.add(access, path.lastGrant()));
        }
        actions.add(path -> path.add(
                new Event.Accessed(warrant.action(), Set.of(DataCategory.CONTENT), 1, Optional.of(Event.Through.CHECK)),
                path.lastGrant()));
        actions.add(path -> path.add(
                new Event.Accessed(warrant.action(), categories, warrant.accounts(), Optional.of(Event.Through.PROXY)),
                path.lastGrant()));
        actions.add(path -> path.add(new Event.Passed(1, Event.PassageEnd.COMPLETE), path.lastThrough()));
        actions.add(path -> path.add(new Event.GrantBlocked(Event.Blocked.NOT_RELEASED)));
        addPackages(actions, categories);
        actions.add(path -> path.add(new Event.DeliveryFailed(Event.Blocked.STORE_UNAVAILABLE)));
        actions.add(path -> path.add(new Event.DeliveryFailed(Event.Blocked.TOO_MANY)));
        actions.add(path -> path.add(new Event.DeliveryFailed(Event.Blocked.NOT_RELEASED)));
        actions.add(path -> path.add(new Event.ErasureProposed(ErasureReason.COURT_ORDER, "a")));
        actions.add(path -> path.add(new Event.CaseShredded(ErasureReason.COURT_ORDER, "b")));
        actions.add(path -> path.add(new Event.ClaimOpened("docket", 0)));
        actions.add(path -> path.add(new Event.ClockStepped(new ClockStep.Stopped(Stop.OBJECTION), "a")));
        actions.add(path ->
                path.add(new Event.ClockStepped(new ClockStep.Resumed(Stop.OBJECTION, Resumption.ORDER_UPHELD), "a")));
        actions.add(path -> path.add(new Event.DeliveryFailed(Event.Blocked.OBJECTED)));
        actions.add(path -> {
            path.isHeld = !path.isHeld; // placed, or lifted
            path.epoch++;
        });
        return actions;
    }

    /** All that can be written of a package, and of another. */
    private static void addPackages(List<Action> actions, Set<DataCategory> categories) {
        for (Duration life :
                List.of(Duration.ZERO, PackageEvent.Made.LONGEST, PackageEvent.Made.LONGEST.plusSeconds(1))) {
            actions.add(path -> path.add(new PackageEvent.Made(
                    categories, 1, 1, Hash.ofNothing(), Optional.of(Hash.ofNothing()), TestLog.START.plus(life), 2)));
        }
        actions.add(path -> path.add(new PackageEvent.Made(
                Set.of(DataCategory.CONTENT),
                1,
                1,
                Hash.ofNothing(),
                Optional.empty(),
                TestLog.START.plusSeconds(1),
                2)));
        actions.add(path -> path.add(new PackageEvent.Made(
                categories, 1, 1, Hash.ofNothing(), Optional.empty(), TestLog.START.plusSeconds(1), 2)));
        for (int accounts : List.of(1, 2)) {
            actions.add(path ->
                    path.add(new Event.Delivered(categories, accounts, 1, Hash.ofNothing()), path.lastPackage()));
        }
        actions.add(path -> path.add(new Event.Delivered(categories, 1, 1, Hash.ofNothing())));
        for (int download : List.of(2, 3)) {
            actions.add(path -> path.add(new PackageEvent.DeliveredAgain(download), path.lastPackage()));
        }
        actions.add(path -> path.add(new Event.Passed(1, Event.PassageEnd.CUT_OFF), path.lastHandover()));
        actions.add(path -> path.add(new PackageEvent.Received("c"), path.lastPackage()));
        for (PackageEvent.Because because : PackageEvent.Because.values()) {
            actions.add(path -> path.add(new PackageEvent.Deleted(because), path.lastPackage()));
        }
    }

    @Test
    void no_path_of_the_table_reaches_the_data_without_two_people_verified_papers_and_no_hold() {
        Set<String> nodes = new HashSet<>();
        Set<CaseState> states = EnumSet.noneOf(CaseState.class);
        Deque<Path> open = new ArrayDeque<>();
        open.add(new Path());
        int steps = 0;
        while (!open.isEmpty()) {
            Path path = open.remove();
            states.add(path.conduct().state());
            for (Action action : actions(path)) {
                Path next = path.copy();
                action.on(next);
                steps++;
                if (!next.isClean()) {
                    continue; // a gateway does not take it, and replay reports it
                }
                check(next);
                if (next.entries.size() <= 12 && nodes.add(next.node())) {
                    open.add(next);
                }
            }
        }
        System.out.println("CaseStateTest: " + nodes.size() + " nodes, " + steps + " steps");
        assertEquals(EnumSet.complementOf(KEPT), states);
    }

    /** Everything that could be written of an order to keep data. */
    private static List<Action> actionsOnAnOrderToKeep() {
        List<Action> actions = new ArrayList<>();
        Facts letter = SomeFacts.usLetter();
        actions.add(path -> path.add(TestLog.decided(letter, path.rules(letter))));
        for (io.holdfast.legal.Action action :
                List.of(io.holdfast.legal.Action.PRESERVE, io.holdfast.legal.Action.DISCLOSE)) {
            actions.add(path -> path.add(new Event.Accessed(action, letter.categories(), 1)));
        }
        addPackages(actions, letter.categories());
        for (CopyStep step : List.of(
                new CopyStep.Preserved(
                        letter.categories(), 1, TestLog.START.plus(Duration.ofDays(90)), Optional.empty()),
                new CopyStep.Failed(Event.Blocked.STORE_UNAVAILABLE),
                new CopyStep.Extended(TestLog.START.plus(Duration.ofDays(180))),
                new CopyStep.Linked("production"),
                new CopyStep.Ended(CopyStep.Because.WITHDRAWN),
                new CopyStep.Dropped(Optional.empty()))) {
            actions.add(path -> path.add(new Event.CopyStepped(step)));
        }
        actions.add(path -> path.add(new Event.ErasureProposed(ErasureReason.COURT_ORDER, "a")));
        actions.add(path -> path.add(new Event.CaseShredded(ErasureReason.COURT_ORDER, "b")));
        actions.add(path -> {
            path.isHeld = !path.isHeld; // placed, or lifted
            path.epoch++;
        });
        return actions;
    }

    @Test
    void no_path_of_an_order_to_keep_data_hands_any_over_and_none_shreds_what_is_kept() {
        Set<String> nodes = new HashSet<>();
        Set<CaseState> states = EnumSet.noneOf(CaseState.class);
        Deque<Path> open = new ArrayDeque<>();
        open.add(new Path());
        while (!open.isEmpty()) {
            Path path = open.remove();
            CaseState from = path.conduct().state();
            states.add(from);
            for (Action action : actionsOnAnOrderToKeep()) {
                Path next = path.copy();
                action.on(next);
                if (!next.isClean()) {
                    continue;
                }
                CaseState to = next.conduct().state();
                assertFalse(to == CaseState.PACKAGED || to == CaseState.DELIVERED, next::node);
                assertFalse(to == CaseState.SHREDDED && KEPT.contains(from) && from != CaseState.DROPPED, next::node);
                boolean isNews = to != from && (to == CaseState.ACCESSED || to == CaseState.PRESERVED);
                assertFalse(isNews && next.isHeld, next::node);
                if (next.entries.size() <= 10 && nodes.add(next.node())) {
                    open.add(next);
                }
            }
        }
        assertTrue(states.containsAll(KEPT), states::toString);
    }

    private static void check(Path path) {
        CaseState state = path.conduct().state();
        if (!OPEN.contains(state)) {
            return;
        }
        Event.RequestDecided latest = path.latest().orElseThrow();
        assertTrue(latest.decision() instanceof Decision.Released, path::node);
        assertTrue(path.approvals() >= 2, path::node);
        assertTrue(path.letThrough() <= path.grants().size(), path::node);
        path.conduct().review().ifPresent(review -> assertTrue(review.permits(latest.decision()), path::node));
        assertEquals(Assurance.VERIFIED, latest.facts().sender());
        assertEquals(Assurance.VERIFIED, latest.facts().document());
        Event last = path.entries.get(path.entries.size() - 1).entry().event();
        boolean isStep = last instanceof Event.Accessed
                || last instanceof Event.Delivered
                || last instanceof PackageEvent.Made
                || last instanceof PackageEvent.DeliveredAgain;
        assertFalse(isStep && path.isObjectedTo(), path::node);
        if (isStep && path.lastDecided().orElseThrow().entry().envelope().epoch() == path.epoch) {
            assertFalse(path.isHeld, path::node); // of another epoch it was before the hold
        }
    }

    @Test
    void what_is_final_leads_nowhere_but_to_shredding() {
        for (CaseState.Transition one : CaseState.transitions()) {
            if (Set.of(CaseState.REFUSED, CaseState.RETURNED, CaseState.DELIVERED)
                    .contains(one.from())) {
                assertTrue(one.to() == one.from() || one.to() == CaseState.SHREDDED, one::toString);
            }
            if (one.from() == CaseState.SHREDDED) {
                assertEquals(CaseState.SHREDDED, one.to());
            }
        }
    }

    @Test
    void the_data_is_reached_from_a_release_only_and_a_release_from_people_or_where_nobody_is_needed() {
        for (CaseState.Transition one : CaseState.transitions()) {
            if (one.to() == CaseState.DELIVERED && one.from() != CaseState.DELIVERED) {
                assertEquals(CaseState.PACKAGED, one.from());
            }
            if (one.to() == CaseState.PACKAGED && one.from() != CaseState.PACKAGED) {
                assertEquals(CaseState.ACCESSED, one.from());
            }
            boolean isSaidAfter = one.step() == CaseState.Step.PASSED || one.step() == CaseState.Step.PACKAGE_DELETED;
            if (one.to() == CaseState.OPENED && isSaidAfter) {
                assertEquals(CaseState.OPENED, one.from());
            } else if (one.to() == CaseState.OPENED) {
                assertTrue(Set.of(CaseState.RELEASED, CaseState.OPENED).contains(one.from()), one::toString);
            }
            if (one.to() == CaseState.ACCESSED) {
                assertTrue(Set.of(CaseState.RELEASED, CaseState.ACCESSED).contains(one.from()), one::toString);
            }
            if (one.to() == CaseState.RELEASED && one.from() == CaseState.REFERRED) {
                assertTrue(
                        one.condition() == CaseState.Condition.APPROVED
                                || one.condition() == CaseState.Condition.NOBODY_NEEDED,
                        one::toString);
            }
        }
    }
}
