package io.holdfast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Entry;
import io.holdfast.audit.Event;
import io.holdfast.audit.Leaf;
import io.holdfast.fixture.Institutions;
import io.holdfast.fixture.OnePack;
import io.holdfast.fixture.Recipient;
import io.holdfast.fixture.TemporaryLog;
import io.holdfast.fixture.TestAuthority;
import io.holdfast.http.Gateway;
import io.holdfast.note.Cosigner;
import io.holdfast.note.Ed25519Key;
import io.holdfast.store.DataFolder;
import io.holdfast.store.KeptKeys;
import io.holdfast.store.KeyFolder;
import io.holdfast.vault.MasterKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps a gateway out of service, and that it says why. */
class WiringTest {

    @TempDir
    Path temporary;

    private String data = "data";
    private Path policies;
    private Path authorities;

    @BeforeEach
    void folders() throws IOException {
        policies = temporary.resolve("policies");
        OnePack.write(OnePack.set(), policies);
        copy(Path.of("policies/authorities"), policies.resolve("authorities"));
        authorities =
                Institutions.enrol(policies, temporary.resolve("enrolled")).registry();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path data() {
        return temporary.resolve(data);
    }

    private ChosenSettings settings() {
        return new ChosenSettings(this::data, policies, authorities);
    }

    /** Starts, stops, and tells what readiness said in between. */
    private HealthCheckResponse start(Settings settings) {
        Wiring wiring = new Wiring(settings, TemporaryLog.database(data()));
        try {
            Gateway gateway = wiring.gateway();
            HealthCheckResponse answer = new Readiness(gateway).call();
            assertEquals(
                    gateway.trouble().isEmpty() ? HealthCheckResponse.Status.UP : HealthCheckResponse.Status.DOWN,
                    answer.getStatus());
            return answer;
        } finally {
            wiring.stop();
        }
    }

    private void assertReady(Settings settings) {
        HealthCheckResponse answer = start(settings);
        assertEquals(HealthCheckResponse.Status.UP, answer.getStatus(), () -> String.valueOf(answer.getData()));
        assertEquals(Optional.empty(), answer.getData());
    }

    private void assertOutOfService(Settings settings, String... because) {
        HealthCheckResponse answer = start(settings);
        assertEquals(HealthCheckResponse.Status.DOWN, answer.getStatus());
        Map<String, Object> data = answer.getData().orElseThrow();
        for (String part : because) {
            assertTrue(data.get("why").toString().contains(part), data::toString);
        }
    }

    @Test
    void a_gateway_with_everything_right_is_ready_and_ready_again_after_a_restart() {
        assertReady(settings());
        assertReady(settings());
    }

    @Test
    void policies_that_are_broken_keep_it_out_of_service() throws IOException {
        Files.writeString(policies.resolve("packs/hk.yaml"), "schema: holdfast/v1\nkind: Pack\n");

        assertOutOfService(settings(), "the policies are not valid", "packs/hk.yaml");
    }

    @Test
    void policies_whose_lock_does_not_fit_keep_it_out_of_service() throws IOException {
        Path hold = policies.resolve("holds/hk-nsl-2020.yaml");
        Files.writeString(hold, Files.readString(hold) + "# A comment that nobody reviewed.\n");

        assertOutOfService(settings(), "the policies are not valid", "holds/hk-nsl-2020.yaml");
    }

    @Test
    void policies_that_are_not_there_keep_it_out_of_service() {
        policies = temporary.resolve("nowhere");

        assertEquals(HealthCheckResponse.Status.DOWN, start(settings()).getStatus());
    }

    /** The kinds of the entries on the rulebook, as the log in the folder has them. */
    private List<String> onTheRulebook() {
        try (TemporaryLog log = TemporaryLog.open(data())) {
            return log.ledger().history(io.holdfast.audit.Envelope.RULEBOOK).stream()
                    .map(stored -> stored.entry().kind().code())
                    .toList();
        }
    }

    @Test
    void a_rulebook_that_opens_nothing_comes_into_force_at_the_start() throws IOException {
        assertReady(settings());
        OnePack.write(OnePack.stricter(), policies);

        assertReady(settings());
        assertEquals(List.of("rulebook-activated"), onTheRulebook());
        assertReady(settings());
        assertEquals(List.of("rulebook-activated"), onTheRulebook());
    }

    @Test
    void beside_a_rulebook_that_opens_something_it_starts_with_the_one_that_the_log_has_in_force() throws IOException {
        assertReady(settings());
        OnePack.write(OnePack.looser(), policies);

        assertReady(settings());
        assertEquals(List.of(), onTheRulebook());
    }

    @Test
    void a_rulebook_that_breaks_a_statement_keeps_it_out_of_service_also_beside_one_in_force() throws IOException {
        assertReady(settings());
        OnePack.write(OnePack.forbidden(), policies);
        assertOutOfService(settings(), "must not come into force", "statement ", "holdfast policy prove");

        data = "new";
        assertOutOfService(settings(), "statement ", "holdfast policy prove");
        try (TemporaryLog log = TemporaryLog.open(data())) {
            assertTrue(log.ledger().standing().isBeforeGenesis(), "no log was begun under it");
        }
    }

    @Test
    void a_registry_that_is_broken_keeps_it_out_of_service() throws IOException {
        Files.writeString(authorities.resolve("us-fbi.yaml"), "key: none\n");

        assertOutOfService(settings(), "us-fbi.yaml");
    }

    @Test
    void a_certificate_that_nothing_should_be_encrypted_for_keeps_it_out_of_service() throws IOException {
        Path file = authorities.resolve("us-fbi.yaml");
        String weak = Recipient.rsa(2048).certificate();
        String without = Files.readString(file).replaceFirst("(?s)certificate: \\|\n.*", "");
        Files.writeString(file, without + "certificate: |\n" + weak.indent(2));

        assertOutOfService(settings(), "authority us-fbi: the certificate's RSA key must have 3072");
    }

    @Test
    void time_stamps_that_nobody_could_check_keep_it_out_of_service() throws IOException {
        ChosenSettings settings = settings();
        settings.stampedAt = Optional.of("http://127.0.0.1:1/tsa");
        assertOutOfService(settings, "set holdfast.timestamp.authority");
        settings.authority = Optional.of(temporary.resolve("nowhere.pem"));
        assertOutOfService(settings, "cannot read", "nowhere.pem");
        settings.authority = Optional.of(Files.writeString(temporary.resolve("empty.pem"), "nothing"));
        assertOutOfService(settings, "holdfast.timestamp", "certificates");
        Files.write(temporary.resolve("empty.pem"), TestAuthority.of("EC").rootPem());
        settings.stampedAt = Optional.of("file:///tsa");
        assertOutOfService(settings, "holdfast.timestamp.url must be an address of the web");
    }

    @Test
    void a_receiver_of_events_that_is_not_safe_keeps_it_out_of_service() throws IOException {
        ChosenSettings settings = settings();
        settings.webhook = Optional.of("http://receiver.example/events");
        assertOutOfService(settings, "set holdfast.webhook.secret-file");
        Path secret = temporary.resolve("webhook.secret");
        settings.webhookSecret = Optional.of(secret);
        assertOutOfService(settings, "cannot read", "webhook.secret");
        Files.writeString(secret, "whsec_" + "ab".repeat(16));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        assertOutOfService(settings, "may be read by others");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        assertOutOfService(settings, "holdfast.webhook.url must begin with https://");
        Files.writeString(secret, "secret");
        assertOutOfService(settings, "holdfast.webhook.secret-file must have one line");
    }

    @Test
    void a_warning_at_no_share_of_the_time_keeps_it_out_of_service() {
        ChosenSettings settings = settings();
        settings.warnAt = 1;
        assertOutOfService(settings, "holdfast.clocks.warn-at must be more than 0 and less than 1");
    }

    @Test
    void people_that_could_never_be_enough_or_one_alone_keep_it_out_of_service() {
        ChosenSettings settings = settings();
        settings.people = 1;
        assertOutOfService(settings, "holdfast.holds.people is 1", "at least 2");
        settings.people = 3;
        settings.approvers = Optional.of(List.of("approver-1", "approver-1"));
        assertOutOfService(settings, "2 must approve", "holdfast.holds.approvers names 1");
        settings.approvers = Optional.of(List.of("approver-1", "system"));
        assertOutOfService(settings, "cannot be a person's");
        settings.approvers = Optional.of(List.of("approver-1", "approver-2"));
        assertReady(settings);
    }

    @Test
    void holds_of_an_unknown_posture_keep_it_out_of_service() {
        ChosenSettings settings = settings();
        settings.holds = "no-such-posture";

        assertOutOfService(settings, "holdfast.holds is no-such-posture");
    }

    @Test
    void a_log_of_another_name_keeps_it_out_of_service() {
        assertReady(settings());
        ChosenSettings settings = settings();
        settings.origin = "holdfast.test/another";

        assertOutOfService(settings, "holdfast.test/log", "holdfast.origin is holdfast.test/another");
    }

    @ParameterizedTest
    @ValueSource(strings = {"log.key", "record.key", "vault.key"})
    void a_key_that_is_not_the_one_of_the_log_keeps_it_out_of_service(String name) throws IOException {
        startAndUse();
        Path strange = temporary.resolve("strange-keys");
        new io.holdfast.store.KeyFolder(strange).logKey();
        Files.copy(
                strange.resolve(name),
                data().resolve("keys").resolve(name),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);

        assertOutOfService(settings(), "restore the right");
    }

    private Path witnesses(String terms) throws IOException {
        return Files.writeString(temporary.resolve("witnesses"), terms);
    }

    private static String witness(String name) {
        return "witness " + name + " "
                + Cosigner.of("witness.example/" + name, Ed25519Key.generate()).verifierKey() + " ";
    }

    @Test
    void a_quorum_without_witnesses_keeps_it_out_of_service() {
        ChosenSettings settings = settings();
        settings.quorum = Optional.of(true);

        assertOutOfService(settings, "holdfast.witness.quorum", "holdfast.witness.policy");
    }

    @Test
    void witnesses_that_cannot_be_asked_or_awaited_keep_it_out_of_service() throws IOException {
        ChosenSettings settings = settings();
        settings.witnesses = Optional.of(temporary.resolve("nowhere"));
        assertOutOfService(settings, "holdfast.witness.policy", "nowhere", "cannot be read");
        settings.witnesses = Optional.of(witnesses("witness of nothing\n"));
        assertOutOfService(settings, "holdfast.witness.policy", "line 1");
        witnesses(witness("w") + "\nquorum w\n");
        assertOutOfService(settings, "witness w has no address in the policy");
        witnesses(witness("w") + "http://127.0.0.1:1\nquorum none\n");
        assertOutOfService(settings, "\"quorum none\", so there is no quorum to wait for");
        witnesses(witness("w") + "http://127.0.0.1:1\nquorum w\n");
        settings.patience = Duration.ZERO;
        assertOutOfService(settings, "holdfast.witness.patience");
    }

    @Test
    void a_gateway_whose_witnesses_are_all_down_is_ready_since_holds_must_still_be_placed() throws IOException {
        ChosenSettings settings = settings();
        settings.witnesses = Optional.of(witnesses(witness("w") + "http://127.0.0.1:1\nquorum w\n"));
        assertReady(settings);
        settings.quorum = Optional.of(false);
        assertReady(settings);
    }

    /** So that something is sealed. */
    private void startAndUse() {
        Wiring wiring = new Wiring(settings(), TemporaryLog.database(data()));
        io.holdfast.http.SomethingSealed.in(wiring.gateway());
        wiring.stop();
    }

    @Test
    void a_key_that_was_lost_keeps_it_out_of_service() throws IOException {
        assertReady(settings());
        Files.delete(data().resolve("keys/vault.key"));

        assertOutOfService(settings(), "vault.key is missing");
    }

    @Test
    void a_key_that_others_may_read_keeps_it_out_of_service() throws IOException {
        assertReady(settings());
        Files.setPosixFilePermissions(
                data().resolve("keys/log.key"), java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));

        assertOutOfService(settings(), "log.key may be read by others");
    }

