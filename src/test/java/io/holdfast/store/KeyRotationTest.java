package io.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.EntryWriter;
import io.holdfast.audit.Envelope;
import io.holdfast.audit.Event;
import io.holdfast.audit.KeyHistory;
import io.holdfast.audit.KeyPurpose;
import io.holdfast.audit.NamedKey;
import io.holdfast.fixture.TemporaryLog;
import io.holdfast.fixture.WholeLog;
import io.holdfast.note.Checkpoint;
import io.holdfast.note.Cosigner;
import io.holdfast.note.Ed25519Key;
import io.holdfast.note.MlDsa44Key;
import io.holdfast.note.NoteSignature;
import io.holdfast.note.NoteSigner;
import io.holdfast.note.SignedNote;
import io.holdfast.note.VerifierKey;
import io.holdfast.tlog.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the files of a gateway become when its keys are rotated; the log is at hand where it has a say. */
class KeyRotationTest {

    @TempDir
    Path temporary;

    private Path folder() {
        return temporary.resolve("keys");
    }

    private KeyFolder keys() {
        return new KeyFolder(folder());
    }

    /** A gateway that was started once: its genesis names the first keys. */
    private KeyRotation started() {
        List<NamedKey> named =
                keys().held(TemporaryLog.ORIGIN).stream().map(HeldKey::key).toList();
        register(named);
        return new KeyRotation(keys());
    }

