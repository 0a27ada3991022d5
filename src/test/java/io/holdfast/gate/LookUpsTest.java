package io.holdfast.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.Disclosure;
import io.holdfast.audit.Envelope;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Replay;
import io.holdfast.audit.Stored;
import io.holdfast.fixture.RawFiles;
import io.holdfast.fixture.SettableClock;
import io.holdfast.legal.ErasureReason;
import io.holdfast.legal.Identifier;
import io.holdfast.legal.Identifier.Type;
import io.holdfast.legal.Request;
import io.holdfast.vault.PseudonymKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Look-ups on a real log and a real database. */
class LookUpsTest {

    private static final Duration A_QUARTER = Duration.ofDays(92);
    private static final Identifier OFFICER = new Identifier(Type.OFFICER, "Officer-1@agency.example");
    private static final Identifier ACCOUNT = new Identifier(Type.ACCOUNT_USER_ID, "account-1");

    @TempDir
    Path temporary;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-26T12:00:00Z"));
    private WorkingGate work;

    private Path data() {
        return temporary.resolve("data");
    }

    @BeforeEach
    void open() {
        work = WorkingGate.open(data(), clock);
    }

    @AfterEach
    void check() {
        work.whole();
        assertEquals(List.of(), Replay.run(work.source(), Progress.NONE).disagreements());
        work.close();
    }

    private long submit(String account) {
        return work.submit(work.warrant(Set.of(WorkingGate.HK), account))
                .stored()
                .index();
    }

    private LookUps.Found find(Identifier identifier) {
        return new LookUps(work.gate).find(identifier, "auditor-1");
    }

    private List<Disclosure> opened(long index) {
        return CaseFile.open(
                work.log.ledger(),
                work.gate.scribe().vault(),
                work.log.ledger().entry(index).orElseThrow());
    }

    private void shred(long index) {
        String id =
                work.log.ledger().entry(index).orElseThrow().entry().envelope().subject();
        for (String person : List.of("operator-1", "operator-2")) {
            new ErasureDesk(work.gate)
                    .shred(id, ErasureReason.ERASURE_REQUEST, Optional.empty(), Person.of(person))
                    .orElseThrow()
                    .toCompletableFuture()
                    .join();
        }
    }

    /** A request that is held, so that it can be shredded. */
    private long held() {
        Request request = work.warrant(Set.of(WorkingGate.HK), "account-1");
        return work.submit(new Request(
                        request.instrument(),
                        request.issuedBy(),
                        "D-2", // the seal is over another docket
                        request.issuedAt(),
                        request.expiresAt(),
                        request.channel(),
                        request.action(),
                        request.categories(),
                        request.targets(),
                        request.from(),
                        request.to(),
                        request.offences(),
                        request.nationalSecurity(),
                        request.emergency(),
                        request.nonDisclosure(),
                        request.users(),
                        request.subjects(),
                        request.document(),
                        request.officer(),
                        request.caseReference(),
                        request.necessity()))
                .stored()
                .index();
    }

    @Test
    void an_officer_and_an_account_are_found_where_they_stand_newest_first() {
        long first = submit("account-1");
        long second = submit("account-2");
        long third = submit("account-1");

        assertEquals(List.of(third, second, first), find(OFFICER).entries());
        assertEquals(List.of(third, first), find(ACCOUNT).entries());
        assertEquals(
                List.of(),
                find(new Identifier(Type.ACCOUNT_USER_ID, "Account-1")).entries());
        assertEquals(
                List.of(),
                find(new Identifier(Type.ACCOUNT_EMAIL, OFFICER.value())).entries());
        assertTrue(find(OFFICER).isAll());
    }

    @Test
    void that_somebody_asked_is_an_entry_that_says_who_under_seal_and_about_whom_nowhere() {
        submit("account-1");

        Receipt receipt = find(OFFICER).receipt();

        Stored stored = receipt.stored();
        assertEquals(new Event.PseudonymLookedUp(Type.OFFICER), stored.entry().event());
        assertEquals(Envelope.LOG, stored.entry().envelope().subject());
        List<Disclosure> sealed = opened(stored.index());
        assertEquals(List.of("person"), sealed.stream().map(Disclosure::name).toList());
        assertEquals("auditor-1", sealed.get(0).value().asText());
    }

    @Test
    void an_attempt_that_is_refused_is_an_entry_too() {
        Receipt receipt = new LookUps(work.gate).refuse(Type.ACCOUNT_PHONE, "reviewer-1");

        assertEquals(
                new Event.PseudonymLookUpBlocked(Type.ACCOUNT_PHONE, Blocked.NOT_PERMITTED),
                receipt.stored().entry().event());
        assertEquals(
                "reviewer-1", opened(receipt.stored().index()).get(0).value().asText());
    }