    @Test
    void a_folder_in_use_keeps_it_out_of_service() {
        DataFolder other = DataFolder.lock(data());

        assertOutOfService(settings(), "in use by another gateway");

        other.close();
        assertReady(settings());
    }

    @Test
    void after_a_start_with_a_new_master_key_the_old_one_is_needed_no_more() throws Exception {
        startAndUse();
        KeyFolder keys = new KeyFolder(data().resolve("keys"));
        String old = MasterKeys.of(keys.exposeMasterKeys()).newest();
        KeptKeys kept = new KeptKeys(TemporaryLog.database(data()));
        assertTrue(kept.needs(old));
        keys.addMasterKey();

        Wiring wiring = new Wiring(settings(), TemporaryLog.database(data()));
        long patience = System.nanoTime() + 20_000_000_000L;
        while (kept.needs(old) && System.nanoTime() < patience) {
            Thread.onSpinWait();
        }
        wiring.stop();

        assertFalse(kept.needs(old), "not wrapped anew within 20 s");
        Files.delete(data().resolve("keys/vault.key"));
        assertReady(settings());
    }

    @Test
    void an_old_master_key_that_was_destroyed_too_early_keeps_it_out_of_service_and_is_named() throws IOException {
        startAndUse();
        KeyFolder keys = new KeyFolder(data().resolve("keys"));
        String old = MasterKeys.of(keys.exposeMasterKeys()).newest();
        keys.addMasterKey();
        Files.delete(data().resolve("keys/vault.key"));

        assertOutOfService(settings(), "master key " + old + ", which is not here", "restore the right");
    }

