package io.holdfast.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Event;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Replay;
import io.holdfast.enforce.Check;
import io.holdfast.enforce.CheckServer;
import io.holdfast.enforce.Dialect;
import io.holdfast.enforce.OrdinaryCalls;
import io.holdfast.fixture.CallerIssuer;
import io.holdfast.grant.GrantScope;
import io.holdfast.policy.Route;
import io.holdfast.policy.RouteFile;
import io.holdfast.policy.Traffic;
import io.holdfast.policy.TrafficFile;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls that somebody could try, as bytes on a socket, in front of a real gate with a grant that is good. */
class BypassTest {

    private static final Path CORPUS = Path.of("src/test/resources/enforce/bypass.tsv");
    private static final Path ROUTES = Path.of("src/test/resources/enforce/routes.yaml");

    @TempDir
    Path temporary;

    private WorkingGate work;
    private Grants grants;
    private Vertx vertx;
    private CheckServer server;
    private OrdinaryCalls ordinary = OrdinaryCalls.NONE;
    private String id;

    @BeforeEach
    void open() {
        work = WorkingGate.open(temporary.resolve("data"), Clock.systemUTC());
        grants = new Grants(
                work.gate,
                "store",
                work.log.grantKeys(),
                Witnesses.NONE,
                () -> Optional.of(work.log.ledger().checkpoint()));
        vertx = Vertx.vertx();
        id = work.released();
    }

    @AfterEach
    void the_log_replays() {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        work.whole();
        assertEquals(List.of(), Replay.run(work.source(), Progress.NONE).disagreements());
        work.close();
    }

    private void listen(Dialect dialect, Set<String> peers) throws Exception {
        List<Route> routes = RouteFile.read(ROUTES);
        server = CheckServer.listen(
                vertx,
                SocketAddress.inetSocketAddress(0, "127.0.0.1"),
                new Check(Optional.of(grants), routes, ordinary, Duration.ofSeconds(10)),
                dialect,
                peers);
    }

    private Grants.Issue.Issued grant() {
        Grants.Wish wish = new Grants.Wish("store", Set.of(), Set.of(), Duration.ofMinutes(5), Optional.empty());
        return (Grants.Issue.Issued) grants.issue(id, wish).orElseThrow();
    }

    /** What stands on the wire for one call. */
    static String bytes(Dialect dialect, String method, String target, String twist, String grant) {
        String first = dialect == Dialect.DIRECT ? method + " " + target + " HTTP/1.1" : "GET /check HTTP/1.1";
        List<String> lines = new ArrayList<>(List.of(first, "Host: gateway"));
        String methodHeader = dialect == Dialect.ORIGINAL ? "X-Original-Method: " : "X-Forwarded-Method: ";
        String targetHeader = dialect == Dialect.ORIGINAL ? "X-Original-URI: " : "X-Forwarded-Uri: ";
        if (dialect != Dialect.DIRECT) {
            if (!twist.equals("{NOMETHOD}")) {
                lines.add(methodHeader + method);
            }
            if (!twist.equals("{NOTARGET}")) {
                lines.add(targetHeader
                        + (twist.equals("{EMPTYTARGET}") ? "" : target)
                        + (twist.equals("{COMMATARGET}") ? ", " + target : ""));
            }
            if (twist.equals("{DUPMETHOD}")) {
                lines.add(methodHeader + "POST");
            }
            if (twist.equals("{DUPTARGET}")) {
                lines.add(targetHeader + "/users/account-2/profile");
            }
        }
        lines.addAll(grantLines(twist, grant));
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    static List<String> grantLines(String twist, String grant) {
        String line = "Holdfast-Grant: " + grant;
        return switch (twist) {
            case "{NOGRANT}" -> List.of();
            case "{TWOGRANTS}" -> List.of(line, line);
            case "{OTHERGRANT}" -> List.of(line, "holdfast-grant: another");
            case "{LISTEDGRANTS}" -> List.of(line + ", " + grant);
            case "{EMPTYGRANT}" -> List.of("Holdfast-Grant: ");
            case "{GRANTJUNK}" -> List.of(line + "A");
            case "{GRANTCASE}" -> List.of("Holdfast-Grant: " + grant.toUpperCase(Locale.ROOT));
            case "{LONGGRANT}" -> List.of("Holdfast-Grant: " + "A".repeat(60_000));
            case "{BEARER}" -> List.of("Authorization: Bearer " + grant);
            case "{COOKIE}" -> List.of("Cookie: Holdfast-Grant=" + grant);
            case "{QUERYGRANT}" -> List.of("X-Grant: " + grant);
            case "{TWOCERTS}" -> List.of(line, "Client-Cert: :AAAA:", "Client-Cert: :AAAA:");
            case "{BADCERT}" -> List.of(line, "Client-Cert: AAAA");
            default -> List.of(line);
        };
    }

    /** The status of the answer; nothing if the connection was closed without one. */
    private Optional<Integer> send(String bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            StringBuilder line = new StringBuilder();
            for (int c = socket.getInputStream().read();
                    c >= 0 && c != '\n';
                    c = socket.getInputStream().read()) {
                line.append((char) c);
            }
            String[] parts = line.toString().split(" ");
            return parts.length < 2 ? Optional.empty() : Optional.of(Integer.parseInt(parts[1]));
        }
    }