    @Test
    void agencies_are_not_kept_for_look_ups() {
        submit("account-1");
        byte[] before = work.log.ledger().checkpoint();

        assertThrows(IllegalArgumentException.class, () -> find(new Identifier(Type.AGENCY, WorkingGate.AGENCY.id())));

        assertEquals(
                new String(before, StandardCharsets.UTF_8),
                new String(work.log.ledger().checkpoint(), StandardCharsets.UTF_8));
    }

    @Test
    void the_sealed_claim_has_the_pseudonyms_of_its_quarter_and_the_entry_has_none_of_them() {
        long first = submit("account-1");
        clock.forward(A_QUARTER);
        long second = submit("account-1");

        JsonNode one = pseudonyms(first);
        JsonNode other = pseudonyms(second);

        assertEquals("2026-Q4", one.get("epoch").asText());
        assertEquals("2027-Q1", other.get("epoch").asText());
        PseudonymKey key = work.gate.scribe().vault().pseudonyms(Instant.parse("2026-12-01T00:00:00Z"));
        assertEquals(key.pseudonym(OFFICER), one.get("officer").asText());
        assertEquals(
                key.pseudonym(Identifier.of(WorkingGate.AGENCY)),
                one.get("agency").asText());
        assertEquals(key.pseudonym(ACCOUNT), one.get("accounts").get(0).asText());
        for (String name : List.of("agency", "officer")) {
            assertFalse(one.get(name).equals(other.get(name)), name);
            assertFalse(work.whole().decoded().contains(one.get(name).asText()), name);
        }
    }

    private JsonNode pseudonyms(long index) {
        return opened(index).stream()
                .filter(claim -> claim.name().equals("pseudonyms"))
                .findFirst()
                .orElseThrow()
                .value();
    }

    @Test
    void quarters_and_restarts_do_not_hide_what_was_seen() {
        long first = submit("account-1");
        clock.forward(A_QUARTER);
        long second = submit("account-1");
        work.close();
        work = WorkingGate.open(data(), clock);
        clock.forward(A_QUARTER);

        assertEquals(List.of(second, first), find(ACCOUNT).entries());
        assertEquals(List.of(second, first), find(OFFICER).entries());
    }

    @Test
    void what_was_shredded_is_found_no_more_and_its_tags_are_in_no_file() throws Exception {
        long gone = held();
        long stays = submit("account-1");
        String pseudonym = pseudonyms(gone).get("officer").asText();
        byte[] tag = work.gate
                .scribe()
                .vault()
                .pseudonyms(clock.instant())
                .tag(ACCOUNT)
                .getBytes(StandardCharsets.US_ASCII);
        assertFalse(RawFiles.holding(data(), tag).isEmpty(), "the search finds nothing");
        assertEquals(List.of(stays, gone), find(ACCOUNT).entries());

        shred(gone);

        assertEquals(List.of(stays), find(ACCOUNT).entries());
        assertEquals(List.of(stays), find(OFFICER).entries());
        assertEquals(List.of(), opened(gone));
        assertEquals(List.of(), RawFiles.holding(data(), pseudonym.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void of_the_only_case_of_an_account_no_tag_is_left_in_any_file() throws Exception {
        long gone = held();
        byte[] tag = work.gate
                .scribe()
                .vault()
                .pseudonyms(clock.instant())
                .tag(ACCOUNT)
                .getBytes(StandardCharsets.US_ASCII);
        assertFalse(RawFiles.holding(data(), tag).isEmpty(), "the search finds nothing");

        shred(gone);

        assertEquals(List.of(), find(ACCOUNT).entries());
        assertEquals(List.of(), RawFiles.holding(data(), tag));
    }

    @Test
    void no_more_than_the_newest_are_told_and_that_there_are_more() {
        List<String> tags =
                List.of(work.gate.scribe().vault().pseudonyms(clock.instant()).tag(ACCOUNT));
        long first = submit("account-1");
        long second = submit("account-1");
        long third = submit("account-1");

        assertEquals(List.of(third, second), work.log.ledger().tagged(tags, third + 1, 2));
        assertEquals(List.of(second, first), work.log.ledger().tagged(tags, third, 2));
        assertEquals(List.of(), work.log.ledger().tagged(tags, first, 2));
        assertEquals(List.of(), work.log.ledger().tagged(List.of(), third, 2));
    }
}
