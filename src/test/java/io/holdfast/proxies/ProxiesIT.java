package io.holdfast.proxies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.fixture.CallerIssuer;
import io.holdfast.grant.GrantScope;
import io.holdfast.grant.GrantToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Real proxies with the configurations of {@code deploy/proxies}, the packaged gateway, and a store that counts. Whatever happens
 * to the gateway, nothing leaves but what was allowed; and after each trouble that ends, one call more is let through, so that
 * none of them passes because the road was closed anyway.
 */
class ProxiesIT {

    private static final String PROFILE = "/users/" + Guard.ACCOUNT + "/profile";
    private static final int LONGER_THAN_ANY_PROXY_WAITS_MS = 5_000;

    private static final int LONGER_THAN_A_CHECK_MS = 3_000;

    /** What might stand at the gateway's port, and no yes. */
    private static final List<String> NO_YES = List.of(
            "HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            "HTTP/1.1 200",
            "HTTP/1.1 2000 OK\r\n\r\n",
            "200 OK\r\n\r\n",
            "\r\n\r\n",
            "");

    @TempDir
    Path temporary;

    private Proxy proxy;
    private Guard guard;
    private CountingStore store;
    private Client client;
    private int allowed;
    private final long started = System.nanoTime();

    /** All at the same time, and no other class meanwhile. */
    @ParameterizedTest
    @EnumSource(Proxy.class)
    @Execution(ExecutionMode.CONCURRENT)
    void nothing_leaves_but_what_was_allowed(Proxy which) throws Exception {
        if (which.installed().isEmpty()) {
            String missing = "NOT TESTED: " + which + " is not installed here. See deploy/proxies/README.md.";
            System.out.println("\n!!! " + missing + "\n");
            Assumptions.abort(missing);
        }
        proxy = which;
        int port = Program.freePort();
        client = new Client(port);
        try (CountingStore counting = new CountingStore();
                Guard gateway = new Guard(temporary.resolve("gateway"), which.dialect());
                Line line = new Line(gateway.port());
                Program program = which.start(temporary.resolve("proxy"), port, line.port(), counting.port())) {
            store = counting;
            guard = gateway;
            String id = guard.released("US");
            String held = guard.released("HK");
            program.awaitPort(port);

            allowedOnceAndDeniedOtherwise(id);
            thoseWhoNeedNoGrant();
            theCorpus(id);
            oddOnTheWire(id);
            hanging(id);
            late(id, line);
            answeringOddly(id, line);
            holdInFlight(id, held);
            diskFull(id);
            killedAndFrozen(id, line);
        }
    }

    /** What the store served in all: it must be what was allowed, and it is told. */
    private void served(String scenario) {
        System.out.println("ProxiesIT: " + (System.nanoTime() - started) / 1_000_000 + " ms, "
                + proxy.name().toLowerCase(Locale.ROOT) + ", " + scenario + ": the store served "
                + store.served() + " in all, " + allowed + " were allowed");
        assertEquals(allowed, store.served(), () -> proxy + ", " + scenario + ": " + store.calls());
    }

    private static String header(String grant) {
        return "Holdfast-Grant: " + grant + "\r\n";
    }

    private void letThrough(String grant) {
        Client.Answer answer = client.get(PROFILE, header(grant));
        assertEquals(200, answer.status(), () -> proxy + ": " + answer.text());
        assertTrue(answer.hasData());
        allowed++;
    }

    private void denied(String target, String headers) {
        Client.Answer answer = client.get(target, headers);
        assertFalse(answer.hasData(), () -> proxy + ", " + target + ": " + answer.text());
        assertTrue(answer.status() < 200 || answer.status() >= 300, () -> proxy + ", " + target + ": " + answer.text());
    }

