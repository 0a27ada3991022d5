package io.holdfast.app;

import io.holdfast.audit.Entry;
import io.holdfast.audit.EntryWriter;
import io.holdfast.audit.Event;
import io.holdfast.audit.KeyPurpose;
import io.holdfast.audit.NamedKey;
import io.holdfast.audit.RulebookArchive;
import io.holdfast.audit.Stored;
import io.holdfast.audit.UnreadableException;
import io.holdfast.audit.Warning;
import io.holdfast.cli.ServeOptions;
import io.holdfast.enforce.HttpUserDataStore;
import io.holdfast.evidence.Examiner;
import io.holdfast.evidence.Registry;
import io.holdfast.gate.ClockDesk;
import io.holdfast.gate.ClockStepDesk;
import io.holdfast.gate.Collector;
import io.holdfast.gate.CopyDesk;
import io.holdfast.gate.ErasureDesk;
import io.holdfast.gate.Fulfilment;
import io.holdfast.gate.Gate;
import io.holdfast.gate.Genesis;
import io.holdfast.gate.Grants;
import io.holdfast.gate.HeldRequests;
import io.holdfast.gate.HoldDesk;
import io.holdfast.gate.KeyDesk;
import io.holdfast.gate.LookUps;
import io.holdfast.gate.NoticeDesk;
import io.holdfast.gate.NoticeWatch;
import io.holdfast.gate.OpenCopies;
import io.holdfast.gate.PackageTerms;
import io.holdfast.gate.PeopleRule;
import io.holdfast.gate.PolicyWatch;
import io.holdfast.gate.PreservationDesk;
import io.holdfast.gate.PreservingStore;
import io.holdfast.gate.ReportDesk;
import io.holdfast.gate.Retries;
import io.holdfast.gate.ReviewDesk;
import io.holdfast.gate.ReviewQueue;
import io.holdfast.gate.RulebookDesk;
import io.holdfast.gate.RulebookInForce;
import io.holdfast.gate.SealedClaims;
import io.holdfast.gate.StaleRulebookException;
import io.holdfast.http.CoverLetters;
import io.holdfast.http.Gateway;
import io.holdfast.legal.Hold;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.note.NoteSigner;
import io.holdfast.policy.AuthorityFiles;
import io.holdfast.policy.PolicyException;
import io.holdfast.policy.PolicySet;
import io.holdfast.policy.Rulebook;
import io.holdfast.policy.Vetting;
import io.holdfast.store.CheckpointSigner;
import io.holdfast.store.DataFolder;
import io.holdfast.store.Database;
import io.holdfast.store.FrozenLog;
import io.holdfast.store.HeldKey;
import io.holdfast.store.KeptKeys;
import io.holdfast.store.KeyFolder;
import io.holdfast.store.KeyForm;
import io.holdfast.store.KeyProtection;
import io.holdfast.store.Passphrase;
import io.holdfast.store.SqlLedger;
import io.holdfast.store.SqlSpool;
import io.holdfast.vault.CannotOpenException;
import io.holdfast.vault.MasterKeys;
import io.holdfast.vault.Vault;
import io.holdfast.webhook.Outbox;
import io.holdfast.webhook.Receiver;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Puts the gateway together, once. Whatever is wrong with keys, policies, database or folder ends in a gateway that is out
 * of service: it stays up, says why in its log and its readiness, and refuses everything. It never serves without one part.
 */
@Startup
@Singleton
class Wiring {

    private static final Logger LOG = Logger.getLogger(Wiring.class);

    private final Gateway gateway;
    private DataFolder folder;
    private SqlLedger ledger;
    private VaultKeeper keeper;
    private HoldKeeper holdKeeper;
    private ClockKeeper clockKeeper;
    private QueueKeeper queueKeeper;
    private PreservationKeeper preservationKeeper;
    private Optional<PackageKeeper> packageKeeper = Optional.empty();
    private NoticeKeeper noticeKeeper;
    private Optional<WebhookKeeper> webhooks = Optional.empty();
    private Publishing publishing;
    private PolicyKeeper policyKeeper;
    private Optional<TimestampKeeper> timestamps = Optional.empty();
    private Optional<Grants> grants = Optional.empty();
    private Optional<PolicyWatch> watch = Optional.empty();

    @Inject
    Wiring(Settings settings, Database database, TokenWiring tokens) {
        this(settings, database, tokens.objection());
    }

