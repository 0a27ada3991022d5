package io.holdfast.http;

import io.holdfast.fixture.CallerIssuer;
import io.holdfast.fixture.Institutions;
import io.holdfast.fixture.OnePack;
import io.holdfast.fixture.Postgres;
import io.holdfast.fixture.TestAuthority;
import io.holdfast.store.DataFolder;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A gateway as an operator would set it up, in a folder of its own: institutions with fresh seals, a fresh issuer of tokens,
 * the rulebook of this repository, and the address of a store that {@link UserStore} may or may not answer on.
 */
public final class RunningGateway implements QuarkusTestResourceLifecycleManager {

    private static final CallerIssuer CALLERS = new CallerIssuer();

    private Path folder;
    private Path policies = Path.of("policies");
    private boolean onPostgres;
    private boolean withWitnesses;
    private boolean hasAuthority;
    private boolean isCopied;
    private boolean hasReceiver;
    private boolean answersChecks;
    private Optional<EventSink> receiver = Optional.empty();
    private Optional<IssuerOnTheWeb> issuer = Optional.empty();
    private boolean hasIssuerOnTheWeb;
    private Optional<Keycloak> provider = Optional.empty();
    private boolean hasProvider;
    private Optional<TestAuthority> authority = Optional.empty();

    /**
     * @param arguments {@code policies}: another folder than that of this repository; {@code postgres}: any value for a shared
     *     database instead of the embedded one; {@code witnesses}: any value for a log that {@link NearbyWitnesses} watch;
     *     {@code timestamps}: any value for an authority that stamps; {@code webhook}: any value for a receiver of events; {@code copied}: any value for a rulebook of one pack, in a
     *     directory that may be changed; {@code issuer-on-the-web}: any value for an issuer that publishes its keys at an address;
     *     {@code checks}: any value for one that answers proxies; {@code identity-provider}: any value for a real one
     */
    @Override
    public void init(Map<String, String> arguments) {
        policies = Path.of(arguments.getOrDefault("policies", "policies"));
        onPostgres = arguments.containsKey("postgres");
        withWitnesses = arguments.containsKey("witnesses");
        hasAuthority = arguments.containsKey("timestamps");
        isCopied = arguments.containsKey("copied");
        hasReceiver = arguments.containsKey("webhook");
        answersChecks = arguments.containsKey("checks");
        hasProvider = arguments.containsKey("identity-provider");
        hasIssuerOnTheWeb = arguments.containsKey("issuer-on-the-web");
    }

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("holdfast-test");
            Institutions institutions = Institutions.enrol(Path.of("policies"), folder);
            DataFolder.create(folder.resolve("data"));
            Map<String, String> settings = new HashMap<>();
            settings.put("test.folder", folder.toString());
            settings.put("holdfast.data", folder.resolve("data").toString());
            if (onPostgres) {
                settings.put("holdfast.database", Postgres.newAddress());
                settings.put("holdfast.database-user", Postgres.LOGIN);
                settings.put("holdfast.database-password", Postgres.LOGIN);
            }
            if (isCopied) {
                policies = folder.resolve("policies");
                OnePack.write(OnePack.set(), policies);
            }
            settings.put("holdfast.policies", policies.toAbsolutePath().toString());
            settings.put("holdfast.authorities", institutions.registry().toString());
            settings.put("holdfast.origin", Gateways.ORIGIN);
            if (withWitnesses) {
                settings.putAll(NearbyWitnesses.settings(folder));
            }
            settings.put("holdfast.store.url", "http://127.0.0.1:" + freePort());
            settings.put("mp.jwt.verify.issuer", Tokens.ISSUER);
            // The key itself and not its place: in tests Quarkus makes a key of its own unless there is one here.
            settings.put("mp.jwt.verify.publickey", Tokens.writeKeys(folder));
            if (hasIssuerOnTheWeb) {
                issuer = Optional.of(IssuerOnTheWeb.start(folder));
                settings.putAll(issuer.get().settings());
            }
            if (hasProvider) {
                provider = Optional.of(Keycloak.start(folder));
                settings.putAll(provider.get().settings());
            }
            settings.put("quarkus.http.test-port", "0");
            settings.put("quarkus.log.file.enabled", "true");
            settings.put("quarkus.log.file.path", folder.resolve("gateway.log").toString());
            if (answersChecks) {
                answerChecks(settings);
            }
            if (hasAuthority) {
                stamp(settings);
            }
            if (hasReceiver) {
                receiver = Optional.of(EventSink.start(folder));
                settings.putAll(receiver.get().settings());
            }
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By an authority that fails until somebody makes a file called heal. */
    private void stamp(Map<String, String> settings) throws IOException {
        authority = Optional.of(TestAuthority.of("EC"));
        Path heal = folder.resolve("heal");
        authority.get().distort =
                reply -> Files.exists(heal) ? reply : new TestAuthority.Reply(500, "text/plain", new byte[0], false);
        Path pem = folder.resolve("authority.pem");
        Files.write(pem, authority.get().rootPem());
        settings.put("holdfast.timestamp.url", authority.get().serve());
        settings.put("holdfast.timestamp.authority", pem.toString());
        settings.put("holdfast.timestamp.policy", TestAuthority.POLICY);
        settings.put("holdfast.timestamp.every", "1s");
    }

    /** At a port, and at a socket in the folder; the same over gRPC. */
    private void answerChecks(Map<String, String> settings) throws IOException {
        Path routes = folder.resolve("routes.yaml");
        Files.writeString(routes, """
                schema: holdfast/v1
                kind: Routes
                routes:
                  - path: /accounts/{email}/profile
                    methods: [GET]
                    account: {kind: EMAIL, path: email}
                    period: NONE
                    categories: [SUBSCRIBER]
                    fields: {/name: SUBSCRIBER}
                """);
        settings.put("holdfast.proxy.port", String.valueOf(freePort()));
        settings.put("holdfast.proxy.upstream", "http://127.0.0.1:" + freePort());
        settings.put("holdfast.check.port", String.valueOf(freePort()));
        settings.put("holdfast.check.socket", folder.resolve("checks.sock").toString());
        settings.put("holdfast.check.grpc-port", String.valueOf(freePort()));
        settings.put("holdfast.check.grpc-socket", folder.resolve("grpc.sock").toString());
        settings.put("holdfast.check.routes", routes.toString());
        Path traffic = folder.resolve("traffic.yaml");
        Files.writeString(traffic, """
                schema: holdfast/v1
                kind: Traffic
                guarded:
                  - id: exports
                    route: {paths: [/accounts/export]}
                ordinary:
                  - id: support-desk
                    route: {methods: [GET], paths: ["/accounts/{email}/profile"]}
                    jwt: {claim: azp, value: support-desk}
                """);
        Path keys = folder.resolve("callers.pem");
        Files.writeString(keys, CALLERS.pem());
        settings.put("holdfast.check.traffic", traffic.toString());
        settings.put("holdfast.check.callers.issuer", CallerIssuer.NAME);
        settings.put("holdfast.check.callers.keys", keys.toString());
        settings.put("holdfast.check.callers.audience", CallerIssuer.AUDIENCE);
        settings.put("test.caller", CALLERS.token("good"));
        settings.put("test.other-caller", CALLERS.token("otherclaim"));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void stop() {
        authority.ifPresent(TestAuthority::close);
        receiver.ifPresent(EventSink::close);
        issuer.ifPresent(IssuerOnTheWeb::close);
        provider.ifPresent(Keycloak::close);
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static KeyPairGenerator rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has RSA", e);
        }
    }
}
