package io.holdfast.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Anchors;
import io.holdfast.audit.LogFolder;
import io.holdfast.audit.LogReader;
import io.holdfast.audit.LogVerifier;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Replay;
import io.holdfast.audit.Scrutiny;
import io.holdfast.audit.Stored;
import io.holdfast.audit.Verification;
import io.holdfast.cli.ServeOptions;
import io.holdfast.note.NoteSigner;
import io.holdfast.note.VerifierKey;
import io.holdfast.store.KeyFolder;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, killed under load again and again on one log. */
class KilledGatewayIT {

    private static final int ROUNDS = Integer.getInteger("holdfast.kill-rounds", 5);
    private static final int CALLERS = 8;
    private static final long SEED = Long.getLong("holdfast.seed", 20_200_701);

    /** What was acknowledged: index to the compact JWS that came back. */
    private final Map<Long, String> acknowledged = new ConcurrentHashMap<>();

    private final Random random = new Random(SEED);

    @TempDir
    private Path work;

    @Test
    void nothing_acknowledged_is_missing_after_kill_9_under_load() throws Exception {
        Path policies = Path.of("policies").toAbsolutePath();
        Path registry = work.resolve("authorities");
        SampleAuthorities authorities = new SampleAuthorities(policies.resolve("authorities"), registry, Instant.now());
        try (SampleStore store = new SampleStore()) {
            Stage stage = new Stage(work, policies, authorities, registry, store);
            for (int round = 0; round < ROUNDS; round++) {
                loadAndKill(stage);
            }
            try (GatewayProcess gateway = stage.gateway("killed", ServeOptions.START_HOLDS)) {
                check(gateway);
            }
        }
    }

    private void loadAndKill(Stage stage) throws Exception {
        GatewayProcess gateway = stage.gateway("killed", ServeOptions.START_HOLDS);
        int before = acknowledged.size();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        List<Future<?>> calls = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            calls.add(callers.submit(() -> sendUntilItDies(stage, gateway)));
        }
        int enough = before + 20 + random.nextInt(300);
        long start = System.nanoTime();
        while (acknowledged.size() < enough && System.nanoTime() - start < 30_000_000_000L) {
            Thread.onSpinWait();
        }
        gateway.kill();
        for (Future<?> call : calls) {
            call.get();
        }
        callers.shutdown();
        assertTrue(acknowledged.size() >= enough, "too few were acknowledged before the kill; seed " + SEED);
    }

    private void sendUntilItDies(Stage stage, GatewayProcess gateway) {
        SampleRequest request = SampleRequest.IDENTIFICATION;
        Person agent = new Person(gateway.url(), gateway.token("agent-1", "le-agent", Optional.of(request.sender())));
        try {
            while (true) {
                Person.Answer answer = agent.post("/v1/requests", request.body(stage.authorities(), Instant.now()));
                if (answer.status() == 201) {
                    String other = acknowledged.putIfAbsent(
                            answer.index(), answer.json().at("/record/leaf").asText());
                    assertEquals(null, other, "index " + answer.index() + " was given twice");
                }
            }
        } catch (UncheckedIOException e) {
            // It died, as it should.
        }
    }

    private void check(GatewayProcess gateway) {
        Path export = work.resolve("export");
        Offline.export(new Person(gateway.url(), gateway.token("auditor-1", "auditor", Optional.empty())), export);
        VerifierKey key = new NoteSigner(
                        ServeOptions.ORIGIN, new KeyFolder(gateway.data().resolve("keys")).logKey())
                .verifierKey();
        LogFolder log = LogFolder.of(export);
        Verification verification = LogVerifier.verify(
                log,
                Anchors.ofKeys(List.of(key), Optional.empty()),
                Scrutiny.full(Clock.systemUTC().instant()),
                Progress.NONE);
        Map<Long, String> leaves = new ConcurrentHashMap<>();
        LogReader.of(log).entries().forEach(stored -> leaves.put(stored.index(), text(stored)));

        long lost = acknowledged.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(leaves.get(entry.getKey())))
                .count();
        System.out.println("kill -9: " + ROUNDS + " rounds, " + acknowledged.size() + " acknowledged, " + lost
                + " lost, " + verification.size() + " entries, "
                + verification.findings().size() + " findings");
        assertEquals(0, lost);
        assertEquals(List.of(), verification.findings());
        assertTrue(Replay.run(log, Progress.NONE).agrees());
        assertFalse(acknowledged.isEmpty());
    }

    private static String text(Stored stored) {
        return stored.entry().leaf().text();
    }
}
