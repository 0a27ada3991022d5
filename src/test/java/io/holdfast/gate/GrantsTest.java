package io.holdfast.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.holdfast.audit.ClockStep;
import io.holdfast.audit.Entry;
import io.holdfast.audit.EntryKind;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.GrantTrail;
import io.holdfast.audit.NoticeEvent;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Replay;
import io.holdfast.audit.WhatLeft;
import io.holdfast.fixture.SettableClock;
import io.holdfast.grant.Asked;
import io.holdfast.grant.Grant;
import io.holdfast.grant.GrantScope;
import io.holdfast.grant.GrantScope.Account;
import io.holdfast.grant.GrantToken;
import io.holdfast.grant.GrantVerifier;
import io.holdfast.grant.GrantVerifier.Verdict;
import io.holdfast.grant.Refusal;
import io.holdfast.grant.UsedGrants;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.ErasureReason;
import io.holdfast.legal.NoticeMeans;
import io.holdfast.legal.Outcome;
import io.holdfast.legal.Request;
import io.holdfast.legal.Stop;
import io.holdfast.note.Ed25519Key;
import io.holdfast.note.TrustPolicy;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.ProofFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a grant lets through at the gateway, and in front of a store that knows the keys of the log and nothing else. */
class GrantsTest {

    private static final String STORE = "user-data-store";
    private static final Account ACCOUNT = new Account("USER-ID", "account-1");
    private static final Set<String> SUBSCRIBER = Set.of("SUBSCRIBER");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path temporary;

    private final SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private WorkingGate work;
    private Grants grants;
    private GrantVerifier store;
    private Witnesses witnesses = Witnesses.NONE;

    @BeforeEach
    void open() {
        work = WorkingGate.open(temporary.resolve("data"), clock);
        renew();
    }

    private void renew() {
        grants = new Grants(
                work.gate,
                STORE,
                work.log.grantKeys(),
                witnesses,
                () -> Optional.of(work.log.ledger().checkpoint()));
        store = verifier(TrustPolicy.ofKeys(List.of(work.log.signer().verifierKey())), work.log.grantKeys());
    }

    private GrantVerifier verifier(TrustPolicy trusted, List<Ed25519Key> keys) {
        return verifier(trusted, keys, Instant.EPOCH);
    }

    private GrantVerifier verifier(TrustPolicy trusted, List<Ed25519Key> keys, Instant since) {
        return new GrantVerifier(
                trusted, keys.stream().map(Ed25519Key::publicKey).toList(), STORE, UsedGrants.inMemory(1_000), since);
    }

    @AfterEach
    void the_log_replays() {
        work.whole();
        assertEquals(List.of(), Replay.run(work.source(), Progress.NONE).disagreements());
        work.close();
    }

    private static Grants.Wish wish(String audience, Duration life) {
        return new Grants.Wish(audience, Set.of(), Set.of(), life, Optional.empty());
    }

    private Grants.Issue.Issued issued(String id, Grants.Wish wish) {
        return assertInstanceOf(
                Grants.Issue.Issued.class, grants.issue(id, wish).orElseThrow());
    }

    private String grant(String id) {
        return issued(id, wish(STORE, MINUTE)).token();
    }

    private static Asked asked(Account account, Set<String> categories) {
        return new Asked(Optional.empty(), Set.of(account), categories, Optional.empty());
    }

    private GrantUse use(String token, Asked asked) {
        return grants.use(token, asked, Event.Through.CHECK)
                .toCompletableFuture()
                .join();
    }

    private GrantUse use(String token) {
        return use(token, asked(ACCOUNT, SUBSCRIBER));
    }

    private Verdict inStore(String token) {
        return store.use(token, asked(ACCOUNT, SUBSCRIBER), clock.instant());
    }

    private static void stopped(Blocked why, GrantUse use) {
        assertEquals(why, assertInstanceOf(GrantUse.Stopped.class, use).blocked());
    }

    private static void unproven(Refusal why, GrantUse use) {
        assertEquals(new GrantUse.Unproven(why), use);
    }

    private static void refused(Refusal why, Verdict verdict) {
        assertEquals(new Verdict.Refused(why), verdict);
    }

    private List<EntryKind> kinds(String id) {
        return work.whole().kindsOn(id);
    }

