package io.holdfast.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext.HttpRequest;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.holdfast.audit.Event;
import io.holdfast.audit.Ledger;
import io.holdfast.audit.LedgerException;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Replay;
import io.holdfast.enforce.Check;
import io.holdfast.enforce.GrpcCheckServer;
import io.holdfast.enforce.OrdinaryCalls;
import io.holdfast.fixture.Envoy;
import io.holdfast.fixture.Envoy.Form;
import io.holdfast.fixture.Envoy.Line;
import io.holdfast.policy.PolicySet;
import io.holdfast.policy.Route;
import io.holdfast.policy.RouteFile;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What somebody could try through Envoy, asked with Envoy's own classes, in front of a real gate with a grant that is good. */
class BypassOverGrpcTest {

    private static final Path ROUTES = Path.of("src/test/resources/enforce/routes.yaml");
    private static final String PROFILE = "/users/account-1/profile";
    private static final String SERVICE = "envoy.service.auth.v3.Authorization";

    @TempDir
    Path temporary;

    private WorkingGate work;
    private Grants grants;
    private Vertx vertx;
    private GrpcCheckServer server;
    private OrdinaryCalls ordinary = OrdinaryCalls.NONE;
    private Envoy envoy;
    private String id;

    @BeforeEach
    void open() throws Exception {
        work = WorkingGate.open(temporary.resolve("data"), Clock.systemUTC());
        grants = new Grants(
                work.gate,
                "store",
                work.log.grantKeys(),
                Witnesses.NONE,
                () -> Optional.of(work.log.ledger().checkpoint()));
        vertx = Vertx.vertx();
        id = work.released();
        listen(Optional.of(grants), Duration.ofSeconds(10), "127.0.0.1");
    }

    @AfterEach
    void the_log_replays() {
        stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        work.whole();
        assertEquals(List.of(), Replay.run(work.source(), Progress.NONE).disagreements());
        work.close();
    }

    private void listen(Optional<Grants> with, Duration patience, String peer) throws Exception {
        List<Route> routes = RouteFile.read(ROUTES);
        server = GrpcCheckServer.listen(
                vertx,
                SocketAddress.inetSocketAddress(0, "127.0.0.1"),
                new Check(with, routes, ordinary, patience),
                Set.of(peer));
        envoy = Envoy.at(server.port());
    }

    private void stop() {
        envoy.close();
        server.close();
    }

    private String grant() {
        return issued().token();
    }

    private Grants.Issue.Issued issued() {
        Grants.Wish wish = new Grants.Wish("store", Set.of(), Set.of(), Duration.ofMinutes(5), Optional.empty());
        return (Grants.Issue.Issued) grants.issue(id, wish).orElseThrow();
    }

    private boolean isYes(CheckRequest.Builder question) {
        return Envoy.isYes(envoy.ask(question.build()));
    }

    private String denied(CheckRequest.Builder question) {
        CheckResponse answer = envoy.ask(question.build());
        assertFalse(Envoy.isYes(answer));
        return Envoy.reason(answer);
    }

    private static CheckRequest.Builder plain(String grant) {
        return Envoy.question(Form.RAW, "GET", PROFILE, Optional.of(grant));
    }

    private long accesses() {
        return work.whole().on(id).stream()
                .filter(entry -> entry.event() instanceof Event.Accessed)
                .count();
    }

