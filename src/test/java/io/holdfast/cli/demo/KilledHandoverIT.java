package io.holdfast.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.audit.Event;
import io.holdfast.audit.LogFolder;
import io.holdfast.audit.LogReader;
import io.holdfast.audit.PackageEvent;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Replay;
import io.holdfast.audit.Stored;
import io.holdfast.cli.ServeOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged program, killed while it collects and while it hands a package over: after each restart the log says what left, or
 * that it cannot be known, and never that nothing did when something did.
 */
class KilledHandoverIT {

    private static final int ROUNDS = Integer.getInteger("holdfast.kill-rounds", 5);
    private static final long SEED = Long.getLong("holdfast.seed", 20_200_701);
    private static final int PAGES = 12;
    private static final int PAGE_BYTES = 400_000;

    private final Random random = new Random(SEED);
    private final AtomicInteger asked = new AtomicInteger();

    @TempDir
    private Path work;

    /** Answers page after page, of one account, with what does not compress. */
    private HttpServer store() throws IOException {
        HttpServer store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/v1/accounts/lookup", this::answer);
        store.start();
        return store;
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int page = question.contains("\"page\":\"")
                ? Integer.parseInt(question.replaceFirst("(?s).*\"page\":\"(\\d+)\".*", "$1"))
                : 1;
        StringBuilder text = new StringBuilder();
        Random own = new Random(page);
        while (text.length() < PAGE_BYTES) {
            text.append(Long.toString(own.nextLong() & Long.MAX_VALUE, 36));
        }
        String next = page < PAGES ? ",\"next\":\"" + (page + 1) + "\"" : "";
        byte[] json = ("{\"country\":\"HK\",\"data\":{\"CONTENT\":[\"" + text + "\"]}" + next + "}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, json.length);
        try (var out = exchange.getResponseBody()) {
            out.write(json);
        }
    }

    /** What a receiver got before the gateway was gone. */
    private record Got(long bytes, boolean isWhole) {}

    @Test
    void the_log_never_says_that_less_left_than_did() throws Exception {
        Path policies = Path.of("policies").toAbsolutePath();
        Path registry = work.resolve("authorities");
        SampleAuthorities authorities = new SampleAuthorities(policies.resolve("authorities"), registry, Instant.now());
        HttpServer store = store();
        String url = "http://127.0.0.1:" + store.getAddress().getPort();
        Path folder = work.resolve("gateways/killed");
        List<String> requests = new ArrayList<>();
        List<Got> downloads = new ArrayList<>();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                String id;
                try (GatewayProcess gateway =
                        GatewayProcess.start(folder, policies, registry, ServeOptions.START_HOLDS, url)) {
                    id = released(gateway, authorities);
                    requests.add(id);
                    killWhileCollecting(gateway, id);
                }
                try (GatewayProcess gateway =
                        GatewayProcess.start(folder, policies, registry, ServeOptions.START_HOLDS, url)) {
                    untilPacked(gateway, id);
                    downloads.add(killWhileHandingOver(gateway, id));
                }
            }
            try (GatewayProcess gateway =
                    GatewayProcess.start(folder, policies, registry, ServeOptions.START_HOLDS, url)) {
                check(gateway, requests, downloads);
                Person.Answer whole = agent(gateway).post("/v1/requests/" + requests.get(0) + "/downloads", "");
                assertEquals(200, whole.status());
                assertEquals(
                        PAGES,
                        authorities
                                .recipient()
                                .open(whole.bytes())
                                .manifest()
                                .data()
                                .size());
            }
        } finally {
            store.stop(0);
        }
    }

    private static Person agent(GatewayProcess gateway) {
        return new Person(
                gateway.url(), gateway.token("agent-1", "le-agent", Optional.of(SampleRequest.US_WARRANT.sender())));
    }

    private String released(GatewayProcess gateway, SampleAuthorities authorities) {
        Person.Answer decided =
                agent(gateway).post("/v1/requests", SampleRequest.US_WARRANT.body(authorities, Instant.now()));
        assertEquals(201, decided.status(), () -> decided.json().toString());
        String id = decided.json().path("request").asText();
        for (String name : List.of("reviewer-1", "reviewer-2")) {
            Person reviewer = new Person(gateway.url(), gateway.token(name, "reviewer", Optional.empty()));
            List<String> checks = new ArrayList<>();
            reviewer.get("/v1/requests/" + id)
                    .json()
                    .path("to-confirm")
                    .forEach(duty -> checks.add("\"" + duty.path("duty").asText() + "\":\"CONFIRMED\""));
            Person.Answer approved = reviewer.post(
                    "/v1/requests/" + id + "/approvals",
                    "{\"version\":\"" + decided.json().at("/record/version").asText() + "\",\"checks\":{"
                            + String.join(",", checks) + "}}");
            assertEquals(201, approved.status(), () -> approved.json().toString());
        }
        new Person(gateway.url(), gateway.token("operator-1", "legal-operator", Optional.empty()))
                .post(
                        "/v1/requests/" + id + "/notice",
                        "{\"means\":\"EMAIL\",\"told\":\""
                                + Instant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS) + "\"}");
        return id;
    }

    private void killWhileCollecting(GatewayProcess gateway, String id) throws Exception {
        int enough = asked.get() + random.nextInt(PAGES);
        Person agent = agent(gateway);
        Thread caller = new Thread(() -> {
            try {
                agent.post("/v1/requests/" + id + "/delivery", "");
            } catch (RuntimeException e) {
                // It died, as it should.
            }
        });
        caller.start();
        long start = System.nanoTime();
        while (asked.get() <= enough && System.nanoTime() - start < 30_000_000_000L) {
            Thread.onSpinWait();
        }
        gateway.kill();
        caller.join();
    }

    private void untilPacked(GatewayProcess gateway, String id) throws Exception {
        long start = System.nanoTime();
        Person.Answer answer = agent(gateway).post("/v1/requests/" + id + "/delivery", "");
        while (answer.status() == 202 && System.nanoTime() - start < 60_000_000_000L) {
            Thread.sleep(50);
            answer = agent(gateway).post("/v1/requests/" + id + "/delivery", "");
        }
        Person.Answer last = answer;
        assertEquals(200, last.status(), () -> last.json().toString());
    }

    /** After so many bytes that came, or before any. */
    private Got killWhileHandingOver(GatewayProcess gateway, String id) throws Exception {
        long enough = random.nextInt(3) == 0 ? 0 : random.nextInt(PAGES * PAGE_BYTES);
        Person agent = agent(gateway);
        HttpRequest request = HttpRequest.newBuilder(URI.create(agent.url() + "/v1/requests/" + id + "/downloads"))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + agent.token())
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<InputStream> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertEquals(200, response.statusCode());
        long got = 0;
        boolean isKilled = false;
        byte[] buffer = new byte[16_384];
        try (InputStream body = response.body()) {
            while (true) {
                if (!isKilled && got >= enough) {
                    gateway.kill();
                    isKilled = true;
                }
                int read = body.read(buffer);
                if (read < 0) {
                    break;
                }
                got += read;
            }
            return new Got(got, true);
        } catch (IOException e) {
            return new Got(got, false);
        } finally {
            gateway.kill();
        }
    }

    private void check(GatewayProcess gateway, List<String> requests, List<Got> downloads) {
        Path export = work.resolve("export");
        Offline.export(new Person(gateway.url(), gateway.token("auditor-1", "auditor", Optional.empty())), export);
        LogFolder log = LogFolder.of(export);
        assertTrue(Replay.run(log, Progress.NONE).agrees());
        List<Stored> entries = LogReader.of(log).entries().toList();
        int unknown = 0;
        for (int i = 0; i < requests.size(); i++) {
            String id = requests.get(i);
            Got got = downloads.get(i);
            List<Stored> own = entries.stream()
                    .filter(stored -> stored.entry().envelope().subject().equals(id))
                    .toList();
            assertEquals(
                    1,
                    own.stream()
                            .filter(stored -> stored.entry().event() instanceof PackageEvent.Made)
                            .count(),
                    "one package, whatever was killed");
            Stored delivered = own.stream()
                    .filter(stored -> stored.entry().event() instanceof Event.Delivered)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(got.bytes() + " bytes left without an entry"));
            Optional<Event.Passed> passed = own.stream()
                    .filter(stored -> stored.entry().envelope().previous().equals(OptionalLong.of(delivered.index())))
                    .map(stored -> stored.entry().event())
                    .filter(Event.Passed.class::isInstance)
                    .map(Event.Passed.class::cast)
                    .findFirst();
            unknown += passed.isEmpty() ? 1 : 0;
            passed.ifPresent(said -> {
                assertTrue(got.bytes() == 0 || said.items() > 0, "the log says that nothing left");
                assertTrue(
                        said.ended() == Event.PassageEnd.COMPLETE || !got.isWhole(),
                        "the log says that it was cut off, and all of it came");
            });
            assertTrue(!got.isWhole() || passed.isPresent(), "all of it came, and the log does not know");
        }
        System.out.println("kill -9 while handing over: " + requests.size() + " rounds, "
                + downloads.stream().filter(Got::isWhole).count() + " whole, " + unknown
                + " of which the log says that it cannot be known, seed " + SEED);
    }
}
