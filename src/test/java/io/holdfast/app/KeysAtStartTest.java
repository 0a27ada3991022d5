package io.holdfast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Entry;
import io.holdfast.audit.EntryKind;
import io.holdfast.audit.EntryWriter;
import io.holdfast.audit.Envelope;
import io.holdfast.audit.Event;
import io.holdfast.audit.KeyHistory;
import io.holdfast.audit.KeyPurpose;
import io.holdfast.audit.Leaf;
import io.holdfast.audit.Ledger;
import io.holdfast.audit.LedgerException;
import io.holdfast.audit.NamedKey;
import io.holdfast.audit.RecordedHold;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.fixture.Institutions;
import io.holdfast.fixture.TemporaryLog;
import io.holdfast.fixture.WholeLog;
import io.holdfast.http.Inside;
import io.holdfast.http.SomethingSealed;
import io.holdfast.note.NoteSigner;
import io.holdfast.note.SignedNote;
import io.holdfast.note.VerifierKey;
import io.holdfast.store.CheckpointSigner;
import io.holdfast.store.DataFolder;
import io.holdfast.store.HeldKey;
import io.holdfast.store.KeyFolder;
import io.holdfast.store.KeyRegister;
import io.holdfast.store.KeyRotation;
import io.holdfast.store.SqlLedger;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gateways that are stopped, whose keys are rotated, and that are started again. */
class KeysAtStartTest {

    private static final String ORIGIN = TemporaryLog.ORIGIN;

    @TempDir
    static Path enrolled;

    @TempDir
    Path temporary;

    private static Path authorities;

    @BeforeAll
    static void enrol() throws IOException {
        authorities = Institutions.enrol(Path.of("policies"), enrolled).registry();
    }

    private Path data() {
        return temporary.resolve("data");
    }

    private KeyFolder keys() {
        return new KeyFolder(data().resolve("keys"));
    }

    private HeldKey only(KeyPurpose purpose) {
        List<HeldKey> held = held(purpose);
        assertEquals(1, held.size(), held::toString);
        return held.get(0);
    }

    private List<HeldKey> held(KeyPurpose purpose) {
        return keys().held(ORIGIN).stream()
                .filter(key -> key.key().purpose() == purpose)
                .toList();
    }

    private Wiring start(Path folder) {
        Settings settings = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(Settings.class)
                .withDefaultValue("holdfast.data", folder.toString())
                .withDefaultValue("holdfast.origin", ORIGIN)
                .withDefaultValue("holdfast.policies", "policies")
                .withDefaultValue("holdfast.authorities", authorities.toString())
                .build()
                .getConfigMapping(Settings.class);
        // One database for every gateway, as replicas have it.
        return new Wiring(settings, TemporaryLog.database(data()));
    }

    /** Starts it, has it append an entry, and stops it. */
    private void use(Path folder) {
        Wiring wiring = start(folder);
        assertEquals(Optional.empty(), wiring.gateway().trouble());
        SomethingSealed.in(wiring.gateway());
        wiring.stop();
    }

    private void use() {
        use(data());
    }

    private void assertOutOfService(Path folder, String because) {
        Wiring wiring = start(folder);
        String trouble = wiring.gateway().trouble().orElseThrow();
        wiring.stop();
        assertTrue(trouble.contains(because), trouble);
    }

    /** The log as it lies in the database, checked whole; its checkpoint bears one line for each of these keys. */
    private List<Entry> entries(KeyFolder keys) {
        try (DataFolder lock = DataFolder.lock(data());
                SqlLedger ledger = new SqlLedger(
                        TemporaryLog.database(data()),
                        lock,
                        new CheckpointSigner(keys.logSigners(ORIGIN), List.of()),
                        ORIGIN,
                        Clock.systemUTC())) {
            List<NamedKey> inForce = ledger.standing().keys().inForce(KeyPurpose.LOG);
            List<VerifierKey> signers =
                    inForce.stream().map(key -> ((NamedKey.OfLog) key).key()).toList();
            assertEquals(
                    signers,
                    SignedNote.open(ledger.checkpoint(), signers).signedBy(),
                    "every log key in force signs the checkpoint");
            assertEquals(
                    signers.size(),
                    SignedNote.parse(ledger.checkpoint()).signatures().size());
            return WholeLog.check(ledger, signers.get(0)).entries();
        }
    }