    @Test
    void a_new_log_continues_a_frozen_one_with_its_holds_and_names_where_it_ended() throws Exception {
        startAndUse();
        Path old = data();
        Files.writeString(old.resolve("frozen"), "evidence\n");
        Entry before = genesisIn(old);
        ChosenSettings settings = settings();
        settings.origin = "holdfast.test/log-2";
        settings.holds = "no-such-posture, and nobody asks";
        settings.continues = Optional.of(old);
        data = "data-2";

        assertReady(settings);

        Event.Genesis genesis = (Event.Genesis) genesisIn(data()).event();
        assertEquals("holdfast.test/log", genesis.former().orElseThrow().origin());
        String mark = Files.readString(old.resolve("high-water")).strip();
        assertEquals(
                mark,
                genesis.former().get().size() + " "
                        + genesis.former().get().root().base64());
        assertEquals(((Event.Genesis) before.event()).holds(), genesis.holds());
        assertReady(settings);
        settings.continues = Optional.empty();
        assertReady(settings);
    }

    private static Entry genesisIn(Path data) throws Exception {
        try (var connection = TemporaryLog.database(data).source().getConnection();
                var row = connection.createStatement().executeQuery("SELECT leaf FROM entry WHERE idx = 0")) {
            return Entry.parse(Leaf.of(row.getBytes(1)));
        }
    }

    @Test
    void what_is_no_frozen_log_is_not_continued() throws IOException {
        assertReady(settings());
        ChosenSettings settings = settings();
        settings.origin = "holdfast.test/log-2";
        settings.continues = Optional.of(data());
        data = "data-2";
        assertOutOfService(settings, "holds no frozen log");

        Files.writeString(settings.continues.get().resolve("frozen"), "evidence\n");
        settings.origin = "holdfast.test/log";
        assertOutOfService(settings, "needs another holdfast.origin");
    }

    @Test
    void a_log_that_is_there_already_does_not_begin_to_continue_another() throws IOException {
        assertReady(settings());
        ChosenSettings settings = settings();
        settings.continues = Optional.of(temporary.resolve("other"));

        assertOutOfService(settings, "continues no other");
    }
}