    /** Whoever calls, whose tokens are believed is somebody else's business. */
    Wiring(Settings settings, Database database) {
        this(settings, database, Optional.empty());
    }

    /** @param objection why it must not serve whatever else is right */
    Wiring(Settings settings, Database database, Optional<String> objection) {
        this.gateway = objection.isPresent() ? outOfService(objection.get()) : start(settings, database);
    }

    @Produces
    @Singleton
    Gateway gateway() {
        return gateway;
    }

    /** Nothing if no authority is set, or the gateway is out of service. */
    Optional<TimestampKeeper> timestamps() {
        return timestamps;
    }

    /** Nothing if the gateway is out of service. */
    Optional<PolicyWatch> policies() {
        return watch;
    }

    /** Nothing if the gateway is out of service. */
    Optional<PolicyKeeper> policyKeeper() {
        return Optional.ofNullable(policyKeeper);
    }

    /** Nothing if the gateway is out of service. */
    Optional<ClockDesk> clocks() {
        return Optional.ofNullable(clockKeeper).map(ClockKeeper::desk);
    }

    /** Nothing if the gateway is out of service. */
    Optional<HoldKeeper> holdKeeper() {
        return Optional.ofNullable(holdKeeper);
    }

    /** Nothing if the gateway is out of service. */
    Optional<NoticeWatch> notices() {
        return Optional.ofNullable(noticeKeeper).map(NoticeKeeper::watch);
    }

    /** Nothing if the gateway is out of service. */
    Optional<Grants> grants() {
        return grants;
    }

    /** Nothing if nobody is sent events, or the gateway is out of service. */
    Optional<Outbox> outbox() {
        return webhooks.map(WebhookKeeper::outbox);
    }

