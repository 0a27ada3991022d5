package io.holdfast.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.holdfast.audit.Disclosure;
import io.holdfast.audit.Event;
import io.holdfast.fixture.KeyService;
import io.holdfast.fixture.MemoryShelf;
import io.holdfast.legal.Identifier;
import io.holdfast.tlog.Hash;
import io.holdfast.vault.Vault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole gate with its master key in a service that it reaches over HTTP, and what happens when that is down. */
class KeyServiceTest {

    @TempDir
    Path temporary;

    private KeyService service;
    private WorkingGate work;

    @BeforeEach
    void open() throws IOException {
        service = KeyService.start("kms.example:holdfast/1");
        Vault vault = Vault.open(service.client(), new MemoryShelf(), Instant.EPOCH, Optional.empty());
        work = WorkingGate.open(temporary.resolve("data"), vault);
    }

    @AfterEach
    void close() {
        work.whole();
        work.close();
        service.close();
    }

    private Optional<Disclosure> officer(String id) {
        long index = work.gate.find(id).orElseThrow().first().index();
        return new SealedClaims(work.gate)
                .open(index, "officer", "auditor-1", "auditor-1")
                .map(opening -> (SealedClaims.Result.Opened)
                        opening.toCompletableFuture().join())
                .map(SealedClaims.Result.Opened::disclosure);
    }

    @Test
    void a_request_goes_its_whole_road_and_opens_again() {
        String id = work.delivered();

        assertEquals("Officer 1", officer(id).orElseThrow().value().get("name").asText());
    }

    @Test
    void while_it_is_down_no_request_is_taken_and_nothing_is_written() {
        service.close();

        VaultUnavailableException refused = assertThrows(
                VaultUnavailableException.class, () -> work.submit(work.warrant(Set.of(WorkingGate.HK), "account-1")));

        assertEquals("the key service kms.example:holdfast/1 does not answer", refused.getMessage());
        assertEquals(1, work.whole().entries().size());
    }

    @Test
    void while_it_is_down_nobody_approves_opens_looks_up_or_lifts_and_nothing_is_written() {
        String id = work.referred();
        Hash version = work.gate.find(id).orElseThrow().version();
        int before = work.whole().entries().size();
        service.close();

        assertThrows(VaultUnavailableException.class, () -> work.approve(id, version, "reviewer-1"));
        assertThrows(VaultUnavailableException.class, () -> officer(id));
        assertThrows(
                VaultUnavailableException.class,
                () -> new LookUps(work.gate)
                        .find(new Identifier(Identifier.Type.OFFICER, "officer-1@agency.example"), "auditor-1"));
        assertThrows(
                VaultUnavailableException.class,
                () -> new HoldDesk(work.gate)
                        .changes()
                        .proposeLift(
                                "hk-nsl-2020",
                                Optional.empty(),
                                new Actor("legal-1", Set.of(Role.LEGAL_OPERATOR)),
                                "A reason that is sealed."));

        assertEquals(before, work.whole().entries().size());
    }

    @Test
    void when_it_goes_down_before_a_delivery_the_store_is_not_read_and_the_delivery_waits() {
        String id = work.released();
        service.close();

        Delivery.Result result = work.deliver(id);

        Delivery.Result.Collecting waits = assertInstanceOf(Delivery.Result.Collecting.class, result);
        assertEquals(Optional.of(Event.Blocked.VAULT_UNAVAILABLE), waits.waitsFor());
        assertEquals(
                List.of(),
                work.whole().on(id).stream()
                        .map(entry -> entry.event())
                        .filter(Event.Accessed.class::isInstance)
                        .toList());
    }
}
