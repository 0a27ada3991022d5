package io.holdfast.bench;

import io.agroal.api.AgroalDataSource;
import io.holdfast.audit.EntryWriter;
import io.holdfast.audit.RecordKey;
import io.holdfast.audit.RulebookArchive;
import io.holdfast.evidence.Examiner;
import io.holdfast.evidence.Registry;
import io.holdfast.fixture.Institutions;
import io.holdfast.fixture.TemporaryLog;
import io.holdfast.gate.Gate;
import io.holdfast.gate.Genesis;
import io.holdfast.gate.RulebookInForce;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.note.NoteSigner;
import io.holdfast.policy.AuthorityFiles;
import io.holdfast.policy.PolicyException;
import io.holdfast.policy.PolicySet;
import io.holdfast.store.CheckpointSigner;
import io.holdfast.store.DataFolder;
import io.holdfast.store.Database;
import io.holdfast.store.KeptKeys;
import io.holdfast.store.KeyFolder;
import io.holdfast.store.SqlLedger;
import io.holdfast.vault.MasterKeys;
import io.holdfast.vault.Vault;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Everything of a gateway but HTTP, in this process: real keys, real rulebook, real log on disk. */
final class LiveGate implements AutoCloseable {

    static final String ORIGIN = TemporaryLog.ORIGIN;
    static final Path POLICIES = Path.of("policies");

    private final AgroalDataSource pool;
    private final DataFolder folder;
    private final SqlLedger ledger;
    private final NoteSigner signer;
    private final EntryWriter writer;
    private final PolicySet policies;
    private final Gate gate;
    private final double secondsToOpen;

    private LiveGate(Engine engine, Path data, Institutions institutions) throws PolicyException {
        policies = PolicySet.read(POLICIES);
        AuthorityFiles enrolled =
                AuthorityFiles.read(institutions.registry(), policies.rulebook().vocabulary());
        pool = engine.open(data);
        Database database = engine.database(pool);
        folder = DataFolder.lock(data);
        KeyFolder keys = new KeyFolder(folder.keys());
        signer = new NoteSigner(ORIGIN, keys.logKey());
        writer = new EntryWriter(new RecordKey(keys.recordKey()));
        Examiner examiner = new Examiner(Registry.of(enrolled.authorities(), enrolled.digest()), Jurisdiction.of("US"));
        long start = System.nanoTime();
        ledger = new SqlLedger(database, folder, CheckpointSigner.of(signer), ORIGIN, Clock.systemUTC());
        secondsToOpen = (System.nanoTime() - start) / 1e9;
        gate = new Gate(
                ledger,
                ORIGIN,
                writer,
                Vault.open(
                        MasterKeys.of(keys.exposeMasterKeys()),
                        new KeptKeys(database),
                        Clock.systemUTC().instant(),
                        Optional.empty()),
                examiner,
                new RulebookInForce(policies.rulebook()),
                Clock.systemUTC());
        if (ledger.standing().isBeforeGenesis()) {
            ledger.append(new Genesis(
                            gate,
                            signer.verifierKey().toString(),
                            policies.rulebook().startHolds(),
                            RulebookArchive.write(policies)))
                    .toCompletableFuture()
                    .join();
        }
    }

    static LiveGate open(Engine engine, Path data, Institutions institutions) throws PolicyException {
        return new LiveGate(engine, data, institutions);
    }

    Gate gate() {
        return gate;
    }

    SqlLedger ledger() {
        return ledger;
    }

    NoteSigner signer() {
        return signer;
    }

    EntryWriter writer() {
        return writer;
    }

    PolicySet policies() {
        return policies;
    }

    /** How long the log took to open: reading its right edge, checking it against what was signed, signing it again. */
    double secondsToOpen() {
        return secondsToOpen;
    }

    @Override
    public void close() {
        ledger.close();
        folder.close();
        pool.close();
    }
}