    @Test
    void a_grant_lets_through_once_at_the_gateway_and_once_in_the_store() {
        String id = work.released();
        int before = kinds(id).size();

        String token = grant(id);
        GrantUse.LetThrough use = assertInstanceOf(GrantUse.LetThrough.class, use(token));
        assertInstanceOf(Verdict.Good.class, inStore(token));

        Event.Accessed accessed =
                (Event.Accessed) use.receipt().stored().entry().event();
        assertEquals(Set.of(DataCategory.SUBSCRIBER), accessed.categories());
        assertEquals(Optional.of(Event.Through.CHECK), accessed.through());
        stopped(Blocked.USED_BEFORE, use(token));
        refused(Refusal.USED, inStore(token));
        assertEquals(
                List.of(EntryKind.GRANT_ISSUED, EntryKind.ACCESSED, EntryKind.GRANT_BLOCKED),
                kinds(id).subList(before, before + 3));
    }

    @Test
    void an_expired_grant_lets_nothing_through() {
        String token = grant(work.released());

        clock.forward(MINUTE);

        stopped(Blocked.TOO_LATE, use(token));
        refused(Refusal.EXPIRED, inStore(token));
    }

    @Test
    void a_store_that_was_started_anew_takes_nothing_that_it_could_have_taken_before() {
        String id = work.released();
        String token = grant(id);
        store = verifier(
                TrustPolicy.ofKeys(List.of(work.log.signer().verifierKey())), work.log.grantKeys(), clock.instant());

        refused(Refusal.EXPIRED, inStore(token));

        clock.forward(Duration.ofSeconds(5));
        assertInstanceOf(Verdict.Good.class, inStore(grant(id)));
        assertEquals(GrantTrail.LONGEST, Grant.LONGEST, "the log and the verifier know one longest life");
    }

    @Test
    void a_grant_for_another_store_lets_nothing_through() {
        String token = issued(work.released(), wish("other-store", MINUTE)).token();

        stopped(Blocked.OTHER_AUDIENCE, use(token));
        refused(Refusal.OTHER_AUDIENCE, inStore(token));
    }

    @Test
    void a_grant_that_is_bound_to_a_certificate_lets_through_only_whoever_shows_it() {
        String holder = "h".repeat(43);
        String token = issued(work.released(), new Grants.Wish(STORE, Set.of(), Set.of(), MINUTE, Optional.of(holder)))
                .token();

        stopped(Blocked.OTHER_CALLER, use(token));
        refused(Refusal.OTHER_CALLER, inStore(token));
        Asked shown = new Asked(Optional.of(holder), Set.of(ACCOUNT), SUBSCRIBER, Optional.empty());
        assertInstanceOf(Verdict.Good.class, store.use(token, shown, clock.instant()));
        assertInstanceOf(GrantUse.LetThrough.class, use(token, shown));
    }

    @Test
    void nothing_beyond_its_scope_is_let_through() {
        String id = work.released();
        Grants.Issue.Issued issued = issued(
                id, new Grants.Wish(STORE, Set.of(0), Set.of(DataCategory.SUBSCRIBER), MINUTE, Optional.empty()));
        GrantScope scope = issued.grant().scope();
        Map<Refusal, Asked> more = Map.of(
                Refusal.BEYOND_ACCOUNTS, asked(new Account("USER-ID", "account-2"), SUBSCRIBER),
                Refusal.BEYOND_CATEGORIES, asked(ACCOUNT, Set.of("SUBSCRIBER", "CONTENT")),
                Refusal.BEYOND_PERIOD,
                        new Asked(
                                Optional.empty(),
                                Set.of(ACCOUNT),
                                SUBSCRIBER,
                                Optional.of(new Asked.Period(
                                        scope.from(), scope.to().plusSeconds(1)))));

        more.forEach((why, asked) -> {
            refused(why, store.use(issued.token(), asked, clock.instant()));
            stopped(Blocked.BEYOND_GRANT, use(issued.token(), asked));
        });

        assertInstanceOf(GrantUse.LetThrough.class, use(issued.token()));
    }