    private List<Entry> entries() {
        return entries(keys());
    }

    private static List<EntryKind> kinds(List<Entry> entries) {
        return entries.stream().map(Entry::kind).toList();
    }

    private HeldKey rotate(KeyPurpose purpose) {
        try (DataFolder lock = DataFolder.lock(data())) {
            return new KeyRotation(new KeyFolder(lock.keys())).rotate(purpose);
        }
    }

    private void retire(HeldKey key) {
        new KeyRotation(keys()).retire(key.key().purpose(), key.key().id());
    }

    @Test
    void the_genesis_names_the_first_key_of_each_purpose() {
        use();

        List<Entry> entries = entries();

        assertEquals(List.of(EntryKind.GENESIS, EntryKind.HOLD_CHANGE_BLOCKED), kinds(entries));
        assertEquals(
                keys().held(ORIGIN).stream().map(HeldKey::key).toList(),
                ((Event.Genesis) entries.get(0).event()).keys());
        assertEquals(4, keys().held(ORIGIN).size());
    }

    @Test
    void a_new_record_key_is_added_by_the_old_one_and_signs_from_then_on() {
        use();
        NamedKey old = only(KeyPurpose.RECORD).key();
        HeldKey made = rotate(KeyPurpose.RECORD);

        use();

        List<Entry> entries = entries();
        assertEquals(new Event.KeyAdded(made.key()), entries.get(2).event());
        assertEquals(
                List.of(old.id(), old.id(), old.id(), made.key().id()),
                entries.stream().map(Entry::keyId).toList());
    }

    @Test
    void both_log_keys_sign_during_the_overlap_and_the_old_one_stops_when_it_is_retired() {
        use();
        HeldKey old = only(KeyPurpose.LOG);
        HeldKey made = rotate(KeyPurpose.LOG);
        use();
        assertEquals(2, checkpointLines());

        retire(old);
        use();

        assertEquals(1, checkpointLines());
        assertEquals(made, only(KeyPurpose.LOG));
        assertFalse(Files.exists(data().resolve("keys/log.key")), "the secret of the old key is gone");
        List<Entry> entries = entries();
        assertEquals(
                List.of(
                        EntryKind.GENESIS,
                        EntryKind.HOLD_CHANGE_BLOCKED,
                        EntryKind.KEY_ADDED,
                        EntryKind.HOLD_CHANGE_BLOCKED,
                        EntryKind.KEY_RETIRED,
                        EntryKind.HOLD_CHANGE_BLOCKED),
                kinds(entries));
        assertEquals(
                new Event.KeyRetired(KeyPurpose.LOG, old.key().id()),
                entries.get(4).event());
    }

    private int checkpointLines() {
        Wiring wiring = start(data());
        byte[] note = Inside.ledger(wiring.gateway()).checkpoint();
        wiring.stop();
        return SignedNote.parse(note).signatures().size();
    }

    @ParameterizedTest
    @EnumSource(KeyPurpose.class)
    void a_key_that_is_rotated_and_retired_before_one_start_is_exchanged_at_once(KeyPurpose purpose) {
        use();
        HeldKey old = only(purpose);
        HeldKey made = rotate(purpose);
        retire(old);

        use();
        use();

        assertEquals(made, only(purpose));
        List<Entry> entries = entries();
        assertEquals(EntryKind.KEY_ADDED, entries.get(2).kind());
        assertEquals(EntryKind.KEY_RETIRED, entries.get(3).kind());
        assertEquals(6, entries.size(), "and nothing of it happens twice");
    }

    @Test
    void a_mark_that_would_leave_no_key_changes_nothing() throws IOException {
        use();
        Path mark = keys().markOf(only(KeyPurpose.RECORD).key());
        Files.createFile(mark);

        assertOutOfService(data(), "remove " + mark);

        Files.delete(mark);
        use();
        assertEquals(3, entries().size());
    }

