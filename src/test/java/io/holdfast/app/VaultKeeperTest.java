package io.holdfast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.fixture.SettableClock;
import io.holdfast.fixture.TemporaryLog;
import io.holdfast.store.KeptKeys;
import io.holdfast.vault.MasterKeys;
import io.holdfast.vault.PseudonymKey;
import io.holdfast.vault.Vault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultKeeperTest {

    private static final Instant LAST_DAY = Instant.parse("2026-12-31T12:00:00Z");

    @TempDir
    Path temporary;

    @Test
    void the_key_of_the_next_quarter_is_there_before_the_quarter_is() throws InterruptedException {
        try (TemporaryLog log = TemporaryLog.open(temporary.resolve("data"))) {
            assertTrue(log.ledger().standing().isBeforeGenesis());
            KeptKeys kept = new KeptKeys(TemporaryLog.database(temporary.resolve("data")));
            MasterKeys keys = MasterKeys.of(new byte[MasterKeys.SECRET_BYTES]);
            Vault vault = Vault.open(keys, kept, LAST_DAY, Optional.empty());
            vault.pseudonyms(LAST_DAY);
            try (VaultKeeper keeper = new VaultKeeper(keys, vault, kept, new SettableClock(LAST_DAY))) {
                keeper.start();

                assertEquals(List.of("2026-Q4", "2027-Q1"), epochs(vault, 2));
            }
        }
    }

    /** As soon as there are so many of them. */
    private static List<String> epochs(Vault vault, int wanted) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        List<String> epochs = List.of();
        while (epochs.size() < wanted && System.nanoTime() < end) {
            Thread.sleep(10);
            epochs = vault.allPseudonyms().stream().map(PseudonymKey::epoch).toList();
        }
        return epochs;
    }
}