    @Test
    void a_grant_that_was_edited_lets_nothing_through_even_signed_with_the_right_key() {
        String id = work.released();
        Grants.Issue.Issued issued = issued(id, wish(STORE, MINUTE));
        Grant grant = issued.grant();
        GrantScope wider = new GrantScope(
                grant.scope().salt(),
                grant.scope().accounts(),
                new TreeSet<>(Set.of("SUBSCRIBER", "LIVE-CONTENT")),
                grant.scope().from(),
                grant.scope().to());
        Ed25519Key key = work.log.grantKeys().get(0);

        String forged = GrantToken.sign(with(grant, wider, grant.until()), key);
        String longer = GrantToken.sign(with(grant, grant.scope(), grant.until().plusSeconds(60)), key);
        String stranger = GrantToken.sign(with(grant, wider, grant.until()), Ed25519Key.generate());
        String[] parts = issued.token().split("\\.");
        String[] other = forged.split("\\.");
        String swapped = parts[0] + "." + other[1] + "." + parts[2];

        for (String token : List.of(forged, longer)) {
            stopped(Blocked.OTHER_VERSION, use(token));
            refused(Refusal.OTHER_ENTRY, inStore(token));
        }
        unproven(Refusal.UNKNOWN_KEY, use(stranger));
        refused(Refusal.UNKNOWN_KEY, inStore(stranger));
        unproven(Refusal.BAD_SIGNATURE, use(swapped));
        refused(Refusal.BAD_SIGNATURE, inStore(swapped));
        unproven(Refusal.MALFORMED, use(issued.token() + "."));
        refused(Refusal.MALFORMED, inStore("a.b.c"));
        String aDay = GrantToken.sign(with(grant, grant.scope(), grant.from().plus(1, ChronoUnit.DAYS)), key);
        refused(Refusal.TOO_LONG, inStore(aDay));
        stopped(Blocked.OTHER_VERSION, use(aDay));
    }

    private static Grant with(Grant grant, GrantScope scope, Instant until) {
        return with(grant, scope, until, grant.entry(), grant.proof());
    }

    private static Grant with(Grant grant, GrantScope scope, Instant until, String entry, String proof) {
        return new Grant(
                grant.issuer(),
                grant.audience(),
                grant.request(),
                grant.id(),
                grant.from(),
                until,
                scope,
                grant.holder(),
                grant.epoch(),
                grant.rulebook(),
                entry,
                proof);
    }

    @Test
    void the_store_takes_no_proof_of_another_entry_nor_one_under_a_smaller_or_a_foreign_tree() {
        String id = work.released();
        Grants.Issue.Issued issued = issued(id, wish(STORE, MINUTE));
        Grants.Issue.Issued second = issued(id, wish(STORE, MINUTE));
        Grant grant = issued.grant();
        Ed25519Key key = work.log.grantKeys().get(0);
        ProofFile proof = ProofFile.parse(grant.proof().getBytes(StandardCharsets.UTF_8));

        String ofAnother = GrantToken.sign(
                with(
                        grant,
                        grant.scope(),
                        grant.until(),
                        second.grant().entry(),
                        second.grant().proof()),
                key);
        refused(Refusal.OTHER_ENTRY, inStore(ofAnother));
        String otherProof = GrantToken.sign(
                with(
                        grant,
                        grant.scope(),
                        grant.until(),
                        grant.entry(),
                        second.grant().proof()),
                key);
        refused(Refusal.NOT_IN_THE_LOG, inStore(otherProof));

        String shrunken = proof.checkpoint().replaceFirst("\n\\d+\n", "\n" + proof.index() + "\n");
        refused(
                Refusal.NOT_TRUSTED,
                inStore(GrantToken.sign(
                        with(grant, grant.scope(), grant.until(), grant.entry(), print(proof, shrunken)), key)));
        Ed25519Key otherLog = Ed25519Key.generate();
        GrantVerifier foreign = verifier(
                TrustPolicy.ofKeys(List.of(new io.holdfast.note.NoteSigner("other.test/log", otherLog).verifierKey())),
                work.log.grantKeys());
        refused(Refusal.NOT_TRUSTED, foreign.use(issued.token(), asked(ACCOUNT, SUBSCRIBER), clock.instant()));
        assertInstanceOf(Verdict.Good.class, inStore(issued.token()));
    }

    private static String print(ProofFile proof, String checkpoint) {
        return new String(new ProofFile(proof.index(), proof.hashes(), checkpoint).print(), StandardCharsets.UTF_8);
    }

    @Test
    void the_store_takes_no_checkpoint_of_a_tree_that_ends_before_the_entry() {
        String id = work.released();
        byte[] before = work.log.ledger().checkpoint();
        Grants.Issue.Issued issued = issued(id, wish(STORE, MINUTE));
        Grant grant = issued.grant();
        ProofFile proof = ProofFile.parse(grant.proof().getBytes(StandardCharsets.UTF_8));

        String token = GrantToken.sign(
                with(
                        grant,
                        grant.scope(),
                        grant.until(),
                        grant.entry(),
                        print(proof, new String(before, StandardCharsets.UTF_8))),
                work.log.grantKeys().get(0));

        refused(Refusal.NOT_IN_THE_LOG, inStore(token));
        stopped(
                Blocked.OTHER_VERSION,
                use(GrantToken.sign(
                        with(grant, grant.scope(), grant.until().minusSeconds(1)),
                        work.log.grantKeys().get(0))));
    }

