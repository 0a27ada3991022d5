package io.holdfast.proxies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.audit.LogFolder;
import io.holdfast.audit.LogSource;
import io.holdfast.cli.DevelopmentIssuer;
import io.holdfast.fixture.CallerIssuer;
import io.holdfast.fixture.Institutions;
import io.holdfast.fixture.SampleRequest;
import io.holdfast.legal.Duty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The packaged gateway with an address for checks, and the people who work with it. */
public final class Guard implements AutoCloseable {

    public static final String ACCOUNT = "account-1";

    /** Whose tokens say that a call needs no grant. */
    static final CallerIssuer CALLERS = new CallerIssuer();

    private static final String AGENCY = "us-fbi";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** A test lives for seconds. */
    private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final Path ROUTES = Path.of("src/test/resources/enforce/routes.yaml");

    private final Path folder;
    private final List<String> java;
    private final Map<String, String> settings = new HashMap<>();
    private final Institutions institutions;
    private final int port = Program.freePort();
    private Program program;
    private String url;

    Guard(Path folder, String dialect) {
        this(folder, dialect, ROUTES, traffic(folder), QUICK);
    }

    /** One that is the proxy itself, too, in front of a store at this port. */
    static Guard inFrontOf(int store, Path folder, Path routes) {
        return new Guard(folder, "original", routes, ownProxy(store), QUICK);
    }

    /** As variables of the environment. */
    public static Map<String, String> ownProxy(int store) {
        return Map.of(
                "HOLDFAST_PROXY_PORT",
                String.valueOf(Program.freePort()),
                "HOLDFAST_PROXY_UPSTREAM",
                "http://127.0.0.1:" + store);
    }

    /**
     * @param more variables of its environment
     * @param java arguments of Java
     */
    public Guard(Path folder, String dialect, Path routes, Map<String, String> more, List<String> java) {
        this.folder = folder;
        this.java = List.copyOf(java);
        this.institutions = Institutions.enrol(Path.of("policies"), folder);
        boolean isOverGrpc = dialect.equals(Proxy.OVER_GRPC);
        settings.put(isOverGrpc ? "HOLDFAST_CHECK_GRPC_PORT" : "HOLDFAST_CHECK_PORT", String.valueOf(port));
        settings.put("HOLDFAST_CHECK_DIALECT", isOverGrpc ? "original" : dialect);
        settings.put("HOLDFAST_CHECK_ROUTES", routes.toAbsolutePath().toString());
        settings.putAll(more);
        start();
    }