    private Gateway start(Settings settings, Database database) {
        try {
            return Gateway.of(assemble(settings, database));
        } catch (PolicyException e) {
            return outOfService("the policies are not valid, and nothing is decided without them:\n" + e.getMessage());
        } catch (StaleRulebookException | IllegalStateException | IllegalArgumentException | UncheckedIOException e) {
            return outOfService(e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("start failed", e);
            return outOfService("start failed: " + e.getMessage());
        }
    }

    private static Registry registry(AuthorityFiles enrolled) {
        try {
            return Registry.of(enrolled.authorities(), enrolled.digest());
        } catch (UnreadableException e) {
            throw new IllegalStateException(
                    e.getMessage(), e); // for the operator to mend, so without a trace in the log
        }
    }

    private Gateway outOfService(String because) {
        LOG.errorf("OUT OF SERVICE, every request is refused: %s", because);
        return Gateway.outOfService(because);
    }

    private Gateway.Parts assemble(Settings settings, Database database) throws PolicyException {
        Warning warning = new Warning(settings.clocks().warnAt());
        Optional<Receiver> receiver = WebhookKeeper.receiver(settings.webhook());
        PolicySet policies = PolicySet.read(settings.policies());
        Rulebook inDirectory = policies.rulebook();
        Path authorities = settings.authorities().orElse(settings.policies().resolve("authorities"));
        AuthorityFiles enrolled = AuthorityFiles.read(authorities, inDirectory.vocabulary());
        Registry registry = registry(enrolled);
        folder = DataFolder.lock(settings.data());
        KeyFolder keys = new KeyFolder(folder.keys(), protection(settings.keys()));
        List<NoteSigner> signers = keys.logSigners(settings.origin());
        EntryWriter writer = new EntryWriter(keys.recordKeys());
        MasterKeys masterKeys = MasterKeys.of(keys.exposeMasterKeys());
        ledger = new SqlLedger(
                database,
                folder,
                new CheckpointSigner(signers, keys.logCosigners(settings.origin())),
                settings.origin(),
                Clock.systemUTC());
        KeptKeys kept = new KeptKeys(database);
        Vault vault = vault(masterKeys, kept);
        RulebookInForce inForce = new RulebookInForce(inForce(inDirectory));
        Examiner examiner = new Examiner(registry, Jurisdiction.of(settings.provider()));
        Gate gate = new Gate(ledger, settings.origin(), writer, vault, examiner, inForce, Clock.systemUTC());
        if (ledger.standing().isBeforeGenesis()) {
            Genesis genesis =
                    genesis(settings, gate, signers.get(0).verifierKey().toString(), keys, inDirectory, policies);
            Vetting.vet(policies, Clock.systemUTC().instant());
            ledger.append(genesis).toCompletableFuture().join();
            LOG.infof(
                    "new log %s with %d holds in force",
                    settings.origin(), ledger.standing().recorded().size());
        }
        checkSameLog(settings);
        new KeysAtStart(ledger, new KeyDesk(gate), keys, folder.keys(), settings.origin()).settle();
        keeper = new VaultKeeper(masterKeys, vault, kept, Clock.systemUTC());
        keeper.start();
        RulebookDesk rulebooks = new RulebookDesk(gate, new PolicyWatch(gate));
        policyKeeper = new PolicyKeeper(settings.policies(), settings.policiesEvery(), ledger, rulebooks);
        policyKeeper.begin(policies);
        timestamps = TimestampKeeper.of(settings.timestamp(), ledger, gate, Clock.systemUTC());
        publishing = Publishing.start(settings.witness(), ledger, Clock.systemUTC());
        HoldDesk holds = new HoldDesk(gate, people(settings));
        holdKeeper = new HoldKeeper(holds.changes(), new HeldRequests(gate), warning);
        holdKeeper.start();
        ReviewQueue queue = new ReviewQueue(gate);
        queueKeeper = new QueueKeeper(queue);
        queueKeeper.start();
        clockKeeper = new ClockKeeper(new ClockDesk(gate, warning));
        clockKeeper.start();
        Optional<HttpUserDataStore> store = settings.store().url().map(url -> new HttpUserDataStore(URI.create(url)));
        preservationKeeper =
                new PreservationKeeper(new OpenCopies(new CopyDesk(gate, store.map(PreservingStore.class::cast))));
        preservationKeeper.start();
        Optional<Fulfilment> fulfilment = store.map(it -> new Fulfilment(
                gate,
                new Collector(gate, it, new SqlSpool(database), Collector.Limits.USUAL, Retries.SHORT),
                publishing.witnesses(),
                publishing::checkpoint,
                CoverLetters.INSTANCE,
                authority -> registry.certificate(authority.id()),
                new PackageTerms(
                        settings.packages().window(), settings.packages().downloads())));
        packageKeeper = fulfilment.map(it -> new PackageKeeper(it.open()));
        packageKeeper.ifPresent(PackageKeeper::start);
        noticeKeeper = new NoticeKeeper(new NoticeWatch(gate));
        noticeKeeper.start();
        webhooks = receiver.map(it -> WebhookKeeper.of(it, ledger, database));
        webhooks.ifPresent(WebhookKeeper::start);
        timestamps.ifPresent(TimestampKeeper::start); // last: none starts where another does not
        policyKeeper.start();
        watch = Optional.of(rulebooks.watch());
        grants = Optional.of(new Grants(
                gate, settings.store().name(), keys.grantKeys(), publishing.witnesses(), publishing::checkpoint));
        return new Gateway.Parts(
                settings.origin(),
                ledger,
                gate,
                holds,
                new ReviewDesk(gate),
                queue,
                new ClockStepDesk(gate),
                new NoticeDesk(gate),
                noticeKeeper.watch(),
                new SealedClaims(gate),
                new LookUps(gate),
                new ErasureDesk(gate),
                new ReportDesk(gate),
                rulebooks,
                fulfilment,
                new PreservationDesk(gate),
                grants.get(),
                publishing,
                new Gateway.Limits(
                        settings.intake().mostTargets(),
                        settings.intake().mostDays(),
                        settings.log().entriesPublic()));
    }

    private static Genesis genesis(
            Settings settings, Gate gate, String logKey, KeyFolder keys, Rulebook rulebook, PolicySet policies) {
        List<NamedKey> others = otherKeys(keys, settings.origin());
        byte[] files = RulebookArchive.write(policies);
        if (settings.continues().isEmpty()) {
            return new Genesis(gate, logKey, others, startHolds(rulebook, settings.holds()), files);
        }
        FrozenLog frozen = FrozenLog.read(settings.continues().get());
        if (frozen.head().origin().equals(settings.origin())) {
            throw new IllegalStateException("the log in " + settings.continues().get() + " is " + settings.origin()
                    + " too; a log that continues it needs another holdfast.origin");
        }
        return Genesis.continuing(frozen.head(), frozen.holds(), rulebook.everyHold(), gate, logKey, others, files);
    }

    /** @throws IllegalArgumentException if it could never be satisfied, or by one person alone */
    private static PeopleRule people(Settings settings) {
        return new PeopleRule(
                settings.holdsPeople(), settings.holdsApprovers().map(names -> Set.copyOf(new HashSet<>(names))));
    }

    private static KeyProtection protection(Settings.Keys keys) {
        Optional<KeyForm> form = keys.form()
                .map(text -> KeyForm.parse(text)
                        .orElseThrow(() -> new IllegalStateException(
                                "holdfast.keys.form must be plain, passphrase or pkcs12; it is something else")));
        return new KeyProtection(form, Passphrase.of(System.getenv(), keys.passphraseFile()));
    }

    private static List<Hold> startHolds(Rulebook rulebook, String name) {
        if (name.equals(ServeOptions.START_HOLDS)) {
            return rulebook.startHolds();
        }
        return rulebook.posture(name)
                .orElseThrow(() -> new IllegalStateException(
                        "holdfast.holds is " + name + ", which is no posture; there are " + rulebook.postures()));
    }

    /** What the genesis names beside the keys of log and records. */
    private static List<NamedKey> otherKeys(KeyFolder keys, String origin) {
        return keys.held(origin).stream()
                .filter(held -> held.name().isFirst())
                .map(HeldKey::key)
                .filter(key -> key.purpose() != KeyPurpose.RECORD && key.purpose() != KeyPurpose.LOG)
                .toList();
    }

    /** The origin must be the one that the log itself names. */
    private void checkSameLog(Settings settings) {
        Entry first = ledger.entry(0).map(Stored::entry).orElseThrow();
        if (!first.envelope().issuer().equals(settings.origin())) {
            throw new IllegalStateException("the log in " + settings.data() + " is "
                    + first.envelope().issuer() + ", and holdfast.origin is " + settings.origin());
        }
        if (settings.continues().isPresent()
                && !(first.event() instanceof Event.Genesis genesis
                        && genesis.former().isPresent())) {
            throw new IllegalStateException(
                    "the log in " + settings.data() + " is there already and continues no other; "
                            + "holdfast.continues is for a new data folder and a new database");
        }
    }

    /** That of the directory, if the log has it in force or is new; else what the log has in force, kept beside it. */
    private Rulebook inForce(Rulebook inDirectory) {
        String digest = ledger.standing().rulebook();
        return ledger.standing().isBeforeGenesis() || digest.equals(inDirectory.digest())
                ? inDirectory
                : PolicyWatch.kept(ledger.content(Genesis.contentName(digest)), digest);
    }

    /** Another master key would seal what comes, and open nothing of what came before. */
    private Vault vault(MasterKeys masterKeys, KeptKeys kept) {
        try {
            Optional<byte[]> former = ledger.standing().isBeforeGenesis()
                    ? Optional.empty()
                    : Optional.of(masterKeys.exposeFormerCallKey());
            Instant now = Clock.systemUTC().instant();
            Vault vault = Vault.open(masterKeys, kept, now, former);
            vault.pseudonyms(now);
            kept.shares()
                    .forEach(share ->
                            vault.caseKey(share.caseId(), share.sample().bytes()));
            return vault;
        } catch (CannotOpenException e) {
            throw new IllegalStateException("the master keys at hand do not open what this log has sealed: "
                    + e.getMessage() + "; restore the right file in the folder of keys, or HOLDFAST_MASTER_KEY");
        }
    }

    @PreDestroy
    void stop() {
        if (publishing != null) {
            publishing.close();
        }
        timestamps.ifPresent(TimestampKeeper::close);
        if (policyKeeper != null) {
            policyKeeper.close();
        }
        webhooks.ifPresent(WebhookKeeper::close);
        if (queueKeeper != null) {
            queueKeeper.close();
        }
        packageKeeper.ifPresent(PackageKeeper::close);
        if (preservationKeeper != null) {
            preservationKeeper.close();
        }
        if (noticeKeeper != null) {
            noticeKeeper.close();
        }
        if (clockKeeper != null) {
            clockKeeper.close();
        }
        if (holdKeeper != null) {
            holdKeeper.close();
        }
        if (keeper != null) {
            keeper.close();
        }
        if (ledger != null) {
            ledger.close();
        }
        if (folder != null) {
            folder.close();
        }
    }
}