    @Test
    void a_hold_that_came_since_stops_a_grant_that_is_out() {
        String id = work.released();
        String token = grant(id);

        new HoldDesk(work.gate)
                .place(HoldPeople.hold("more", 1, "HK"), HoldPeople.OPERATOR.subject(), "A reason")
                .toCompletableFuture()
                .join();

        stopped(Blocked.NOT_RELEASED, use(token));
        assertEquals(Outcome.HELD, work.gate.find(id).orElseThrow().decision().outcome());
        assertInstanceOf(
                Grants.Issue.NotReleased.class,
                grants.issue(id, wish(STORE, MINUTE)).orElseThrow());
    }

    @Test
    void nothing_is_granted_of_what_was_not_released_or_was_handed_over() {
        String referred = work.referred();
        assertInstanceOf(
                Grants.Issue.NotReleased.class,
                grants.issue(referred, wish(STORE, MINUTE)).orElseThrow());

        String id = work.released();
        String token = grant(id);
        assertInstanceOf(Delivery.Result.Packed.class, work.deliver(id));
        stopped(Blocked.NO_LONGER_COVERED, use(token));
        assertEquals(
                Blocked.NO_LONGER_COVERED,
                assertInstanceOf(
                                Grants.Issue.NotIssued.class,
                                grants.issue(id, wish(STORE, MINUTE)).orElseThrow())
                        .blocked());

        assertEquals(
                Blocked.BEYOND_GRANT,
                assertInstanceOf(
                                Grants.Issue.NotIssued.class,
                                grants.issue(
                                                work.released(),
                                                new Grants.Wish(
                                                        STORE,
                                                        Set.of(),
                                                        Set.of(DataCategory.LIVE_CONTENT),
                                                        MINUTE,
                                                        Optional.empty()))
                                        .orElseThrow())
                        .blocked());
        assertThrows(
                IllegalArgumentException.class,
                () -> grants.issue(
                        work.released(), new Grants.Wish(STORE, Set.of(1), Set.of(), MINUTE, Optional.empty())));
    }

    @Test
    void what_is_served_under_grants_is_not_delivered_besides() {
        String id = work.released();
        assertInstanceOf(GrantUse.LetThrough.class, use(grant(id)));

        Delivery.Result result = work.deliver(id);

        assertInstanceOf(Delivery.Result.Failed.class, result);
        assertInstanceOf(GrantUse.LetThrough.class, use(grant(id)));
    }

    @Test
    void nothing_is_granted_before_the_person_concerned_was_told_where_they_are_told_before() {
        String id = work.referredWithoutOrder();
        work.approve(id, "reviewer-1");
        work.approve(id, "reviewer-2");

        assertEquals(
                Blocked.NOTICE_NOT_GIVEN,
                assertInstanceOf(
                                Grants.Issue.NotIssued.class,
                                grants.issue(id, wish(STORE, MINUTE)).orElseThrow())
                        .blocked());
        new NoticeDesk(work.gate)
                .give(id, NoticeMeans.EMAIL, clock.instant(), HoldPeople.OPERATOR)
                .orElseThrow()
                .toCompletableFuture()
                .join();
        assertInstanceOf(GrantUse.LetThrough.class, use(grant(id)));
    }

    @Test
    void a_hold_that_comes_after_data_was_let_through_changes_nothing_of_what_an_order_forbids_to_tell() {
        String id = work.released();
        assertInstanceOf(GrantUse.LetThrough.class, use(grant(id)));
        new HoldDesk(work.gate)
                .place(HoldPeople.hold("more", 1, "HK"), HoldPeople.OPERATOR.subject(), "A reason")
                .toCompletableFuture()
                .join();

        new NoticeDesk(work.gate)
                .give(id, NoticeMeans.EMAIL, clock.instant(), HoldPeople.OPERATOR)
                .orElseThrow()
                .toCompletableFuture()
                .join();

        List<Entry> entries = work.whole().on(id);
        NoticeEvent.Prevented last =
                (NoticeEvent.Prevented) entries.get(entries.size() - 1).event();
        assertEquals(Blocked.NOTICE_FORBIDDEN, last.blocked());
    }