    @Test
    void a_crash_after_the_retirement_and_before_the_secret_is_removed_is_mended_by_the_next_start()
            throws IOException {
        use();
        HeldKey old = only(KeyPurpose.RECORD);
        rotate(KeyPurpose.RECORD);
        retire(old);
        Path saved = temporary.resolve("record.key");
        Files.copy(data().resolve("keys/record.key"), saved, StandardCopyOption.COPY_ATTRIBUTES);
        use();
        Files.copy(saved, data().resolve("keys/record.key"), StandardCopyOption.COPY_ATTRIBUTES);

        use();

        assertFalse(Files.exists(data().resolve("keys/record.key")));
        assertEquals(6, entries().size());
    }

    @Test
    void a_key_that_was_lost_during_the_overlap_is_retired_in_favour_of_the_other() {
        use();
        HeldKey lost = only(KeyPurpose.LOG);
        HeldKey made = rotate(KeyPurpose.LOG);
        use();
        keys().drop(lost.name());
        retire(lost);

        use();

        assertEquals(made, only(KeyPurpose.LOG));
        assertFalse(Files.exists(keys().markOf(lost.key())));
        assertEquals(EntryKind.KEY_RETIRED, entries().get(4).kind());
    }

    @Test
    void a_crash_after_the_addition_leaves_a_key_that_is_in_force() {
        use();
        rotate(KeyPurpose.RECORD);
        Wiring wiring = start(data());
        wiring.stop();

        use();

        assertEquals(4, entries().size());
    }

    @Test
    void a_folder_of_before_the_grant_key_gets_one_and_the_log_learns_of_it() throws IOException {
        oldLog();

        use();

        List<Entry> entries = entries();
        assertEquals(
                List.of(EntryKind.GENESIS, EntryKind.KEY_ADDED, EntryKind.KEY_ADDED, EntryKind.HOLD_CHANGE_BLOCKED),
                kinds(entries));
        assertEquals(
                List.of(
                        only(KeyPurpose.LOG_ML_DSA_44).key(),
                        only(KeyPurpose.GRANT).key()),
                entries.subList(1, 3).stream()
                        .map(entry -> ((Event.KeyAdded) entry.event()).key())
                        .toList());
    }

    /** A log whose genesis names the keys of log and records and no others. */
    private void oldLog() throws IOException {
        Wiring wiring = start(temporary.resolve("elsewhere"));
        Ledger ledger = Inside.ledger(wiring.gateway());
        Event.Genesis genesis =
                (Event.Genesis) ledger.entry(0).orElseThrow().entry().event();
        String rulebook = ledger.standing().rulebook();
        wiring.stop();
        for (String file : List.of("holdfast.db", "holdfast.db-wal", "holdfast.db-shm")) {
            Files.deleteIfExists(data().resolve(file));
        }
        try (TemporaryLog log = TemporaryLog.open(data())) {
            log.ledger()
                    .append(new OldGenesis(log, rulebook, genesis.holds()))
                    .toCompletableFuture()
                    .join();
        }
        Files.delete(data().resolve("keys/grant.key"));
    }

    private record OldGenesis(TemporaryLog log, String rulebook, List<RecordedHold> holds) implements Candidate {
        @Override
        public String subject() {
            return Envelope.LOG;
        }

        @Override
        public boolean hasHistory() {
            return false;
        }