    private void allowedOnceAndDeniedOtherwise(String id) {
        String grant = guard.grant(id);
        denied(PROFILE, "");
        denied(PROFILE, header("none"));
        served("without a grant");

        String trick = "X-Original-Method: GET\r\nX-Original-URI: " + PROFILE + "\r\nX-Forwarded-Method: GET\r\n"
                + "X-Forwarded-Uri: " + PROFILE + "\r\nX-Forwarded-For: 127.0.0.1\r\nX-Original-URL: " + PROFILE
                + "\r\nX-Rewrite-URL: " + PROFILE + "\r\nX-Envoy-Original-Path: " + PROFILE
                + "\r\nForwarded: for=127.0.0.1\r\n";
        denied("/users/account-2/profile", trick + header(grant));
        denied("/admin/export", trick + header(grant));
        denied("/_holdfast", trick + header(grant));
        served("with the client's own copies of our headers");

        letThrough(grant);
        CountingStore.Call call = store.calls().get(0);
        assertEquals(PROFILE, call.target());
        assertFalse(call.has("holdfast-grant"), call.toString());
        assertEquals(0, call.body());
        denied(PROFILE, header(grant));
        served("once with a grant, and again with the same");

        Client.Answer tricked = client.get(
                PROFILE,
                header(guard.grant(id))
                        + "X-HTTP-Method-Override: DELETE\r\nX-Original-URL: /admin/export\r\nX-Rewrite-URL: /admin/export\r\n");
        assertEquals(200, tricked.status());
        allowed++;
        CountingStore.Call second = store.calls().get(1);
        assertTrue(
                Stream.of("x-http-method-override", "x-original-url", "x-rewrite-url", "holdfast-grant")
                        .noneMatch(second::has),
                second.toString());
        served("with headers that could change what the store gives");

        String withBody = guard.grant(id);
        for (String body : List.of(
                "Content-Length: 17\r\n\r\n{\"user\":\"other\"}\n",
                "Transfer-Encoding: chunked\r\n\r\n11\r\n{\"user\":\"other\"}\n\r\n0\r\n\r\n",
                "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /admin/export HTTP/1.1\r\nHost: x\r\n\r\n")) {
            int before = store.served();
            client.send(
                    "GET " + PROFILE + " HTTP/1.1\r\nHost: store\r\nConnection: close\r\n" + header(withBody) + body,
                    LONGER_THAN_A_CHECK_MS);
            // It may be refused, or go on without the body; what goes on is what the grant covers.
            for (CountingStore.Call seen : store.calls().subList(before, store.served())) {
                assertEquals(PROFILE, seen.target());
                assertEquals(0, seen.body(), seen.toString());
                assertFalse(seen.has("transfer-encoding"), seen.toString());
                allowed++;
                withBody = guard.grant(id);
            }
        }
        served("with a body");
    }

    private static String bearer(String token) {
        return "Authorization: Bearer " + Guard.CALLERS.token(token) + "\r\n";
    }

    private void thoseWhoNeedNoGrant() {
        for (String name : Guard.CALLERS.names()) {
            if (!List.of("good", "listed", "staff").contains(name)) {
                denied(PROFILE, bearer(name));
            }
        }
        String certificate = CallerIssuer.header(CallerIssuer.CERTIFICATE);
        for (String headers : List.of(
                "Client-Cert: " + certificate + "\r\n",
                "client-cert: " + certificate + "\r\nClient-Cert: " + certificate + "\r\n",
                "Client_Cert: " + certificate + "\r\n",
                "Client-Cert: " + certificate + "\r\n" + bearer("bound"),
                "X-Forwarded-Client-Cert: Cert=" + certificate + "\r\n",
                bearer("good") + bearer("good"),
                bearer("good") + bearer("expired"),
                "Cookie: access_token=" + Guard.CALLERS.token("good") + "\r\n",
                bearer("good") + header("none"))) {
            denied(PROFILE, headers);
        }
        for (String target : List.of(
                "/users/account-1",
                "/api/export",
                "/api/EXPORT",
                "/api/x/..%2fexport",
                "/api/x/../export",
                "/api//export",
                PROFILE + "/",
                PROFILE + "?access_token=x")) {
            denied(target, bearer("good"));
        }
        served("who only looks like somebody that needs no grant");
        for (String name : List.of("good", "listed", "staff")) {
            Client.Answer answer = client.get(PROFILE, bearer(name));
            assertEquals(200, answer.status(), () -> proxy + ", " + name + ": " + answer.text());
            assertTrue(answer.hasData());
            allowed++;
        }
        CountingStore.Call call = store.calls().get(store.served() - 1);
        assertEquals(PROFILE, call.target());
        assertFalse(call.has("authorization"), call.toString());
        served("those who need no grant");
    }