    @Test
    void an_objection_stops_a_grant_that_is_out() {
        String id = work.released();
        String token = grant(id);

        new ClockStepDesk(work.gate)
                .take(id, new ClockStep.Stopped(Stop.OBJECTION), Optional.empty(), HoldPeople.OPERATOR)
                .orElseThrow()
                .toCompletableFuture()
                .join();

        stopped(Blocked.OBJECTED, use(token));
        assertEquals(
                Blocked.OBJECTED,
                assertInstanceOf(
                                Grants.Issue.NotIssued.class,
                                grants.issue(id, wish(STORE, MINUTE)).orElseThrow())
                        .blocked());
    }

    @Test
    void a_shredded_case_lets_nothing_through() {
        String id = work.delivered();
        ErasureDesk desk = new ErasureDesk(work.gate);
        for (String person : List.of("operator-1", "operator-2")) {
            desk.shred(id, ErasureReason.COURT_ORDER, Optional.<Hash>empty(), Person.of(person))
                    .orElseThrow()
                    .toCompletableFuture()
                    .join();
        }

        assertEquals(
                Blocked.SHREDDED,
                assertInstanceOf(
                                Grants.Issue.NotIssued.class,
                                grants.issue(id, wish(STORE, MINUTE)).orElseThrow())
                        .blocked());
    }

    @Test
    void what_too_few_witnesses_have_seen_is_neither_granted_nor_let_through() {
        String id = work.released();
        String token = grant(id);
        witnesses = index -> false;
        renew();

        assertEquals(
                Blocked.NOT_WITNESSED,
                assertInstanceOf(
                                Grants.Issue.NotIssued.class,
                                grants.issue(id, wish(STORE, MINUTE)).orElseThrow())
                        .blocked());
        stopped(Blocked.NOT_WITNESSED, use(token));
        stopped(Blocked.USED_BEFORE, use(token));
    }

    @Test
    void an_account_is_named_by_a_commitment_that_no_other_grant_shares() {
        String id = work.released();
        GrantScope first = issued(id, wish(STORE, MINUTE)).grant().scope();
        GrantScope second = issued(id, wish(STORE, MINUTE)).grant().scope();

        first.accounts().forEach(commitment -> assertFalse(second.accounts().contains(commitment)));
        assertEquals(
                new Account("EMAIL", "someone@example.org"),
                Grants.account(new Request.Target(Request.Target.Kind.EMAIL, "Someone@Example.org")));
    }

    @Test
    void one_of_two_uses_at_the_same_time_is_stopped() {
        String token = grant(work.released());

        List<java.util.concurrent.CompletionStage<GrantUse>> uses = java.util.stream.IntStream.range(0, 16)
                .mapToObj(i -> grants.use(token, asked(ACCOUNT, SUBSCRIBER), Event.Through.CHECK))
                .toList();

        assertEquals(
                1,
                uses.stream()
                        .filter(use -> use.toCompletableFuture().join() instanceof GrantUse.LetThrough)
                        .count());
    }

    private List<WhatLeft> whatLeft(String id) {
        return WhatLeft.of(work.gate.find(id).orElseThrow().entries());
    }

    @Test
    void what_was_let_through_and_never_said_to_have_ended_cannot_be_known() {
        String id = work.released();
        assertEquals(List.of(), whatLeft(id));
        List<GrantUse.LetThrough> uses = new ArrayList<>();
        for (Event.Through through :
                List.of(Event.Through.PROXY, Event.Through.PROXY, Event.Through.PROXY, Event.Through.CHECK)) {
            uses.add(assertInstanceOf(
                    GrantUse.LetThrough.class,
                    grants.use(grant(id), asked(ACCOUNT, SUBSCRIBER), through)
                            .toCompletableFuture()
                            .join()));
        }
        grants.passed(uses.get(2), 3, Event.PassageEnd.CUT_OFF)
                .toCompletableFuture()
                .join();
        grants.passed(uses.get(0), 9, Event.PassageEnd.COMPLETE)
                .toCompletableFuture()
                .join();

        List<WhatLeft> left = whatLeft(id);

        assertEquals(
                List.of(WhatLeft.Known.ALL, WhatLeft.Known.UNKNOWN, WhatLeft.Known.AT_MOST, WhatLeft.Known.NOT_SEEN),
                left.stream().map(WhatLeft::known).toList());
        assertEquals(
                List.of(OptionalLong.of(9), OptionalLong.empty(), OptionalLong.of(3), OptionalLong.empty()),
                left.stream().map(WhatLeft::atMost).toList());
        assertEquals(
                uses.stream().map(use -> use.receipt().stored().index()).toList(),
                left.stream().map(WhatLeft::entry).toList());
    }
}