    static List<String[]> corpus(GrantScope scope) throws IOException {
        List<String[]> calls = new ArrayList<>();
        for (String line : Files.readAllLines(CORPUS)) {
            if (!line.startsWith("#")) {
                String[] parts = line.split("\t", -1);
                parts[1] = parts[1].replace("{FROM}", scope.from().toString())
                        .replace("{TO}", scope.to().toString())
                        .replace("{EARLIER}", scope.from().minusSeconds(1).toString())
                        .replace("{LATER}", scope.to().plusSeconds(1).toString());
                calls.add(parts);
            }
        }
        return calls;
    }

    static boolean appliesTo(Dialect dialect, String twist) {
        boolean isAboutHeadersOfTheCall = Set.of(
                        "{DUPMETHOD}", "{DUPTARGET}", "{NOTARGET}", "{NOMETHOD}", "{EMPTYTARGET}", "{COMMATARGET}")
                .contains(twist);
        return dialect != Dialect.DIRECT || !isAboutHeadersOfTheCall;
    }

    /** The paths of the corpus are those of ordinary rules, and nobody in it is who they say. */
    static OrdinaryCalls rulesForOthers() throws Exception {
        Traffic traffic = TrafficFile.read(Path.of("src/test/resources/enforce/traffic.yaml"));
        return new OrdinaryCalls(traffic, new CallerIssuer().verifier()::claims, true);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void nothing_more_is_let_through_where_others_need_no_grant(Dialect dialect) throws Exception {
        ordinary = rulesForOthers();

        nothing_is_let_through_without_a_grant_nor_beyond_one(dialect);

        assertEquals(0, ordinary.ids().stream().mapToLong(ordinary::count).sum());
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void nothing_is_let_through_without_a_grant_nor_beyond_one(Dialect dialect) throws Exception {
        listen(dialect, Set.of("127.0.0.1"));
        Grants.Issue.Issued good = grant();
        List<String[]> calls = corpus(good.grant().scope());
        int tried = 0;
        for (String[] call : calls) {
            if (appliesTo(dialect, call[2])) {
                for (String grant : List.of(good.token(), "none", "")) {
                    String twist = grant.isEmpty() ? "{NOGRANT}" : call[2];
                    Optional<Integer> status = send(bytes(dialect, call[0], call[1], twist, grant));
                    tried++;
                    // 400 and 501 are the parser's own; no proxy takes them for a yes.
                    assertTrue(
                            status.isEmpty() || Set.of(403, 400, 414, 431, 501).contains(status.get()),
                            () -> String.join(" ", call) + " gave " + status);
                }
            }
        }
        System.out.println(
                "BypassTest: " + dialect + ", " + calls.size() + " calls, " + tried + " tries, 0 let through");
        assertTrue(calls.size() >= 150);
        assertEquals(0, accesses());

        String from = good.grant().scope().from().toString();
        String to = good.grant().scope().to().toString();
        assertEquals(
                Optional.of(200), send(bytes(dialect, "GET", "/users/account-1/profile?page=2", "", good.token())));
        assertEquals(Optional.of(403), send(bytes(dialect, "GET", "/users/account-1/profile", "", good.token())));
        assertEquals(
                Optional.of(200),
                send(bytes(
                        dialect,
                        "GET",
                        "/messages?user=account-1&since=" + from + "&until=" + to,
                        "",
                        grant().token())));
        assertEquals(2, accesses());
    }

    private long accesses() {
        return work.whole().on(id).stream()
                .filter(entry -> entry.event() instanceof Event.Accessed)
                .count();
    }

    @Test
    void what_is_no_plain_call_of_http_is_not_let_through() throws Exception {
        listen(Dialect.DIRECT, Set.of("127.0.0.1"));
        String grant = "Holdfast-Grant: " + grant().token() + "\r\n";
        String path = "/users/account-1/profile";
        for (String bytes : List.of(
                "GET " + path + " HTTP/1.0\r\nHost: g\r\n" + grant + "\r\n",
                "GET " + path + " HTTP/1.0\r\n" + grant + "\r\n",
                "GET " + path + " HTTP/1.1\r\n" + grant + "\r\n",
                "GET " + path + " HTTP/1.1\r\nHost: g\r\nHost: h\r\n" + grant + "\r\n",
                "GET " + path + " HTTP/2.0\r\nHost: g\r\n" + grant + "\r\n",
                "GET " + path + "\r\n" + grant + "\r\n",
                "GET " + path + " x HTTP/1.1\r\nHost: g\r\n" + grant + "\r\n",
                "GET " + path + " HTTP/1.1\r\nHost: g\r\nHoldfast-Grant : " + grant.substring(16) + "\r\n",
                "GET http://store" + path + " HTTP/1.1\r\nHost: g\r\n" + grant + "\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: g\r\n" + grant + "\r\n",
                "CONNECT store:80 HTTP/1.1\r\nHost: g\r\n" + grant + "\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET " + path + " HTTP/1.1\r\nHost: g\r\nX: \u0000\r\n" + grant + "\r\n",
                "GET /" + "a".repeat(10_000) + " HTTP/1.1\r\nHost: g\r\n" + grant + "\r\n")) {
            Optional<Integer> status = sendAndClose(bytes);
            assertTrue(
                    status.isEmpty() || status.get() >= 400 && status.get() < 500 || status.get() == 501,
                    () -> bytes.substring(0, Math.min(60, bytes.length())) + " gave " + status);
            assertEquals(0, accesses(), () -> bytes.replaceAll("[A-Za-z0-9_-]{80,}", "...") + " was let through");
        }
    }

    private Optional<Integer> sendAndClose(String bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            String[] parts = answer.startsWith("HTTP/1") ? answer.split(" ") : new String[0];
            return parts.length < 2 ? Optional.empty() : Optional.of(Integer.parseInt(parts[1].substring(0, 3)));
        } catch (java.net.SocketException e) {
            return Optional.empty(); // closed on us
        }
    }

    @Test
    void another_peer_is_not_answered_with_yes() throws Exception {
        listen(Dialect.DIRECT, Set.of("10.0.0.1"));

        assertEquals(
                Optional.of(403), send(bytes(Dialect.DIRECT, "GET", "/users/account-1/profile", "", grant().token())));
        assertEquals(0, accesses());
    }

    /** Nothing can be written to the log in this folder until it is closed. */
    static Connection hangingLog(Path data) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("holdfast.db"));
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
        }
        return connection;
    }

    private void listen(Optional<Grants> with, Duration patience) throws Exception {
        server = CheckServer.listen(
                vertx,
                SocketAddress.inetSocketAddress(0, "127.0.0.1"),
                new Check(with, RouteFile.read(ROUTES), patience),
                Dialect.DIRECT,
                Set.of("127.0.0.1"));
    }

    @Test
    void a_gateway_out_of_service_and_a_log_that_hangs_let_nothing_through() throws Exception {
        String plain = bytes(Dialect.DIRECT, "GET", "/users/account-1/profile", "", grant().token());
        listen(Optional.empty(), Duration.ofSeconds(10));
        assertEquals(Optional.of(403), send(plain));
        server.close();
        listen(Optional.of(grants), Duration.ofMillis(500));
        Connection hanging = hangingLog(temporary.resolve("data"));
        try {
            assertEquals(Optional.of(403), send(plain));
        } finally {
            hanging.close();
        }
        server.close();
        work.log.ledger().close();
        listen(Optional.of(grants), Duration.ofSeconds(10));
        assertEquals(Optional.of(403), send(bytes(Dialect.DIRECT, "GET", "/users/account-1/profile", "", "a.b.c")));
    }
}