        @Override
        public List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
            Envelope envelope = new Envelope(ORIGIN, at, "first", subject(), 0, rulebook, OptionalLong.empty());
            Event event = new Event.Genesis(
                    log.signer().verifierKey().toString(), log.writer().key(), holds);
            Leaf leaf = log.writer().write(envelope, event, List.of());
            return List.of(new Draft(envelope, event, leaf, Optional.empty(), List.of()));
        }
    }

    @Test
    void a_record_key_that_was_swapped_is_not_taken_for_a_rotation() throws IOException {
        use();
        rotate(KeyPurpose.RECORD);
        use();
        KeyFolder stranger = new KeyFolder(temporary.resolve("stranger"));
        stranger.recordKey();
        Files.copy(
                temporary.resolve("stranger/record.key"),
                data().resolve("keys/record.key"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);

        assertOutOfService(data(), "the record key in " + data().resolve("keys") + " is not one that the log names");
        assertEquals(4, entries().size());
    }

    @ParameterizedTest
    @EnumSource(KeyPurpose.class)
    void a_key_in_force_that_was_lost_keeps_the_gateway_out_of_service(KeyPurpose purpose) throws IOException {
        use();
        HeldKey old = only(purpose);
        rotate(purpose);
        retire(old);
        use();
        Files.delete(data().resolve("keys/" + only(purpose).name() + ".key"));

        assertOutOfService(data(), "from its backup");
    }

    @Test
    void a_second_gateway_on_the_same_log_adds_nothing_twice_and_retires_its_own_copy() throws IOException {
        use();
        Path replica = temporary.resolve("replica");
        copyKeys(data(), replica);
        use(replica);
        HeldKey old = only(KeyPurpose.RECORD);
        HeldKey made = rotate(KeyPurpose.RECORD);
        Files.copy(
                data().resolve("keys/" + made.name() + ".key"),
                replica.resolve("keys/" + made.name() + ".key"),
                StandardCopyOption.COPY_ATTRIBUTES);

        use(); // adds the key
        use(replica); // knows it already
        retire(old);
        use(); // retires it
        use(replica); // drops it

        assertFalse(Files.exists(replica.resolve("keys/record.key")));
        List<Entry> entries = entries();
        assertEquals(
                List.of(EntryKind.KEY_ADDED, EntryKind.KEY_RETIRED),
                kinds(entries).stream()
                        .filter(kind -> kind != EntryKind.GENESIS && kind != EntryKind.HOLD_CHANGE_BLOCKED)
                        .toList());
        assertEquals(made.key().id(), entries.get(entries.size() - 1).keyId());
    }

    @Test
    void a_gateway_that_did_not_get_the_new_key_is_out_of_service_once_the_old_one_is_retired() throws IOException {
        use();
        Path replica = temporary.resolve("replica");
        copyKeys(data(), replica);
        HeldKey old = only(KeyPurpose.RECORD);
        rotate(KeyPurpose.RECORD);
        use();
        use(replica); // the old key is still in force
        retire(old);
        use();

        assertOutOfService(replica, "a record key that the log has in force is not in");
    }

    @Test
    void a_gateway_that_runs_on_while_its_record_key_is_retired_records_nothing_more() throws IOException {
        use();
        Path replica = temporary.resolve("replica");
        copyKeys(data(), replica);
        HeldKey old = only(KeyPurpose.RECORD);
        rotate(KeyPurpose.RECORD);
        retire(old);
        use();

        EntryWriter stale = new EntryWriter(new KeyFolder(replica.resolve("keys")).recordKeys());
        Wiring wiring = start(data());
        KeyHistory now = Inside.ledger(wiring.gateway()).standing().keys();
        wiring.stop();

        LedgerException refused = assertThrows(LedgerException.class, () -> stale.under(now));
        assertEquals(LedgerException.Cause.UNAVAILABLE, refused.what());
    }

    private static void copyKeys(Path from, Path to) throws IOException {
        DataFolder.create(to);
        DataFolder.create(to.resolve("keys"));
        try (Stream<Path> files = Files.list(from.resolve("keys"))) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve("keys").resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    @Test
    void the_register_tells_since_when_and_until_when() {
        use();
        HeldKey old = only(KeyPurpose.LOG);
        HeldKey made = rotate(KeyPurpose.LOG);
        use();
        retire(old);
        use();

        KeyRegister register = keys().register().orElseThrow();

        assertEquals(0, register.find(old.key()).orElseThrow().since());
        assertEquals(4, register.find(old.key()).orElseThrow().until().orElseThrow());
        assertEquals(2, register.find(made.key()).orElseThrow().since());
        assertTrue(register.find(made.key()).orElseThrow().isInForce());
        assertEquals(6, entries(keys()).size());
    }

    @Test
    void an_auditor_who_has_only_the_first_log_key_can_still_check_the_overlap() {
        use();
        VerifierKey first = new NoteSigner(ORIGIN, keys().logKey()).verifierKey();
        rotate(KeyPurpose.LOG);
        use();

        entries().forEach(entry -> assertTrue(entry.envelope().issuer().equals(ORIGIN)));
        Wiring wiring = start(data());
        List<VerifierKey> signedBy = SignedNote.open(
                        Inside.ledger(wiring.gateway()).checkpoint(), List.of(first))
                .signedBy();
        wiring.stop();
        assertEquals(List.of(first), signedBy);
    }
}
