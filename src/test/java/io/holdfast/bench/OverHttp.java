package io.holdfast.bench;

import io.holdfast.fixture.Institutions;
import io.holdfast.fixture.SampleRequest;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Durable, signed decisions over HTTP: the packaged program in a process of its own, on the machine of its callers. */
final class OverHttp {

    private static final String ISSUER = "https://issuer.bench.invalid";

    /** Each of them acts under a token of its own. */
    private static final int AGENTS = 32;

    private final Options options;
    private final Sheet sheet;
    private final Institutions institutions;
    private final List<SampleRequest> samples;
    private final KeyPair issuer = rsa();
    private final List<byte[]> requests = new ArrayList<>();

    OverHttp(Options options, Sheet sheet, Institutions institutions, Traffic traffic) {
        this.options = options;
        this.sheet = sheet;
        this.institutions = institutions;
        this.samples = traffic.requests();
        Map<String, String> tokens = new HashMap<>();
        for (int i = 0; i < samples.size(); i++) {
            String sender = samples.get(i).sender();
            String agent = "agent-" + i / 6 % AGENTS;
            String token = tokens.computeIfAbsent(sender + " " + agent, ignored -> token(sender, agent));
            requests.add(HttpCallers.request(
                    "POST /v1/requests",
                    "Content-Type: application/json\r\nAuthorization: Bearer " + token + "\r\n",
                    samples.get(i).bytes()));
        }
    }

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has RSA", e);
        }
    }

    /** RS256, as most operators' issuers sign. */
    private String token(String authority, String agent) {
        return Jwt.issuer(ISSUER)
                .audience("holdfast")
                .subject(agent)
                .upn(agent)
                .groups(Set.of("le-agent"))
                .claim("authority", authority)
                .expiresIn(Duration.ofHours(2))
                .sign(issuer.getPrivate());
    }

    int meanBodyBytes() {
        return (int) samples.stream()
                .mapToInt(sample -> sample.bytes().length)
                .average()
                .orElseThrow();
    }

    void run(Engine engine, Path data) throws IOException {
        try (Child gateway = start(engine, data)) {
            try (HttpCallers load = new HttpCallers(gateway.url(), requests, 201, 64)) {
                Series.warmUp(options, load);
            }
            for (int callers : options.callers()) {
                try (HttpCallers load = new HttpCallers(gateway.url(), requests, 201, callers)) {
                    List<Measure> measures = Series.against(options, gateway).measure(load);
                    sheet.row("durable decisions over HTTP, " + engine.name(), Floor.callers(callers), measures);
                    goals(engine, callers, measures);
                }
            }
        }
    }

    private void goals(Engine engine, int callers, List<Measure> measures) {
        String name = "over HTTP, " + engine.name() + ", " + Floor.callers(callers);
        if (callers == 1) {
            sheet.goal(Goal.atMost(name + ", p50 at most 2 ms", 2, measures.get(1)));
        }
        if (callers == 64) {
            sheet.goal(Goal.atLeast(name + ", at least 10,000/s", 10_000, measures.get(0)));
            sheet.goal(Goal.atMost(name + ", p99 at most 10 ms", 10, measures.get(2)));
        }
    }

    private Child start(Engine engine, Path data) throws IOException {
        Path key = options.folder().resolve("issuer.pem");
        Files.writeString(
                key,
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getEncoder().encodeToString(issuer.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        Path announced = options.folder().resolve("gateway.url").toAbsolutePath();
        Files.deleteIfExists(announced);
        List<String> arguments = new ArrayList<>(options.java());
        arguments.add("-Dmp.jwt.verify.issuer=" + ISSUER);
        arguments.add("-Dmp.jwt.verify.publickey.location=" + key.toUri());
        engine.settings(data).forEach(setting -> arguments.add("-D" + setting));
        arguments.addAll(List.of("-jar", System.getProperty("holdfast.jar"), "serve"));
        arguments.addAll(List.of("--data", data.toString(), "--policies", LiveGate.POLICIES.toString()));
        arguments.addAll(List.of("--authorities", institutions.registry().toString()));
        arguments.addAll(List.of("--port", "0", "--announce", announced.toString()));
        return Child.start(options.folder(), announced, arguments);
    }
}
