package io.holdfast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.fixture.Institutions;
import io.holdfast.fixture.OnePack;
import io.holdfast.fixture.TemporaryLog;
import io.holdfast.gate.PolicyWatch;
import io.holdfast.policy.PolicySet;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway does when the directory of its policies changes. Each step of its keeper is one look. */
class PolicyKeeperTest {

    @TempDir
    Path temporary;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Path policies;
    private Wiring wiring;
    private PolicyKeeper keeper;
    private PolicyHealth health;

    @BeforeEach
    void start() {
        policies = temporary.resolve("policies");
        OnePack.write(OnePack.set(), policies);
        startThere();
    }

    private void startThere() {
        Path authorities = Institutions.enrol(Path.of("policies"), temporary.resolve("enrolled"))
                .registry();
        Path data = temporary.resolve("data");
        wiring = new Wiring(new ChosenSettings(() -> data, policies, authorities), TemporaryLog.database(data));
        keeper = wiring.policyKeeper().orElseThrow();
        health = new PolicyHealth(wiring, meters);
    }

    @AfterEach
    void stop() {
        wiring.stop();
    }

    private PolicyWatch watch() {
        return wiring.policies().orElseThrow();
    }

    private void assertInForce(PolicySet set) {
        assertEquals(set.digest(), watch().inForce().digest());
    }

    private double meter(String name) {
        return meters.get(name).gauge().value();
    }

    /** A set counts once it was read twice alike. */
    private void lookTwice() {
        keeper.step();
        keeper.step();
    }

    @Test
    void what_opens_nothing_comes_into_force_at_the_second_look() {
        OnePack.write(OnePack.stricter(), policies);
        keeper.step();
        assertInForce(OnePack.set());
        keeper.step();

        assertInForce(OnePack.stricter());
        assertEquals(PolicyWatch.Seen.class, watch().seen().getClass());
        assertEquals(Optional.empty(), watch().seen().next());
        assertEquals(HealthCheckResponse.Status.UP, health.call().getStatus());
    }

    @Test
    void a_change_that_keeps_size_and_date_of_the_file_is_seen_too() throws IOException {
        Path pack = policies.resolve("packs/us-sca.yaml");
        FileTime date = Files.getLastModifiedTime(pack);
        OnePack.write(OnePack.stricter(), policies);
        Files.setLastModifiedTime(pack, date);
        lookTwice();

        assertInForce(OnePack.stricter());
    }

    @Test
    void a_directory_that_is_swapped_by_a_link_is_followed() throws IOException {
        wiring.stop();
        Path mount = temporary.resolve("mount");
        OnePack.write(OnePack.set(), mount.resolve("..2026_1"));
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..2026_1"));
        for (String name : new String[] {
            "bundle.lock", "holds", "invariants.yaml", "packs", "postures", "treaties.yaml", "vocabulary.yaml"
        }) {
            Files.createSymbolicLink(mount.resolve(name), Path.of("..data", name));
        }
        policies = mount;
        startThere();
        assertInForce(OnePack.set());

        OnePack.write(OnePack.stricter(), mount.resolve("..2026_2"));
        Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..2026_2"));
        Files.move(mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        lookTwice();

        assertInForce(OnePack.stricter());
    }

    @Test
    void a_set_that_is_just_being_copied_is_not_judged() throws IOException {
        Path pack = policies.resolve("packs/us-sca.yaml");
        Files.write(pack, OnePack.stricter().files().get("packs/us-sca.yaml"));
        keeper.step(); // its lock is still the old one
        OnePack.write(OnePack.stricter(), policies);
        keeper.step();
        assertEquals(0, meter("holdfast.policies.bad"));
        keeper.step();

        assertInForce(OnePack.stricter());
    }

    @Test
    void a_bad_set_changes_nothing_alarms_and_shows_in_health_until_it_is_mended() throws IOException {
        Files.writeString(policies.resolve("packs/us-sca.yaml"), "schema: holdfast/v1\nkind: Pack\n");
        lookTwice();

        assertInForce(OnePack.set());
        HealthCheckResponse down = health.call();
        assertEquals(HealthCheckResponse.Status.DOWN, down.getStatus());
        assertTrue(down.getData().orElseThrow().get("why").toString().contains("packs/us-sca.yaml"));
        assertEquals(1, meter("holdfast.policies.bad"));
        assertEquals(Optional.empty(), wiring.gateway().trouble(), "it is as ready as before");

        OnePack.write(OnePack.set(), policies);
        lookTwice();
        assertEquals(HealthCheckResponse.Status.UP, health.call().getStatus());
        assertEquals(0, meter("holdfast.policies.bad"));
    }

    @Test
    void a_set_that_breaks_a_statement_changes_nothing() {
        OnePack.write(OnePack.forbidden(), policies);
        lookTwice();

        assertInForce(OnePack.set());
        assertTrue(health.call()
                .getData()
                .orElseThrow()
                .get("why")
                .toString()
                .contains("statement content-needs-a-court does not hold"));
    }

    @Test
    void a_directory_that_is_gone_changes_nothing() throws IOException {
        Files.move(policies, temporary.resolve("elsewhere"));
        lookTwice();
        assertInForce(OnePack.set());
        assertEquals(HealthCheckResponse.Status.DOWN, health.call().getStatus());

        Files.move(temporary.resolve("elsewhere"), policies);
        lookTwice();
        assertEquals(HealthCheckResponse.Status.UP, health.call().getStatus());
    }

    @Test
    void what_opens_waits_and_going_back_before_that_leaves_nothing_to_wait_for() {
        OnePack.write(OnePack.looser(), policies);
        lookTwice();
        assertInForce(OnePack.set());
        assertEquals(
                OnePack.looser().digest(), health.call().getData().orElseThrow().get("waiting"));
        assertEquals(1, meter("holdfast.policies.waiting"));

        OnePack.write(OnePack.set(), policies);
        lookTwice();
        assertEquals(0, meter("holdfast.policies.waiting"));
    }

    @Test
    void a_gateway_whose_files_are_late_does_not_undo_what_is_in_force() {
        OnePack.write(OnePack.alike("Another title"), policies);
        lookTwice();
        assertInForce(OnePack.alike("Another title"));

        OnePack.write(OnePack.set(), policies);
        lookTwice();

        assertInForce(OnePack.alike("Another title"));
        assertEquals(OnePack.set().digest(), watch().seen().next().orElseThrow().digest());
    }
}
