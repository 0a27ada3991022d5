package io.holdfast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.cli.DevelopmentIssuer;
import io.holdfast.fixture.CallerIssuer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said about traffic in files and settings, and what becomes of it if it cannot be had. */
class TrafficWiringTest {

    private static final CallerIssuer ISSUER = new CallerIssuer();
    private static final String RULES =
            Path.of("src/test/resources/enforce/traffic.yaml").toString();

    @TempDir
    Path folder;

    private final Map<String, String> settings = new HashMap<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @BeforeEach
    void set() throws IOException {
        Path keys = folder.resolve("callers.pem");
        Files.writeString(keys, ISSUER.pem());
        settings.put("holdfast.data", folder.toString());
        settings.put("holdfast.check.callers.issuer", CallerIssuer.NAME);
        settings.put("holdfast.check.callers.keys", keys.toString());
        settings.put("holdfast.check.callers.audience", CallerIssuer.AUDIENCE);
        settings.put("holdfast.check.traffic", RULES);
    }

    private TrafficWiring wired() {
        Settings chosen = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(Settings.class)
                .withDefaultValues(settings)
                .withConverter(Duration.class, 200, new DurationConverter())
                .build()
                .getConfigMapping(Settings.class);
        return new TrafficWiring(chosen, registry, Optional.of(List.of("holdfast")));
    }

    private String refused() {
        TrafficWiring wiring = wired();
        assertTrue(wiring.ordinary().isEmpty());
        return wiring.trouble().orElseThrow();
    }

    @Test
    void without_a_file_everything_is_guarded() {
        settings.remove("holdfast.check.traffic");
        TrafficWiring wiring = wired();

        assertEquals(Set.of(), wiring.ordinary().orElseThrow().ids());
        assertEquals(Optional.empty(), wiring.trouble());
    }

    @Test
    void each_rule_has_a_meter_of_its_own() {
        TrafficWiring wiring = wired();

        assertEquals(
                Set.of("mail-frontend", "support-desk", "billing"),
                wiring.ordinary().orElseThrow().ids());
        assertEquals(Optional.empty(), wiring.trouble());
        assertEquals(
                3, registry.find("holdfast.traffic.ordinary").functionCounters().size());
        wiring.stop();
    }

    @Test
    void a_file_that_cannot_be_had_lets_nothing_through_and_says_where_it_is_wrong() throws Exception {
        Path file = folder.resolve("traffic.yaml");
        settings.put("holdfast.check.traffic", file.toString());
        assertTrue(refused().contains("cannot be read"));
        Files.writeString(
                file, Files.readString(Path.of(RULES)).replace("    jwt: {claim: azp, value: billing}\n", ""));
        assertTrue(refused().contains("traffic.yaml:23:5: an ordinary rule needs mtls or jwt"), refused());
    }

    @Test
    void tokens_of_nobody_known_let_nothing_through() {
        for (String setting : List.of("issuer", "keys", "audience")) {
            String value = settings.remove("holdfast.check.callers." + setting);
            assertTrue(refused().contains("set holdfast.check.callers.issuer, .keys and .audience"));
            settings.put("holdfast.check.callers." + setting, value);
        }
    }

    @Test
    void tokens_for_the_gateway_itself_are_not_those_of_callers() {
        settings.put("holdfast.check.callers.audience", "holdfast");

        assertTrue(refused().contains("is an audience of the gateway itself"));
    }

    @Test
    void the_development_issuer_says_nothing_for_a_gateway_that_others_use() {
        DevelopmentIssuer development = new DevelopmentIssuer(folder);
        development.create();
        settings.put("holdfast.check.callers.keys", development.publicKey().toString());
        assertTrue(refused().contains("development issuer"));
        settings.put("holdfast.development", "true");
        TrafficWiring wiring = wired();
        assertTrue(wiring.ordinary().isPresent());
        wiring.stop();
    }

    @Test
    void keys_that_cannot_be_read_are_told_and_nobody_is_known_meanwhile() {
        settings.put("holdfast.check.callers.keys", folder.resolve("none.pem").toString());
        TrafficWiring wiring = wired();

        assertTrue(wiring.ordinary().isPresent());
        assertTrue(wiring.trouble().orElseThrow().contains("none.pem"));
        assertFalse(new TrafficHealth(wiring).call().getStatus().name().equals("UP"));
        wiring.stop();
    }

    @Test
    void keys_of_the_web_come_over_tls() {
        settings.put("holdfast.check.callers.keys", "http://192.0.2.1/keys");
        TrafficWiring wiring = wired();

        assertTrue(wiring.trouble().orElseThrow().startsWith("holdfast.check.callers.keys must begin with https:"));
        wiring.stop();
    }
}