    private void theCorpus(String id) throws IOException {
        String grant = guard.grant(id);
        GrantScope scope = GrantToken.parse(grant).grant().scope();
        int tried = 0;
        int within = 0;
        for (String line : Files.readAllLines(Path.of("src/test/resources/enforce/bypass.tsv"))) {
            if (line.startsWith("#")) {
                continue;
            }
            String[] parts = line.split("\t", -1);
            String target = parts[1].replace("{FROM}", scope.from().toString())
                    .replace("{TO}", scope.to().toString())
                    .replace("{EARLIER}", scope.from().minusSeconds(1).toString())
                    .replace("{LATER}", scope.to().plusSeconds(1).toString());
            for (String one : List.of("none", grant)) {
                int before = store.served();
                Client.Answer answer = client.send(
                        parts[0] + " " + target + " HTTP/1.1\r\nHost: store\r\nConnection: close\r\n"
                                + String.join("", grantLines(parts[2], one)) + "\r\n",
                        LONGER_THAN_A_CHECK_MS);
                tried++;
                List<CountingStore.Call> seen = store.calls().subList(before, store.served());
                assertEquals(seen.isEmpty(), !answer.hasData(), line);
                if (!seen.isEmpty()) {
                    // A proxy may read a target in absolute form, and send on what is meant: what the grant covers,
                    // once.
                    assertEquals(grant, one, line);
                    assertEquals(
                            List.of("GET " + PROFILE + " HTTP/1.1"),
                            seen.stream().map(CountingStore.Call::line).toList());
                    within++;
                    allowed++;
                    grant = guard.grant(id);
                }
            }
        }
        assertTrue(tried >= 300);
        served(tried + " tries to get past, " + within + " of which were read as what the grant covers, 0 beyond");
    }

    /** What is no plain call of HTTP. A proxy may make one of it; then it is what the grant covers, and once. */
    private void oddOnTheWire(String id) {
        String plain = "GET " + PROFILE + " HTTP/1.1\r\nHost: store\r\n";
        String other = "GET /users/account-2/profile HTTP/1.1\r\nHost: store\r\nConnection: close\r\n";
        List<String> odd = List.of(
                "GET " + PROFILE + " HTTP/1.0\r\nHost: store\r\n{GRANT}\r\n",
                "GET " + PROFILE + " HTTP/1.0\r\n{GRANT}\r\n",
                "GET " + PROFILE + " HTTP/1.1\r\n{GRANT}\r\n",
                "GET " + PROFILE + " HTTP/1.1\r\nHost: a\r\nHost: b\r\n{GRANT}\r\n",
                "GET " + PROFILE + " HTTP/2.0\r\nHost: store\r\n{GRANT}\r\n",
                "GET " + PROFILE + "\r\n{GRANT}\r\n",
                "GET " + PROFILE + " x HTTP/1.1\r\nHost: store\r\n{GRANT}\r\n",
                "GET  " + PROFILE + " HTTP/1.1\r\nHost: store\r\n{GRANT}\r\n",
                "GET\t" + PROFILE + " HTTP/1.1\r\nHost: store\r\n{GRANT}\r\n",
                "GET " + PROFILE + " HTTP/1.1\nHost: store\n{GRANT}\n",
                plain + "X: \u0000\r\n{GRANT}\r\n",
                plain + "X: a\r\n b\r\n{GRANT}\r\n",
                plain + "X : a\r\n{GRANT}\r\n",
                plain + "Connection: Holdfast-Grant\r\n{GRANT}\r\n",
                plain + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n{GRANT}\r\n",
                plain
                        + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n{GRANT}\r\n",
                plain + "Expect: 100-continue\r\n{GRANT}\r\n",
                plain + "Range: bytes=0-1\r\n{GRANT}\r\n",
                // A second call on the same connection, with the same grant, and with none.
                plain + "{GRANT}\r\n" + other + "{GRANT}\r\n",
                plain + "{GRANT}\r\n" + plain + "\r\n" + other + "\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001");
        String grant = guard.grant(id);
        for (String bytes : odd) {
            int before = store.served();
            client.send(bytes.replace("{GRANT}", header(grant)), LONGER_THAN_A_CHECK_MS);
            List<CountingStore.Call> seen = store.calls().subList(before, store.served());
            assertTrue(seen.size() <= 1, seen::toString);
            for (CountingStore.Call call : seen) {
                assertEquals(
                        "GET " + PROFILE, call.line().substring(0, call.line().lastIndexOf(' ')));
                assertFalse(call.has("upgrade") || call.has("holdfast-grant"), call.toString());
                allowed++;
                grant = guard.grant(id);
            }
        }
        served(odd.size() + " odd calls");
    }

