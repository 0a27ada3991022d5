package io.holdfast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.cli.DevelopmentIssuer;
import io.holdfast.fixture.TemporaryLog;
import io.holdfast.http.IssuerKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Production refuses to start with the development issuer, and development stays on one machine. */
class DevelopmentTest {

    private static final String PROVIDER = "https://issuer.test.invalid";
    private static final String KEYS = "https://issuer.test.invalid/keys";
    private static final String SERVER = "jdbc:postgresql://127.0.0.1/holdfast";

    @TempDir
    Path data;

    private DevelopmentIssuer issuer;

    @BeforeEach
    void somebodyTriedThingsOutHere() {
        issuer = new DevelopmentIssuer(data);
        issuer.create();
    }

    private Development production(String name, String location) {
        return new Development(false, data, Optional.of(name), Optional.of(location), "0.0.0.0", SERVER);
    }

    private Development development(String host, String database) {
        return new Development(
                true,
                data,
                Optional.of(DevelopmentIssuer.NAME),
                Optional.of(issuer.publicKey().toString()),
                host,
                database);
    }

    private IssuerKeys developmentKey() throws IOException {
        return IssuerKeys.parse(Files.readString(issuer.publicKey()));
    }

    private static IssuerKeys providersKey() throws NoSuchAlgorithmException {
        byte[] der = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPublic()
                .getEncoded();
        return IssuerKeys.parse("-----BEGIN PUBLIC KEY-----\n"
                + Base64.getEncoder().encodeToString(der) + "\n-----END PUBLIC KEY-----\n");
    }

    private static void assertRefused(Optional<String> objection) {
        assertTrue(
                objection.orElseThrow().startsWith("tokens of the development issuer would be believed"),
                objection::toString);
    }

    @Test
    void a_provider_of_ones_own_is_no_objection_even_where_things_were_tried_out_before() throws Exception {
        assertEquals(Optional.empty(), production(PROVIDER, KEYS).objection(Optional.of(providersKey())));
        assertEquals(Optional.empty(), production(PROVIDER, KEYS).objection(Optional.empty()));
    }

    @Test
    void the_name_of_the_development_issuer_is_refused() throws Exception {
        assertRefused(production(DevelopmentIssuer.NAME, KEYS).objection(Optional.of(providersKey())));
        assertRefused(production(DevelopmentIssuer.NAME, KEYS).objection(Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/somewhere/else/development/issuer.pub.pem",
                "holdfast-data/development/issuer.pub.pem",
                "file:///somewhere/else/development/issuer.pub.pem"
            })
    void the_key_file_of_any_development_issuer_is_refused(String location) {
        assertRefused(production(PROVIDER, location).objection(Optional.empty()));
    }

    @Test
    void the_key_of_this_gateways_development_issuer_is_refused_wherever_it_comes_from() throws Exception {
        assertRefused(production(PROVIDER, KEYS).objection(Optional.of(developmentKey())));
    }

    @Test
    void the_gateway_is_then_out_of_service_and_says_what_to_do() {
        ChosenSettings settings = new ChosenSettings(() -> data, Path.of("policies"), Path.of("policies/authorities"));
        Optional<String> objection = production(DevelopmentIssuer.NAME, KEYS).objection(Optional.empty());
        Wiring wiring = new Wiring(settings, TemporaryLog.database(data), objection);

        HealthCheckResponse ready = new Readiness(wiring.gateway()).call();

        assertEquals(HealthCheckResponse.Status.DOWN, ready.getStatus());
        assertTrue(ready.getData().orElseThrow().get("why").toString().endsWith("to those of your identity provider"));
        wiring.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.0.0.2"})
    void development_on_this_machine_is_no_objection(String host) throws Exception {
        assertEquals(Optional.empty(), development(host, "embedded").objection(Optional.of(developmentKey())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "no such host"})
    void development_where_others_can_come_is_refused(String host) throws Exception {
        String why = development(host, "embedded")
                .objection(Optional.of(developmentKey()))
                .orElseThrow();

        assertTrue(why.startsWith("--development is for this machine alone"), why);
    }

    @Test
    void development_on_a_log_that_others_share_is_refused() throws Exception {
        String why = development("127.0.0.1", SERVER)
                .objection(Optional.of(developmentKey()))
                .orElseThrow();

        assertTrue(why.startsWith("--development is for a log of its own"), why);
        assertTrue(!why.contains(SERVER), why);
    }

    @Test
    void the_start_says_loudly_that_it_is_for_development_and_how_to_be_each_role() {
        List<String> lines = new DevelopmentIssuer(Path.of("it's here")).warning();

        assertEquals("DEVELOPMENT ISSUER IN USE. Never serve real requests this way.", lines.get(1));
        assertEquals(
                7, lines.stream().filter(line -> line.startsWith("export ")).count());
        assertTrue(lines.contains(
                "export HOLDFAST_TOKEN=$(holdfast token --data 'it'\\''s here' --subject auditor-1 --role auditor)"));
    }
}