    /** Some calls need no grant, so that every test shows that the others still do. */
    private static Map<String, String> traffic(Path folder) {
        try {
            Files.createDirectories(folder);
            Path keys = Files.writeString(folder.resolve("callers.pem"), CALLERS.pem());
            return Map.of(
                    "HOLDFAST_CHECK_TRAFFIC",
                    Path.of("src/test/resources/enforce/traffic.yaml")
                            .toAbsolutePath()
                            .toString(),
                    "HOLDFAST_CHECK_CALLERS_ISSUER",
                    CallerIssuer.NAME,
                    "HOLDFAST_CHECK_CALLERS_KEYS",
                    keys.toString(),
                    "HOLDFAST_CHECK_CALLERS_AUDIENCE",
                    CallerIssuer.AUDIENCE,
                    // As it must not be said of a proxy that ends no TLS: all of them overwrite the header all the
                    // same.
                    "HOLDFAST_CHECK_CLIENT_CERT_OVERWRITTEN",
                    "true");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it, again on the same log if there is one. */
    void start() {
        Path announced = folder.resolve("url");
        try {
            Files.deleteIfExists(announced);
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(java);
            command.addAll(List.of(
                    "-jar",
                    System.getProperty("holdfast.jar"),
                    "serve",
                    "--data",
                    data().toString(),
                    "--policies",
                    Path.of("policies").toAbsolutePath().toString(),
                    "--authorities",
                    institutions.registry().toString(),
                    "--port",
                    "0",
                    "--development",
                    "--announce",
                    announced.toString()));
            program = Program.start(command, folder, "gateway", settings).awaitUntil(() -> Files.exists(announced));
            url = Files.readString(announced).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path data() {
        return folder.resolve("data");
    }

    /** Where it answers checks. */
    public int port() {
        return port;
    }

    /** Where it passes calls on. */
    public int proxyPort() {
        return Integer.parseInt(settings.get("HOLDFAST_PROXY_PORT"));
    }

    public Program program() {
        return program;
    }

    /** Its log, as an auditor reads it over HTTP. */
    LogSource log() {
        return new LogSource() {
            @Override
            public Optional<byte[]> read(String path) {
                HttpResponse<byte[]> answer = answer(authorized("/log/" + path, auditor()), BodyHandlers.ofByteArray());
                return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
            }

            @Override
            public Optional<List<String>> list() {
                return Optional.empty();
            }
        };
    }

    /** A request as it is shown. */
    JsonNode request(String id) {
        return read(text(authorized("/v1/requests/" + id, auditor()), 200));
    }

    /** A copy of the log and its rulebooks, made with the program itself. */
    LogFolder export(Path to) {
        Program.run(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("holdfast.jar"),
                "log",
                "export",
                "--url",
                url,
                "--token",
                auditor(),
                "--to",
                to.toString());
        return LogFolder.of(to);
    }

    private String auditor() {
        return token("auditor-1", "auditor", Optional.empty());
    }

    /** A request for the account that two people have released, about a user in this place. */
    public String released(String usersIn) {
        SampleRequest request =
                SampleRequest.usWarrant().withTarget("USER-ID", ACCOUNT).withAll("users", usersIn);
        JsonNode decided = post("/v1/requests", request.sealed(institutions).text(), agent());
        String id = decided.path("request").asText();
        String checks = Stream.of(Duty.values())
                .filter(Duty::isForApprovers)
                .map(duty -> "\"" + duty.code() + "\":\"CONFIRMED\"")
                .collect(Collectors.joining(",", "{", "}"));
        String approval = "{\"version\":\"" + decided.at("/record/version").asText() + "\",\"checks\":" + checks + "}";
        for (String reviewer : List.of("reviewer-1", "reviewer-2")) {
            post("/v1/requests/" + id + "/approvals", approval, token(reviewer, "reviewer", Optional.empty()));
        }
        return id;
    }

    /** For SUBSCRIBER and CONTENT of the account, five minutes. */
    JsonNode issue(String id) {
        return issue(id, agent());
    }

    /** @param agent a token of {@link #agent()}, so that many can be asked for with one */
    public JsonNode issue(String id, String agent) {
        return post(
                "/v1/requests/" + id + "/grants",
                "{\"seconds\":300,\"categories\":[\"SUBSCRIBER\",\"CONTENT\"]}",
                agent);
    }

    /** For ten minutes. */
    public String agent() {
        return token("agent-1", "le-agent", Optional.of(AGENCY));
    }

    /** For whoever has this certificate. */
    String grantFor(String id, String thumbprint) {
        return post(
                        "/v1/requests/" + id + "/grants",
                        "{\"seconds\":300,\"categories\":[\"SUBSCRIBER\",\"CONTENT\"],\"holder\":\"" + thumbprint
                                + "\"}",
                        token("agent-1", "le-agent", Optional.of(AGENCY)))
                .path("grant")
                .asText();
    }

    String grant(String id) {
        return issue(id).path("grant").asText();
    }

    /** A gateway whose disk was full opens its log anew, and looks whether it can in growing pauses. */
    String grantWithin(String id, Duration patience) {
        long start = System.nanoTime();
        while (true) {
            try {
                return grant(id);
            } catch (IllegalStateException e) {
                if (System.nanoTime() - start > patience.toNanos()) {
                    throw e;
                }
                Program.pause();
            }
        }
    }

    void holdUsersIn(String place) {
        post("/v1/holds", """
                {"hold":{"id":"hold-in-flight","title":"A hold of a test","mode":"PAUSE","applies":{"user-jurisdiction":["%s"]},
                 "from":"2026-01-01T00:00:00Z","review-by":"2027-06-30T00:00:00Z","intake":"QUEUE","preserve":true,
                 "exit":{"type":"INTERNAL-REVIEW","owner":"legal"},"statement":{"en":"We have paused."}},
                 "reason":"A reason that is long enough."}""".formatted(place), token("operator-1", "legal-operator", Optional.empty()));
    }

    private String token(String subject, String role, Optional<String> authority) {
        return new DevelopmentIssuer(data()).token(subject, Set.of(role), authority, Set.of(), Duration.ofMinutes(10));
    }

    private JsonNode post(String path, String body, String token) {
        HttpRequest.Builder request = authorized(path, token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return read(text(request, 201));
    }

    private HttpRequest.Builder authorized(String path, String token) {
        return HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", "Bearer " + token);
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(HttpRequest.Builder request, int status) {
        HttpResponse<String> response = answer(request, BodyHandlers.ofString());
        if (response.statusCode() != status) {
            throw new IllegalStateException("the gateway answered " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private static <T> HttpResponse<T> answer(HttpRequest.Builder request, HttpResponse.BodyHandler<T> as) {
        try {
            return CLIENT.send(request.timeout(Duration.ofSeconds(20)).build(), as);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