    private static List<String> grantLines(String twist, String grant) {
        String line = header(grant);
        return switch (twist) {
            case "{NOGRANT}" -> List.of();
            case "{TWOGRANTS}" -> List.of(line, line);
            case "{OTHERGRANT}" -> List.of(line, "holdfast-grant: another\r\n");
            case "{LISTEDGRANTS}" -> List.of("Holdfast-Grant: " + grant + ", " + grant + "\r\n");
            case "{EMPTYGRANT}" -> List.of("Holdfast-Grant: \r\n");
            case "{GRANTJUNK}" -> List.of(header(grant + "A"));
            case "{GRANTCASE}" -> List.of(header(grant.toUpperCase(Locale.ROOT)));
            case "{LONGGRANT}" -> List.of(header("A".repeat(60_000)));
            case "{BEARER}" -> List.of("Authorization: Bearer " + grant + "\r\n");
            case "{COOKIE}" -> List.of("Cookie: Holdfast-Grant=" + grant + "\r\n");
            case "{QUERYGRANT}" -> List.of("X-Grant: " + grant + "\r\n");
            // What is done to headers of the check itself is not for clients of a proxy: without a grant, then.
            case "" -> List.of(line);
            default -> List.of();
        };
    }

    private void hanging(String id) throws IOException {
        String grant = guard.grant(id);
        String next = guard.grant(id);
        guard.program().freeze();
        // While it cannot write: what will be older than what it has signed.
        copy(guard.data(), older());
        long start = System.nanoTime();
        denied(PROFILE, header(grant));
        Duration waited = Duration.ofNanos(System.nanoTime() - start);
        served("gateway hanging, answered after " + waited.toMillis() + " ms");
        assertTrue(waited.compareTo(Duration.ofSeconds(8)) < 0, waited::toString);
        guard.program().thaw();
        letThrough(next);
        served("gateway there again");
    }

    private void late(String id, Line line) {
        String grant = guard.grant(id);
        line.carryLate(LONGER_THAN_ANY_PROXY_WAITS_MS);
        denied(PROFILE, header(grant));
        served("gateway slow: its yes came too late");
        line.carry();
        letThrough(guard.grant(id));
        served("gateway quick again");
    }

    private void answeringOddly(String id, Line line) {
        String grant = guard.grant(id);
        for (String answer : NO_YES) {
            line.answer(answer);
            denied(PROFILE, header(grant));
        }
        served(NO_YES.size() + " answers that are no yes");
        line.carry();
        letThrough(grant);
        served("gateway answering again");
    }

    private void holdInFlight(String id, String held) {
        String grant = guard.grant(held);
        String other = guard.grant(id);
        guard.holdUsersIn("HK");
        denied(PROFILE, header(grant));
        served("hold in flight");
        letThrough(other);
        served("what the hold does not apply to");
    }

    private void diskFull(String id) {
        List<String> grants = List.of(guard.grant(id), guard.grant(id));
        guard.program().fillTheDisk();
        denied(PROFILE, header(grants.get(0)));
        denied(PROFILE, header(grants.get(1)));
        served("disk full");
        guard.program().makeRoomOnTheDisk();
        letThrough(guard.grantWithin(id, Duration.ofSeconds(20)));
        served("room on the disk again");
    }

    private void killedAndFrozen(String id, Line line) throws IOException {
        List<String> grants = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            grants.add(guard.grant(id));
        }
        guard.program().kill();
        denied(PROFILE, header(grants.get(0)));
        served("gateway killed");

        copy(older(), guard.data());
        guard.start();
        assertTrue(Files.exists(guard.data().resolve("frozen")), "the gateway did not notice that its log went back");
        denied(PROFILE, header(grants.get(1)));
        served("log frozen");

        line.close();
        denied(PROFILE, header(grants.get(2)));
        served("nobody at the gateway's port");
    }

    private Path older() {
        return temporary.resolve("older");
    }

    /** The database alone, with what belongs to it. */
    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String name : List.of("holdfast.db", "holdfast.db-wal", "holdfast.db-shm")) {
            if (Files.exists(from.resolve(name))) {
                Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.deleteIfExists(to.resolve(name));
            }
        }
    }
}