    /** A line of the corpus, as Envoy would tell of it. */
    private static CheckRequest.Builder question(Form form, String[] call, String grant) {
        List<Line> more = new ArrayList<>(List.of(new Line("accept", "*/*")));
        BypassTest.grantLines(call[2], grant).forEach(line -> {
            String[] parts = line.split(": ", 2);
            more.add(new Line(parts[0].toLowerCase(Locale.ROOT), parts[1]));
        });
        String method = call[2].equals("{NOMETHOD}") ? "" : call[0];
        String target = switch (call[2]) {
            case "{NOTARGET}", "{EMPTYTARGET}" -> "";
            case "{COMMATARGET}" -> call[1] + ", " + call[1];
            default -> call[1];
        };
        if (call[2].equals("{DUPMETHOD}")) {
            more.add(new Line(":method", "POST"));
        }
        if (call[2].equals("{DUPTARGET}")) {
            more.add(new Line(":path", "/users/account-2/profile"));
        }
        return Envoy.question(form, method, target, more);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void nothing_more_is_let_through_where_others_need_no_grant(Form form) throws Exception {
        stop();
        ordinary = BypassTest.rulesForOthers();
        listen(Optional.of(grants), Duration.ofSeconds(10), "127.0.0.1");

        nothing_is_let_through_without_a_grant_nor_beyond_one(form);

        assertEquals(0, ordinary.ids().stream().mapToLong(ordinary::count).sum());
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void nothing_is_let_through_without_a_grant_nor_beyond_one(Form form) throws Exception {
        Grants.Issue.Issued good = issued();
        List<String[]> calls = BypassTest.corpus(good.grant().scope());
        int tried = 0;
        for (String[] call : calls) {
            for (String grant : List.of(good.token(), "none", "")) {
                String[] asked = {call[0], call[1], grant.isEmpty() ? "{NOGRANT}" : call[2]};
                assertFalse(isYes(question(form, asked, grant)), () -> String.join(" ", asked));
                tried++;
            }
        }
        System.out.println(
                "BypassOverGrpcTest: " + form + ", " + calls.size() + " calls, " + tried + " tries, 0 let through");
        assertTrue(calls.size() >= 150);
        assertEquals(0, accesses());

        String from = good.grant().scope().from().toString();
        String to = good.grant().scope().to().toString();
        assertTrue(isYes(Envoy.question(form, "GET", PROFILE + "?page=2", Optional.of(good.token()))));
        assertEquals("USED_BEFORE", denied(Envoy.question(form, "GET", PROFILE, Optional.of(good.token()))));
        String messages = "/messages?user=account-1&since=" + from + "&until=" + to;
        assertTrue(isYes(Envoy.question(form, "GET", messages, Optional.of(grant()))));
        assertEquals(2, accesses());
    }

    @Test
    void of_the_clients_headers_only_what_is_harmless_goes_on() {
        List<Line> more = List.of(
                new Line("accept", "*/*"),
                new Line("content-length", "0"),
                new Line("cookie", "a=b; c=d"),
                new Line("x-http-method-override", "DELETE"),
                new Line("x-http-method-override", "PUT"),
                new Line("holdfast-grant", grant()));
        CheckResponse answer =
                envoy.ask(Envoy.question(Form.RAW, "GET", PROFILE, more).build());

        assertTrue(Envoy.isYes(answer));
        assertEquals(
                List.of("cookie", "x-http-method-override", "holdfast-grant"),
                List.copyOf(answer.getOkResponse().getHeadersToRemoveList()));
        assertEquals(0, answer.getOkResponse().getHeadersCount());
    }

    /** What is done to what Envoy tells of a good call. Each would be Envoy's mistake, or somebody's who found a way through it. */
    private static Map<String, Consumer<HttpRequest.Builder>> twists() {
        Map<String, Consumer<HttpRequest.Builder>> twists = new LinkedHashMap<>();
        for (String protocol : List.of("HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "http/1.1", "HTTP/1.1 ", "")) {
            twists.put("protocol " + protocol, http -> http.setProtocol(protocol));
        }
        for (String host : List.of("", "a b", "st\u00f6re", "store,store", "store\n", "store/users", "a@store")) {
            twists.put("host " + host, http -> line(http.setHost(host), ":authority", host));
        }
        for (String scheme : List.of("", "ftp", "HTTP", "http,http")) {
            twists.put("scheme " + scheme, http -> line(http.setScheme(scheme), ":scheme", scheme));
        }
        for (String method : List.of("", "OPTIONS", "HEAD", "get", "GET,GET", " GET", "GET ", "CONNECT", "G\u0395T")) {
            twists.put("method " + method, http -> line(http.setMethod(method), ":method", method));
        }
        for (String path : List.of(
                "",
                "*",
                "users/account-1/profile",
                "//users/account-1/profile",
                "http://store" + PROFILE,
                PROFILE + "#x",
                PROFILE + " ",
                PROFILE + "\u0000",
                "/users/account-1%2fprofile",
                "/users/acc\u00f6unt-1/profile",
                PROFILE + "," + PROFILE)) {
            twists.put("path " + path, http -> line(http.setPath(path), ":path", path));
        }
        twists.put("another path than the header's", http -> http.setPath("/users/account-2/profile"));
        twists.put("another path in the header", http -> line(http, ":path", "/users/account-2/profile"));
        twists.put("another method in the header", http -> line(http, ":method", "POST"));
        twists.put("another host in the header", http -> line(http, ":authority", "other"));
        twists.put("another scheme in the header", http -> line(http, ":scheme", "https"));
        twists.put("a host beside the authority", http -> more(http, "host", "other"));
        twists.put("a query of its own", http -> http.setQuery("page=2"));
        twists.put("a fragment", http -> http.setFragment("x"));
        twists.put("a size", http -> http.setSize(1));
        twists.put("a body", http -> http.setBody("{"));
        twists.put("a body in bytes", http -> http.setRawBody(ByteString.copyFromUtf8("{")));
        for (String length : List.of("5", "00", "0, 0", "-0", "", "0 ")) {
            twists.put("a length of " + length, http -> more(http, "content-length", length));
        }
        for (String name : List.of(
                "transfer-encoding",
                "upgrade",
                "connection",
                "trailer",
                "expect",
                "content-encoding",
                "http2-settings")) {
            twists.put("with " + name, http -> more(http, name, "x"));
        }
        for (String name :
                List.of(":protocol", ":status", ":", "", "a b", "X-Capital", "Holdfast-Grant", "na\u00efve", "a:b")) {
            twists.put("a header named " + name, http -> more(http, name, "x"));
        }
        for (String value : List.of("\u00fc", "a\u0000b", "a\r\nholdfast-grant: x", "\u007f")) {
            twists.put("a header with " + value.codePointAt(value.length() / 2), http -> more(http, "x", value));
        }
        twists.put("a second grant", http -> more(http, "holdfast-grant", "x"));
        twists.put("an empty second grant", http -> more(http, "holdfast-grant", ""));
        twists.put("a grant with a comma", http -> line(http, "holdfast-grant", value(http, "holdfast-grant") + ","));
        twists.put("a grant with a space", http -> line(http, "holdfast-grant", value(http, "holdfast-grant") + " "));
        twists.put("the grant twice", http -> more(http, "holdfast-grant", value(http, "holdfast-grant")));
        twists.put("a second path, the same", http -> more(http, ":path", PROFILE));
        twists.put("a second host, the same", http -> more(more(http, "host", "store"), "host", "store"));
        twists.put("a certificate in a header", http -> more(http, "client-cert", ":AAAA:"));
        twists.put("headers in both forms", http -> {
            List<Line> lines = Envoy.lines(http);
            HttpRequest.Builder other = Envoy.with(HttpRequest.newBuilder(), Form.RAW, lines);
            Envoy.with(http, Form.COOKED, lines).setHeaderMap(other.getHeaderMap());
        });
        twists.put("no headers", http -> http.clearHeaders().clearHeaderMap());
        return twists;
    }

    private static String value(HttpRequest.Builder http, String name) {
        return Envoy.lines(http).stream()
                .filter(line -> line.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    /** Another value for a header that is there. */
    private static HttpRequest.Builder line(HttpRequest.Builder http, String name, String value) {
        List<Line> lines = Envoy.lines(http).stream()
                .map(line -> line.name().equals(name) ? new Line(name, value) : line)
                .toList();
        return Envoy.with(http, form(http), lines);
    }

    private static HttpRequest.Builder more(HttpRequest.Builder http, String name, String value) {
        List<Line> lines = new ArrayList<>(Envoy.lines(http));
        lines.add(new Line(name, value));
        return Envoy.with(http, form(http), lines);
    }

    private static Form form(HttpRequest.Builder http) {
        return http.getHeadersCount() > 0 ? Form.COOKED : Form.RAW;
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void what_is_told_twice_or_oddly_is_denied(Form form) {
        String grant = grant();
        Map<String, Consumer<HttpRequest.Builder>> twists = twists();
        twists.forEach((name, twist) -> {
            CheckRequest.Builder question = Envoy.question(form, "GET", PROFILE, Optional.of(grant));
            twist.accept(question.getAttributesBuilder().getRequestBuilder().getHttpBuilder());
            assertFalse(isYes(question), name);
        });
        System.out.println("BypassOverGrpcTest: " + form + ", " + twists.size() + " twists, 0 let through");
        assertEquals(0, accesses());
        for (String protocol : List.of("HTTP/2", "HTTP/1.1")) {
            CheckRequest.Builder question = Envoy.question(form, "GET", PROFILE, Optional.of(grant()));
            question.getAttributesBuilder().getRequestBuilder().getHttpBuilder().setProtocol(protocol);
            assertTrue(isYes(question));
        }
    }

    @Test
    void a_question_without_a_call_is_denied() {
        CheckRequest whole = plain(grant()).build();
        assertEquals("NO_CALL", denied(CheckRequest.newBuilder()));
        CheckRequest.Builder noRequest = whole.toBuilder();
        noRequest.getAttributesBuilder().clearRequest();
        assertEquals("NO_CALL", denied(noRequest));
        CheckRequest.Builder noHttp = whole.toBuilder();
        noHttp.getAttributesBuilder().getRequestBuilder().clearHttp();
        assertEquals("NO_CALL", denied(noHttp));
        CheckRequest.Builder value = whole.toBuilder();
        value.getAttributesBuilder()
                .getRequestBuilder()
                .getHttpBuilder()
                .getHeaderMapBuilder()
                .getHeadersBuilder(1)
                .setValue(PROFILE);
        assertEquals("NO_CALL", denied(value));
        assertEquals(0, accesses());
    }

    @Test
    void a_certificate_counts_as_envoy_saw_it_and_in_one_spelling() {
        String grant = grant();
        String pem = "-----BEGIN CERTIFICATE-----\nAAAA\nAAAA\n-----END CERTIFICATE-----\n";
        String encoded = URLEncoder.encode(pem, StandardCharsets.US_ASCII).replace("+", "%20");
        for (String bad :
                List.of("AAAA", ":AAAA:", "%", encoded + encoded, pem.replace(' ', '+'), encoded.substring(3))) {
            CheckRequest.Builder question = plain(grant);
            question.getAttributesBuilder().getSourceBuilder().setCertificate(bad);
            assertEquals("BAD_CERTIFICATE", denied(question), bad);
        }
        assertEquals(0, accesses());
        CheckRequest.Builder good = plain(grant);
        good.getAttributesBuilder().getSourceBuilder().setCertificate(encoded);
        assertTrue(isYes(good));
    }

    @Test
    void a_grant_that_is_bound_to_a_certificate_is_for_its_holder_alone() throws Exception {
        byte[] der = {0, 1, 2, 3, 4, 5};
        String holder = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(der));
        Grants.Wish wish = new Grants.Wish("store", Set.of(), Set.of(), Duration.ofMinutes(5), Optional.of(holder));
        String grant = ((Grants.Issue.Issued) grants.issue(id, wish).orElseThrow()).token();
        String pem = "-----BEGIN%20CERTIFICATE-----%0A" + Base64.getEncoder().encodeToString(der)
                + "%0A-----END%20CERTIFICATE-----%0A";

        assertFalse(isYes(plain(grant)));
        CheckRequest.Builder other = plain(grant);
        other.getAttributesBuilder().getSourceBuilder().setCertificate(pem.replace("AAEC", "AAED"));
        assertFalse(isYes(other));
        CheckRequest.Builder own = plain(grant);
        own.getAttributesBuilder().getSourceBuilder().setCertificate(pem);
        assertTrue(isYes(own));
    }

    /** The bytes of a message as they are, in both directions. */
    private static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    private CheckResponse ask(String method, byte[] message, CallOptions options) throws Exception {
        MethodDescriptor<byte[], byte[]> descriptor = MethodDescriptor.newBuilder(BYTES, BYTES)
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(method)
                .build();
        return CheckResponse.parseFrom(ClientCalls.blockingUnaryCall(
                envoy.channel(), descriptor, options.withDeadlineAfter(20, TimeUnit.SECONDS), message));
    }

    @Test
    void what_cannot_be_read_is_denied_and_never_an_error_of_grpc() throws Exception {
        byte[] good = plain(grant()).build().toByteArray();
        byte[] cut = Arrays.copyOf(good, good.length - 1);
        String check = SERVICE + "/Check";
        for (byte[] message : List.of(
                new byte[0], new byte[] {1}, new byte[] {10, 127}, cut, new byte[300_000], new byte[4_000_000])) {
            assertFalse(Envoy.isYes(ask(check, message, CallOptions.DEFAULT)), () -> message.length + " bytes");
        }
        for (String method : List.of(
                "envoy.service.auth.v2.Authorization/Check",
                SERVICE + "/Other",
                SERVICE + "/check",
                "grpc.health.v1.Health/Check")) {
            assertFalse(Envoy.isYes(ask(method, good, CallOptions.DEFAULT)), method);
        }
        assertFalse(Envoy.isYes(ask(check, good, CallOptions.DEFAULT.withCompression("gzip"))));
        assertEquals(0, accesses());
        assertTrue(Envoy.isYes(ask(check, good, CallOptions.DEFAULT)));
    }

    /** Two messages in a row are one, in which single fields are the later ones, and lists both: a map would hide the first. */
    @Test
    void a_question_that_says_a_thing_again_is_denied() throws Exception {
        byte[] cooked = Envoy.question(Form.COOKED, "GET", PROFILE, Optional.of(grant()))
                .build()
                .toByteArray();
        for (HttpRequest.Builder again : List.of(
                HttpRequest.newBuilder().putHeaders("x-request-id", "2"),
                HttpRequest.newBuilder().putHeaders("holdfast-grant", "x"),
                HttpRequest.newBuilder().putHeaders(":path", PROFILE),
                HttpRequest.newBuilder().setPath("/users/account-2/profile"),
                HttpRequest.newBuilder().setMethod("POST"))) {
            CheckRequest.Builder more = CheckRequest.newBuilder();
            more.getAttributesBuilder().getRequestBuilder().setHttp(again);
            byte[] both = Buffer.buffer(cooked)
                    .appendBytes(more.build().toByteArray())
                    .getBytes();
            assertFalse(Envoy.isYes(ask(SERVICE + "/Check", both, CallOptions.DEFAULT)), again::toString);
        }
        assertEquals(0, accesses());
        assertTrue(Envoy.isYes(ask(SERVICE + "/Check", cooked, CallOptions.DEFAULT)));
    }

    /** What a library of gRPC would not send. */
    @Test
    void what_is_no_call_of_grpc_is_denied() throws Exception {
        byte[] good = plain(grant()).build().toByteArray();
        Buffer frame = frame(0, good.length, good);
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        String check = "/" + SERVICE + "/Check";
        Map<String, Buffer> bodies = Map.of(
                "nothing", Buffer.buffer(),
                "half a head", Buffer.buffer(new byte[] {0, 0, 0}),
                "no frame", Buffer.buffer(good),
                "two messages", frame.copy().appendBuffer(frame),
                "too short", frame(0, good.length + 1, good),
                "too long", frame(0, good.length - 1, good),
                "a length below nothing", frame(0, -1, good),
                "compressed", frame(1, good.length, good),
                "another flag", frame(128, good.length, good));
        for (Map.Entry<String, Buffer> body : bodies.entrySet()) {
            denied(client, HttpMethod.POST, check, "application/grpc", body.getValue(), body.getKey());
        }
        denied(client, HttpMethod.GET, check, "application/grpc", frame, "GET");
        denied(client, HttpMethod.OPTIONS, check, "application/grpc", frame, "OPTIONS");
        denied(client, HttpMethod.POST, check + "?x", "application/grpc", frame, "a query");
        denied(client, HttpMethod.POST, "/" + check, "application/grpc", frame, "two slashes");
        denied(client, HttpMethod.POST, check, "application/json", frame, "JSON");
        denied(client, HttpMethod.POST, check, "application/grpc-web", frame, "for browsers");
        assertEquals(0, accesses());
        client.close();
        assertTrue(overHttp1("POST " + check
                        + " HTTP/1.1\r\nHost: g\r\nContent-Type: application/grpc\r\nContent-Length: 0\r\n\r\n")
                .startsWith("HTTP/1.1 403"));
        assertTrue(overHttp1("GET / HTTP/1.0\r\n\r\n").startsWith("HTTP/1.0 403"));
        assertFalse(overHttp1("\u0016\u0003\u0001\u0002\u0000\u0001").contains("200"));
    }

    private static Buffer frame(int flag, int length, byte[] message) {
        return Buffer.buffer().appendByte((byte) flag).appendInt(length).appendBytes(message);
    }

    private void denied(HttpClient client, HttpMethod method, String uri, String type, Buffer body, String name)
            throws Exception {
        RequestOptions options = new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(server.port())
                .setMethod(method)
                .setURI(uri)
                .putHeader("Content-Type", type);
        String[] trailer = new String[1];
        // What is done with a response is said inside, or the response can be over before it is said.
        Buffer answer = client.request(options)
                .compose(request -> request.send(body).compose(response -> {
                    assertEquals(200, response.statusCode(), name);
                    return response.body().onSuccess(all -> trailer[0] = response.getTrailer("grpc-status"));
                }))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        assertEquals("0", trailer[0], name);
        assertFalse(Envoy.isYes(CheckResponse.parseFrom(answer.getBytes(5, answer.length()))), name);
    }

    private String overHttp1(String bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void another_peer_is_denied_whatever_it_asks() throws Exception {
        stop();
        listen(Optional.of(grants), Duration.ofSeconds(10), "10.0.0.1");

        assertEquals("OTHER_PEER", denied(plain(grant())));
        assertFalse(Envoy.isYes(ask(SERVICE + "/Check", new byte[4_000_000], CallOptions.DEFAULT)));
        assertEquals(0, accesses());
    }

    @Test
    void a_gateway_out_of_service_and_a_log_that_is_closed_deny() throws Exception {
        stop();
        listen(Optional.empty(), Duration.ofSeconds(10), "127.0.0.1");
        assertEquals("OUT_OF_SERVICE", denied(plain(grant())));
        stop();
        listen(Optional.of(grants), Duration.ofSeconds(10), "127.0.0.1");
        String grant = grant();
        work.log.ledger().close();
        assertFalse(isYes(plain(grant)));
    }

    /** As the log of a real gate, but for writing while there is something else to do instead. */
    private static Ledger breakable(Ledger log, AtomicReference<Supplier<CompletionStage<List<Receipt>>>> instead) {
        return (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(),
                new Class<?>[] {Ledger.class},
                (proxy, method, arguments) -> method.getName().equals("append") && instead.get() != null
                        ? instead.get().get()
                        : method.invoke(log, arguments));
    }

    @Test
    void whatever_the_log_does_wrong_is_a_no() throws Exception {
        AtomicReference<Supplier<CompletionStage<List<Receipt>>>> instead = new AtomicReference<>();
        try (WorkingGate other = WorkingGate.open(
                temporary.resolve("other"),
                Clock.systemUTC(),
                PolicySet.read(Path.of("policies")),
                log -> breakable(log, instead))) {
            String released = other.released();
            Grants working = new Grants(
                    other.gate,
                    "store",
                    other.log.grantKeys(),
                    Witnesses.NONE,
                    () -> Optional.of(other.log.ledger().checkpoint()));
            Grants.Wish wish = new Grants.Wish("store", Set.of(), Set.of(), Duration.ofMinutes(5), Optional.empty());
            String grant = ((Grants.Issue.Issued) working.issue(released, wish).orElseThrow()).token();
            stop();
            listen(Optional.of(working), Duration.ofMillis(500), "127.0.0.1");
            LedgerException full =
                    new LedgerException(LedgerException.Cause.BUSY, "too many entries wait to be written");

            instead.set(() -> CompletableFuture.failedFuture(full));
            assertEquals("OUT_OF_SERVICE", denied(plain(grant)));
            instead.set(() -> {
                throw new IllegalStateException("a mistake");
            });
            assertEquals("OUT_OF_SERVICE", denied(plain(grant)));
            instead.set(() -> CompletableFuture.completedFuture(List.of()));
            assertEquals("OUT_OF_SERVICE", denied(plain(grant)));
            instead.set(CompletableFuture::new);
            assertEquals("TIME_OVER", denied(plain(grant)));
            instead.set(null);
            assertTrue(isYes(plain(grant)));
        }
    }

    @Test
    void a_no_comes_before_whoever_asks_stops_waiting() throws Exception {
        String grant = grant();
        Connection hanging = BypassTest.hangingLog(temporary.resolve("data"));
        try {
            long start = System.nanoTime();
            CheckResponse answer = AuthorizationGrpc.newBlockingStub(envoy.channel())
                    .withDeadlineAfter(1_500, TimeUnit.MILLISECONDS)
                    .check(plain(grant).build());
            System.out.println("BypassOverGrpcTest: a log that hangs, denied after "
                    + (System.nanoTime() - start) / 1_000_000 + " ms of 1500");
            assertFalse(Envoy.isYes(answer));
            assertEquals("TIME_OVER", Envoy.reason(answer));
        } finally {
            hanging.close();
        }
    }

    @Test
    void what_is_asked_when_the_gateway_stops_is_answered() throws Exception {
        stop();
        listen(Optional.of(grants), Duration.ofSeconds(2), "127.0.0.1");
        assertFalse(isYes(plain("none")));
        String grant = grant();
        Connection hanging = BypassTest.hangingLog(temporary.resolve("data"));
        try {
            Future<CheckResponse> answer = AuthorizationGrpc.newFutureStub(envoy.channel())
                    .check(plain(grant).build());
            // On the same connection: when this one is answered, the other has arrived.
            assertEquals("MALFORMED", denied(plain("none")));
            server.close();
            assertEquals("TIME_OVER", Envoy.reason(answer.get(10, TimeUnit.SECONDS)));
        } finally {
            hanging.close();
        }
        assertThrows(StatusRuntimeException.class, () -> envoy.ask(plain(grant).build()));
    }
}
