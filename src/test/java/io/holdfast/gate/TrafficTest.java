package io.holdfast.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.holdfast.audit.Event;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Replay;
import io.holdfast.enforce.Check;
import io.holdfast.enforce.CheckServer;
import io.holdfast.enforce.Dialect;
import io.holdfast.enforce.GrpcCheckServer;
import io.holdfast.enforce.OrdinaryCalls;
import io.holdfast.fixture.CallerIssuer;
import io.holdfast.fixture.Envoy;
import io.holdfast.fixture.Envoy.Form;
import io.holdfast.fixture.Envoy.Line;
import io.holdfast.policy.RouteFile;
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
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may pass without a grant, and what somebody could try to be one of them: over every way to ask, with real tokens. */
class TrafficTest {

    private static final Path FOLDER = Path.of("src/test/resources/enforce");
    private static final CallerIssuer ISSUER = new CallerIssuer();
    private static final String PROFILE = "/users/account-1/profile";
    private static final String GOOD = "Authorization: Bearer {good}";
    private static final byte[] GUARDED_CERTIFICATE = {0, 1, 2, 3, 4, 7};

    @TempDir
    Path temporary;

    private WorkingGate work;
    private Grants grants;
    private Vertx vertx;
    private OrdinaryCalls ordinary;
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
        vertx.close().toCompletionStage().toCompletableFuture().join();
        work.whole();
        assertEquals(List.of(), Replay.run(work.source(), Progress.NONE).disagreements());
        work.close();
    }

    private Check check(boolean isHeaderVouched, Optional<Grants> with) throws Exception {
        ordinary = new OrdinaryCalls(
                TrafficFile.read(FOLDER.resolve("traffic.yaml")), ISSUER.verifier()::claims, isHeaderVouched);
        return new Check(with, RouteFile.read(FOLDER.resolve("routes.yaml")), ordinary, Duration.ofSeconds(10));
    }

    private CheckServer listen(Dialect dialect, boolean isHeaderVouched, Optional<Grants> with) throws Exception {
        return CheckServer.listen(
                vertx,
                SocketAddress.inetSocketAddress(0, "127.0.0.1"),
                check(isHeaderVouched, with),
                dialect,
                Set.of("127.0.0.1"));
    }

    private static String filled(String text) {
        String filled = text.replace("{CERT}", CallerIssuer.header(CallerIssuer.CERTIFICATE))
                .replace("{OTHER}", CallerIssuer.header(CallerIssuer.OTHER_CERTIFICATE))
                .replace("{OLD}", CallerIssuer.header(GUARDED_CERTIFICATE))
                .replace("{TAB}", "\t");
        for (String name : ISSUER.names()) {
            filled = filled.replace("{" + name + "}", ISSUER.token(name));
        }
        return filled;
    }

    private static List<String> headers(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" \\| ", -1));
    }

    /** The answer's status; 0 if there was none. */
    private static int ask(CheckServer server, Dialect dialect, String method, String target, String headers)
            throws IOException {
        String place = filled(target);
        List<String> lines = new ArrayList<>();
        lines.add(dialect == Dialect.DIRECT ? method + " " + place + " HTTP/1.1" : "GET /check HTTP/1.1");
        lines.add("Host: gateway");
        if (dialect != Dialect.DIRECT) {
            boolean isOriginal = dialect == Dialect.ORIGINAL;
            lines.add((isOriginal ? "X-Original-Method: " : "X-Forwarded-Method: ") + method);
            lines.add((isOriginal ? "X-Original-URI: " : "X-Forwarded-Uri: ") + place);
        }
        headers(headers).forEach(line -> lines.add(filled(line)));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            StringBuilder first = new StringBuilder();
            for (int c = socket.getInputStream().read();
                    c >= 0 && c != '\n';
                    c = socket.getInputStream().read()) {
                first.append((char) c);
            }
            String[] parts = first.toString().split(" ");
            return parts.length < 2 ? 0 : Integer.parseInt(parts[1]);
        }
    }

    private static CheckRequest.Builder question(Form form, String method, String target, String headers) {
        List<Line> more = new ArrayList<>(List.of(new Line("accept", "*/*")));
        for (String line : headers(headers)) {
            String[] parts = filled(line).split(":", 2);
            more.add(new Line(parts[0].toLowerCase(Locale.ROOT), parts[1].strip()));
        }
        return Envoy.question(form, method, filled(target), more);
    }

    private static CheckRequest question(Form form, String method, String target, String headers, byte[] certificate) {
        CheckRequest.Builder question = question(form, method, target, headers);
        question.getAttributesBuilder().getSourceBuilder().setCertificate(CallerIssuer.encodedPem(certificate));
        return question.build();
    }

    private static List<String[]> tricks() throws IOException {
        return Files.readAllLines(FOLDER.resolve("traffic-tricks.tsv")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t", -1))
                .toList();
    }

    private long counted() {
        return ordinary.ids().stream().mapToLong(ordinary::count).sum();
    }

    private long accesses() {
        return work.whole().on(id).stream()
                .filter(entry -> entry.event() instanceof Event.Accessed)
                .count();
    }

    /** Calls that are ordinary, over every way to ask. */
    private static final List<String[]> ORDINARY = List.of(
            new String[] {"GET", PROFILE, GOOD},
            new String[] {"POST", "/messages", GOOD},
            new String[] {"GET", PROFILE + "?page=2", "authorization: bearer {good}"},
            new String[] {"GET", "/api/a/b/c", "Authorization: Bearer {listed}"},
            new String[] {"GET", "/api/exporter", "Authorization: Bearer {staff}"},
            new String[] {"POST", "/api/erasures", GOOD},
            new String[] {"GET", PROFILE, GOOD + " | X-Department: mail | Cookie: a=b"},
            new String[] {"GET", PROFILE, "Authorization: Bearer {billing} | x-purpose: billing"});

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void no_trick_passes_as_an_ordinary_call(Dialect dialect) throws Exception {
        List<String[]> tricks = tricks();
        try (CheckServer server = listen(dialect, false, Optional.of(grants))) {
            for (String[] trick : tricks) {
                int status = ask(server, dialect, trick[0], trick[1], trick[2]);
                assertTrue(
                        Set.of(0, 403, 400, 414, 431, 501).contains(status),
                        () -> String.join(" ", trick) + " gave " + status);
            }
            assertEquals(0, counted());
            assertEquals(0, server.count(true));
            System.out.println("TrafficTest: " + dialect + ", " + tricks.size() + " tricks, 0 passed");
            for (String[] call : ORDINARY) {
                assertEquals(200, ask(server, dialect, call[0], call[1], call[2]), () -> String.join(" ", call));
            }
            assertEquals(ORDINARY.size(), counted());
            assertEquals(1, ordinary.count("billing"));
        }
        assertTrue(tricks.size() >= 200);
        assertEquals(0, accesses());
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void no_trick_passes_as_an_ordinary_call_over_grpc(Form form) throws Exception {
        List<String[]> tricks = tricks();
        try (GrpcCheckServer server = GrpcCheckServer.listen(
                        vertx,
                        SocketAddress.inetSocketAddress(0, "127.0.0.1"),
                        check(true, Optional.of(grants)),
                        Set.of("127.0.0.1"));
                Envoy envoy = Envoy.at(server.port())) {
            for (String[] trick : tricks) {
                CheckResponse answer =
                        envoy.ask(question(form, trick[0], trick[1], trick[2]).build());
                assertFalse(Envoy.isYes(answer), () -> String.join(" ", trick));
            }
            assertEquals(0, counted());
            System.out.println("TrafficTest: gRPC " + form + ", " + tricks.size() + " tricks, 0 passed");
            for (String[] call : ORDINARY) {
                CheckResponse answer =
                        envoy.ask(question(form, call[0], call[1], call[2]).build());
                assertTrue(Envoy.isYes(answer), () -> String.join(" ", call));
            }
            byte[] own = CallerIssuer.CERTIFICATE;
            byte[] other = CallerIssuer.OTHER_CERTIFICATE;
            String bound = "Authorization: Bearer {bound}";
            Map<CheckRequest, Boolean> withCertificates = Map.of(
                    question(form, "GET", PROFILE, "", own), true,
                    question(form, "GET", PROFILE, "", other), false,
                    question(form, "POST", PROFILE, "", own), false,
                    question(form, "GET", PROFILE, "Authorization: Basic YTpi", own), false,
                    question(form, "GET", PROFILE, "Authorization: Bearer {expired}", own), false,
                    question(form, "GET", PROFILE, "X-Case-Number: 1", own), false,
                    question(form, "POST", PROFILE, bound, own), true,
                    question(form, "POST", PROFILE, bound, other), false,
                    question(form, "GET", PROFILE, GOOD, GUARDED_CERTIFICATE), false);
            withCertificates.forEach((asked, isOrdinary) -> assertEquals(
                    isOrdinary,
                    Envoy.isYes(envoy.ask(asked)),
                    () -> asked.getAttributes().getRequest().getHttp().getMethod()));
        }
        assertEquals(0, accesses());
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void a_certificate_in_a_header_counts_only_where_proxies_overwrite_it(Dialect dialect) throws Exception {
        String own = "Client-Cert: {CERT}";
        try (CheckServer server = listen(dialect, false, Optional.of(grants))) {
            assertEquals(403, ask(server, dialect, "GET", PROFILE, own));
        }
        try (CheckServer server = listen(dialect, true, Optional.of(grants))) {
            assertEquals(200, ask(server, dialect, "GET", PROFILE, own));
            assertEquals(1, ordinary.count("mail-frontend"));
            for (String headers : List.of(
                    "Client-Cert: {OTHER}",
                    "Client-Cert: {OLD}",
                    own + " | " + own,
                    own + " | Client-Cert: {OTHER}",
                    own + " | X-Case-Number: 1",
                    own + " | Holdfast-Grant: x",
                    own + " | Authorization: Bearer {expired}",
                    "Client_Cert: {CERT}",
                    "Client-Cert: {CERT}, {CERT}")) {
                assertEquals(403, ask(server, dialect, "GET", PROFILE, headers), headers);
            }
            assertEquals(200, ask(server, dialect, "POST", PROFILE, own + " | Authorization: Bearer {bound}"));
            assertEquals(403, ask(server, dialect, "POST", "/messages", own));
        }
    }

    @Test
    void a_call_with_a_grant_is_judged_by_it_and_by_nothing_else() throws Exception {
        Grants.Wish wish = new Grants.Wish("store", Set.of(), Set.of(), Duration.ofMinutes(5), Optional.empty());
        String grant = ((Grants.Issue.Issued) grants.issue(id, wish).orElseThrow()).token();
        String both = GOOD + " | Holdfast-Grant: " + grant;
        try (CheckServer server = listen(Dialect.DIRECT, false, Optional.of(grants))) {
            assertEquals(403, ask(server, Dialect.DIRECT, "GET", "/users/account-2/profile", both));
            assertEquals(403, ask(server, Dialect.DIRECT, "GET", "/api/a", both));
            assertEquals(0, accesses());
            assertEquals(200, ask(server, Dialect.DIRECT, "GET", PROFILE, both));
            assertEquals(1, accesses());
            assertEquals(403, ask(server, Dialect.DIRECT, "GET", PROFILE, both));
            assertEquals(0, counted());
        }
    }

    @Test
    void a_gateway_out_of_service_lets_no_ordinary_call_through_and_one_whose_log_hangs_does() throws Exception {
        try (CheckServer server = listen(Dialect.DIRECT, false, Optional.empty())) {
            assertEquals(403, ask(server, Dialect.DIRECT, "GET", PROFILE, GOOD));
        }
        Connection hanging = BypassTest.hangingLog(temporary.resolve("data"));
        try (CheckServer server = listen(Dialect.DIRECT, false, Optional.of(grants))) {
            assertEquals(200, ask(server, Dialect.DIRECT, "GET", PROFILE, GOOD));
        } finally {
            hanging.close();
        }
    }
}