    /** As the first start of a gateway writes it. */
    private void register(List<NamedKey> named) {
        StringBuilder text = new StringBuilder(TemporaryLog.ORIGIN).append('\n');
        named.forEach(key -> text.append(key.purpose().code() + " " + key.id() + " " + key.text() + " 0\n"));
        try {
            Files.writeString(folder().resolve("register"), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<HeldKey> held(KeyPurpose purpose) {
        return keys().held(TemporaryLog.ORIGIN).stream()
                .filter(key -> key.key().purpose() == purpose)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(KeyPurpose.class)
    void the_next_key_is_made_beside_the_old_one_for_its_owner_only(KeyPurpose purpose) throws IOException {
        KeyRotation rotation = started();
        HeldKey before = held(purpose).get(0);

        HeldKey made = rotation.rotate(purpose);

        assertEquals(List.of(before, made), held(purpose));
        assertEquals(
                PosixFilePermissions.fromString("rw-------"),
                Files.getPosixFilePermissions(folder().resolve(made.name() + ".key")));
        assertTrue(made.name().toString().matches(purpose.code() + "-[0-9a-f]{16}"));
        assertFalse(Files.exists(folder().resolve(made.name() + ".key.new")));
    }

    @ParameterizedTest
    @EnumSource(KeyPurpose.class)
    void a_second_rotation_waits_until_the_log_knows_of_the_first(KeyPurpose purpose) {
        KeyRotation rotation = started();
        HeldKey made = rotation.rotate(purpose);

        String message = assertThrows(IllegalStateException.class, () -> rotation.rotate(purpose))
                .getMessage();

        assertTrue(message.contains(made.key().id()) && message.contains("start the gateway"), message);
        assertEquals(2, held(purpose).size());
    }

    @Test
    void keys_that_no_gateway_was_started_with_are_not_rotated() {
        keys().logKey();

        String message = assertThrows(IllegalStateException.class, () -> new KeyRotation(keys()))
                .getMessage();

        assertTrue(message.contains("start the gateway once"), message);
    }

    @Test
    void a_key_is_marked_and_nothing_of_it_is_lost_until_the_log_says_so() {
        KeyRotation rotation = started();
        HeldKey old = held(KeyPurpose.RECORD).get(0);
        rotation.rotate(KeyPurpose.RECORD);

        assertEquals(old.key(), rotation.retire(KeyPurpose.RECORD, old.key().id()));

        assertTrue(keys().isMarked(old.key()));
        assertEquals(2, held(KeyPurpose.RECORD).size());

        keys().drop(old.name());
        keys().unmark(old.key());

        assertFalse(keys().isMarked(old.key()));
        assertFalse(Files.exists(folder().resolve("record.key")));
        assertEquals(1, held(KeyPurpose.RECORD).size());
        assertTrue(keys().exists());
    }

    @Test
    void the_first_log_key_can_go_and_the_folder_still_has_its_keys() {
        KeyRotation rotation = started();
        HeldKey old = held(KeyPurpose.LOG).get(0);
        HeldKey made = rotation.rotate(KeyPurpose.LOG);
        keys().drop(old.name());

        assertTrue(keys().exists());
        assertEquals(List.of(made), held(KeyPurpose.LOG));
        assertEquals(1, held(KeyPurpose.RECORD).size(), "nothing was made anew");
    }

    @Test
    void the_last_key_of_a_purpose_is_not_retired() {
        KeyRotation rotation = started();
        HeldKey first = held(KeyPurpose.LOG).get(0);
        refusedToRetire(rotation, KeyPurpose.LOG, first.key().id(), "key rotate log");

        HeldKey next = rotation.rotate(KeyPurpose.LOG);
        refusedToRetire(rotation, KeyPurpose.LOG, next.key().id(), "is in force");
        rotation.retire(KeyPurpose.LOG, first.key().id());
        register(keys().held(TemporaryLog.ORIGIN).stream().map(HeldKey::key).toList());

        refusedToRetire(new KeyRotation(keys()), KeyPurpose.LOG, next.key().id(), "key rotate log");
    }

    @Test
    void a_key_that_the_log_does_not_have_in_force_is_not_retired() {
        refusedToRetire(started(), KeyPurpose.LOG, "00000000", "key list");
    }

    @Test
    void a_key_that_was_lost_is_retired_in_favour_of_the_other() {
        KeyRotation rotation = started();
        HeldKey lost = rotation.rotate(KeyPurpose.GRANT);
        register(keys().held(TemporaryLog.ORIGIN).stream().map(HeldKey::key).toList());
        keys().drop(lost.name());

        new KeyRotation(keys()).retire(KeyPurpose.GRANT, lost.key().id());

        assertTrue(keys().isMarked(lost.key()));
    }

    private static void refusedToRetire(KeyRotation rotation, KeyPurpose purpose, String id, String because) {
        String message = assertThrows(IllegalStateException.class, () -> rotation.retire(purpose, id))
                .getMessage();
        assertTrue(message.contains(because), message);
    }

    @Test
    void a_key_under_the_name_of_another_is_refused() throws IOException {
        HeldKey made = started().rotate(KeyPurpose.RECORD);
        Files.copy(
                folder().resolve("record.key"),
                folder().resolve(made.name() + ".key"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);

        String message = assertThrows(IllegalStateException.class, () -> keys().held(TemporaryLog.ORIGIN))
                .getMessage();

        assertTrue(message.contains(made.name() + " in ") && message.contains("backup"), message);
    }

    @Test
    void what_is_no_key_file_is_passed_over() throws IOException {
        started();
        for (String name : List.of(
                "log.key.new",
                "log.bak.key",
                "notes.txt",
                "log-0123.key",
                "record-3F2A91C077D0B1AA.key",
                "vault-0123456789abcdef.key")) {
            Files.writeString(folder().resolve(name), "x");
        }

        assertEquals(4, keys().held(TemporaryLog.ORIGIN).size());
    }

    @Test
    void the_register_is_the_fold_of_the_log_and_reads_back() {
        try (TemporaryLog log = TemporaryLog.open(temporary)) {
            LedgerFixture.append(log, LedgerFixture.genesis(log));
            VerifierKey first = log.signer().verifierKey();
            VerifierKey next =
                    VerifierKey.of(TemporaryLog.ORIGIN, Ed25519Key.generate().publicKey());
            LedgerFixture.append(
                    log,
                    LedgerFixture.candidate(log.writer(), Envelope.LOG, new Event.KeyAdded(new NamedKey.OfLog(next))));
            LedgerFixture.append(
                    log,
                    LedgerFixture.candidate(
                            log.writer(),
                            Envelope.LOG,
                            new Event.KeyRetired(KeyPurpose.LOG, next.label().hexId())));
            KeyRegister.of(TemporaryLog.ORIGIN, log.ledger().history(Envelope.LOG))
                    .write(folder());

            KeyRegister read = KeyRegister.read(folder()).orElseThrow();

            assertEquals(TemporaryLog.ORIGIN, read.origin());
            assertEquals(
                    List.of(
                            new KeyRegister.Row(
                                    new NamedKey.OfRecords(log.writer().key()), 0, OptionalLong.empty()),
                            new KeyRegister.Row(new NamedKey.OfLog(first), 0, OptionalLong.empty()),
                            new KeyRegister.Row(new NamedKey.OfLog(next), 1, OptionalLong.of(2))),
                    read.rows());
            WholeLog.check(log.ledger(), first);
        }
    }

    @Test
    void a_damaged_register_says_what_to_do() throws IOException {
        started();
        for (String damaged : List.of("", "x\nrecord a b 0\n", TemporaryLog.ORIGIN + "\ngrant a AAAA 0\n")) {
            Files.writeString(folder().resolve("register"), damaged);
            String message = assertThrows(IllegalStateException.class, () -> keys().register())
                    .getMessage();
            assertTrue(message.contains("remove it"), message);
        }
    }

    @Test
    void checkpoints_bear_a_line_of_every_log_key_in_force_and_of_no_other() {
        NoteSigner next = new NoteSigner(TemporaryLog.ORIGIN, Ed25519Key.generate());
        Path folder = temporary.resolve("overlap");
        try (DataFolder lock = DataFolder.lock(folder)) {
            NoteSigner first =
                    new KeyFolder(lock.keys()).logSigners(TemporaryLog.ORIGIN).get(0);
            try (SqlLedger ledger = new SqlLedger(
                    TemporaryLog.database(folder),
                    lock,
                    new CheckpointSigner(List.of(first, next), List.of()),
                    TemporaryLog.ORIGIN,
                    Clock.systemUTC())) {
                Signatures signatures = new Signatures(ledger, new KeyFolder(lock.keys()), first);
                assertEquals(List.of(first.verifierKey()), signatures.now());
                signatures.append(new Event.Genesis(
                        first.verifierKey().toString(),
                        new KeyFolder(lock.keys()).recordKeys().get(0).publicKey(),
                        List.of()));
                assertEquals(List.of(first.verifierKey()), signatures.now());
                signatures.append(new Event.KeyAdded(new NamedKey.OfLog(next.verifierKey())));
                assertEquals(List.of(first.verifierKey(), next.verifierKey()), signatures.now());
                signatures.append(LedgerFixture.failed());
                assertEquals(List.of(first.verifierKey(), next.verifierKey()), signatures.now());
                signatures.append(new Event.KeyRetired(
                        KeyPurpose.LOG, first.verifierKey().label().hexId()));
                assertEquals(List.of(next.verifierKey()), signatures.now());
                WholeLog.check(ledger, next.verifierKey());
            }
        }
    }

    @Test
    void what_is_published_is_signed_once_more_with_the_other_keys_in_force() {
        Cosigner named = keys().logCosigners(TemporaryLog.ORIGIN).get(0);
        Cosigner unknown = Cosigner.of(TemporaryLog.ORIGIN, MlDsa44Key.generate());
        NoteSigner first = keys().logSigners(TemporaryLog.ORIGIN).get(0);
        CheckpointSigner signer = new CheckpointSigner(List.of(first), List.of(unknown, named));
        try (TemporaryLog log = TemporaryLog.open(temporary)) {
            Checkpoint checkpoint = new Checkpoint(TemporaryLog.ORIGIN, 0, Hash.ofNothing());
            assertEquals(
                    List.of(), signer.cosign(checkpoint, log.ledger().standing().keys(), Instant.EPOCH));
            LedgerFixture.append(log, LedgerFixture.genesis(log));
            LedgerFixture.append(
                    log,
                    LedgerFixture.candidate(
                            log.writer(), Envelope.LOG, new Event.KeyAdded(new NamedKey.OfLog(named.verifierKey()))));

            SignedNote note = SignedNote.parse(log.ledger().checkpoint());
            List<NoteSignature> more = signer.cosign(
                    Checkpoint.parse(note.text()),
                    log.ledger().standing().keys(),
                    Instant.ofEpochSecond(1_800_000_000));

            assertEquals(1, more.size());
            assertEquals(
                    List.of(first.verifierKey(), named.verifierKey()),
                    note.with(more.get(0))
                            .open(List.of(first.verifierKey(), named.verifierKey()))
                            .signedBy());
            WholeLog.check(log.ledger(), first.verifierKey());
        }
    }

    /** The log keys that have signed the last checkpoint. */
    private record Signatures(SqlLedger ledger, KeyFolder keys, NoteSigner first) {

        void append(Event event) {
            ledger.append(LedgerFixture.candidate(new EntryWriter(keys.recordKeys()), Envelope.LOG, event))
                    .toCompletableFuture()
                    .join();
        }

        List<VerifierKey> now() {
            SignedNote note = SignedNote.parse(ledger.checkpoint());
            List<VerifierKey> known = ledger.standing().keys().spans().stream()
                    .map(KeySpans::logKey)
                    .flatMap(Optional::stream)
                    .toList();
            List<VerifierKey> all = known.isEmpty() ? List.of(first.verifierKey()) : known;
            List<VerifierKey> signedBy = note.open(all).signedBy();
            assertEquals(note.signatures().size(), signedBy.size(), "a signature of a stranger");
            return signedBy;
        }
    }

    private static final class KeySpans {
        static Optional<VerifierKey> logKey(KeyHistory.Span span) {
            return span.key() instanceof NamedKey.OfLog log ? Optional.of(log.key()) : Optional.empty();
        }
    }
}
