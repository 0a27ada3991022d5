package io.holdfast.proxies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.cli.DevelopmentIssuer;
import io.holdfast.fixture.Institutions;
import io.holdfast.fixture.SampleRequest;
import io.holdfast.legal.Duty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The packaged gateway with an address for checks, and the people who work with it. */
final class Guard implements AutoCloseable {

    static final String ACCOUNT = "account-1";

    private static final String AGENCY = "us-fbi";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Path folder;
    private final String dialect;
    private final Institutions institutions;
    private final int port = Program.freePort();
    private Program program;
    private String url;

    Guard(Path folder, String dialect) {
        this.folder = folder;
        this.dialect = dialect;
        this.institutions = Institutions.enrol(Path.of("policies"), folder);
        start();
    }

    /** Starts it, again on the same log if there is one. */
    void start() {
        Path announced = folder.resolve("url");
        try {
            Files.deleteIfExists(announced);
            List<String> command = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
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
                    announced.toString());
            Map<String, String> checks = Map.of(
                    "HOLDFAST_CHECK_PORT", String.valueOf(port),
                    "HOLDFAST_CHECK_DIALECT", dialect,
                    "HOLDFAST_CHECK_ROUTES",
                            Path.of("src/test/resources/enforce/routes.yaml")
                                    .toAbsolutePath()
                                    .toString());
            program = Program.start(command, folder, "gateway", checks).awaitUntil(() -> Files.exists(announced));
            url = Files.readString(announced).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path data() {
        return folder.resolve("data");
    }

    /** Where it answers checks. */
    int port() {
        return port;
    }

    Program program() {
        return program;
    }

    /** A request for the account that two people have released, about a user in this place. */
    String released(String usersIn) {
        SampleRequest request =
                SampleRequest.usWarrant().withTarget("USER-ID", ACCOUNT).withAll("users", usersIn);
        JsonNode decided = post(
                "/v1/requests", request.sealed(institutions).text(), token("agent-1", "le-agent", Optional.of(AGENCY)));
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
        return post(
                "/v1/requests/" + id + "/grants",
                "{\"seconds\":300,\"categories\":[\"SUBSCRIBER\",\"CONTENT\"]}",
                token("agent-1", "le-agent", Optional.of(AGENCY)));
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
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        try {
            return JSON.readTree(text(request, 201));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(HttpRequest.Builder request, int status) {
        try {
            HttpResponse<String> response =
                    CLIENT.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != status) {
                throw new IllegalStateException(
                        "the gateway answered " + response.statusCode() + " " + response.body());
            }
            return response.body();
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
