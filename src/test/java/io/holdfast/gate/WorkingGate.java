package io.holdfast.gate;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.CanonicalJson;
import io.holdfast.audit.Entry;
import io.holdfast.audit.Event;
import io.holdfast.audit.Ledger;
import io.holdfast.audit.LedgerSource;
import io.holdfast.audit.LogSource;
import io.holdfast.audit.NamedKey;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.RulebookArchive;
import io.holdfast.audit.Stored;
import io.holdfast.bag.RecipientCertificate;
import io.holdfast.evidence.Examiner;
import io.holdfast.evidence.Registry;
import io.holdfast.evidence.SealedInstrument;
import io.holdfast.fixture.Recipient;
import io.holdfast.fixture.Seals;
import io.holdfast.fixture.TemporaryLog;
import io.holdfast.fixture.WholeLog;
import io.holdfast.legal.Action;
import io.holdfast.legal.Authority;
import io.holdfast.legal.AuthorityLevel;
import io.holdfast.legal.Channel;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Duty;
import io.holdfast.legal.Emergency;
import io.holdfast.legal.Instrument;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.NonDisclosure;
import io.holdfast.legal.Offence;
import io.holdfast.legal.Request;
import io.holdfast.legal.Review;
import io.holdfast.note.Ed25519Key;
import io.holdfast.policy.PolicyException;
import io.holdfast.policy.PolicySet;
import io.holdfast.store.Database;
import io.holdfast.tlog.Hash;
import io.holdfast.vault.Vault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A gate on a real log with the rulebook of this repository. Close and open it to restart; the folder stays. */
final class WorkingGate implements AutoCloseable {

    /** The authority that packages are encrypted for. */
    static final Recipient RECIPIENT = Recipient.ec("P-256");

    static final RecipientCertificate CERTIFICATE = RecipientCertificate.parse(RECIPIENT.certificate());

    static final Jurisdiction HK = Jurisdiction.of("HK");
    static final Jurisdiction US = Jurisdiction.of("US");

    private static final Instrument WARRANT = new Instrument("US-SW");
    private static final Ed25519Key SEAL = Ed25519Key.generate();
    private static final String DIGEST = "ab".repeat(64);
    private static final JsonNode DATA = CanonicalJson.object().put("sample", "of the account");

    static final Authority AGENCY = authority("agency", Set.of(WARRANT), Set.of());
    private static final Authority COURT = authority("court", Set.of(), Set.of(WARRANT));

    private static final Instrument LETTER = new Instrument("US-PRES");
    private static final Instrument EMERGENCY = new Instrument("US-EMERG");
    static final Authority POLICE =
            authority("police", AuthorityLevel.OFFICER, Set.of(LETTER, EMERGENCY), Set.of(LETTER, EMERGENCY));

    private final Clock clock;
    final TemporaryLog log;
    final Gate gate;

    private WorkingGate(TemporaryLog log, Vault vault, Clock clock, PolicySet policies) {
        this(log, log.ledger(), vault, clock, policies);
    }

    private WorkingGate(TemporaryLog log, Ledger ledger, Vault vault, Clock clock, PolicySet policies) {
        this.clock = clock;
        this.log = log;
        gate = new Gate(
                ledger,
                TemporaryLog.ORIGIN,
                log.writer(),
                vault,
                new Examiner(Registry.of(List.of(AGENCY, COURT, POLICE), "00"), US),
                new RulebookInForce(rulebook(policies)),
                clock);
        if (log.ledger().standing().isBeforeGenesis()) {
            log.ledger()
                    .append(new Genesis(
                            gate,
                            log.signer().verifierKey().toString(),
                            log.grantKeys().stream()
                                    .<NamedKey>map(key -> new NamedKey.OfGrants(key.publicKey()))
                                    .toList(),
                            rulebook(policies).startHolds(),
                            RulebookArchive.write(policies)))
                    .toCompletableFuture()
                    .join();
        }
    }

    static WorkingGate open(Path folder, Clock clock) {
        return open(folder, clock, policies());
    }

    /** With another rulebook. */
    static WorkingGate open(Path folder, Clock clock, PolicySet policies) {
        TemporaryLog log = TemporaryLog.open(folder, clock);
        return new WorkingGate(log, log.vault(), clock, policies);
    }

    /** With something between the gate and its log. */
    static WorkingGate open(Path folder, Clock clock, PolicySet policies, UnaryOperator<Ledger> between) {
        TemporaryLog log = TemporaryLog.open(folder, clock);
        return new WorkingGate(log, between.apply(log.ledger()), log.vault(), clock, policies);
    }

    /** One of several on one database. The first to be opened begins the log; its keys must be in the folders of the others. */
    static WorkingGate replica(Path folder, Database database) {
        return replica(folder, database, policies());
    }

    /** With another rulebook. */
    static WorkingGate replica(Path folder, Database database, PolicySet policies) {
        return replica(folder, database, Clock.systemUTC(), policies);
    }

    /** At another time. */
    static WorkingGate replica(Path folder, Database database, Clock clock) {
        return replica(folder, database, clock, policies());
    }

    private static WorkingGate replica(Path folder, Database database, Clock clock, PolicySet policies) {
        TemporaryLog log = TemporaryLog.open(folder, database, clock);
        return new WorkingGate(log, log.vault(), clock, policies);
    }

    /** With another vault than that of the folder's keys. */
    static WorkingGate open(Path folder, Vault vault) {
        return new WorkingGate(TemporaryLog.open(folder), vault, Clock.systemUTC(), policies());
    }

    private static PolicySet policies() {
        try {
            return PolicySet.read(Path.of("policies"));
        } catch (PolicyException e) {
            throw new AssertionError(e);
        }
    }

    private static io.holdfast.policy.Rulebook rulebook(PolicySet policies) {
        try {
            return policies.rulebook();
        } catch (PolicyException e) {
            throw new AssertionError(e);
        }
    }

    private static Authority authority(String id, Set<Instrument> sends, Set<Instrument> issues) {
        return authority(id, AuthorityLevel.JUDGE, sends, issues);
    }

    private static Authority authority(String id, AuthorityLevel level, Set<Instrument> sends, Set<Instrument> issues) {
        return new Authority(
                id,
                "An institution",
                US,
                level,
                Authority.Enrolment.OUT_OF_BAND,
                false,
                sends,
                issues,
                Optional.of(Seals.base64url(SEAL.publicKey().bytes())));
    }

    /** A warrant that is valid for 100 days. An order without an end forbids telling anybody. */
    Request warrant(Set<Jurisdiction> users, String account) {
        return warrant(users, account, NonDisclosure.INDEFINITE);
    }

    /** @param order without one the person concerned is told before */
    Request warrant(Set<Jurisdiction> users, String account, NonDisclosure order) {
        return warrant(users, List.of(account), order);
    }

    /** The same, about several accounts. */
    Request warrant(Set<Jurisdiction> users, List<String> accounts, NonDisclosure order) {
        Instant today = clock.instant().truncatedTo(ChronoUnit.DAYS);
        Instant issued = today.minus(10, ChronoUnit.DAYS);
        Instant expires = today.plus(100, ChronoUnit.DAYS);
        SealedInstrument sealed = new SealedInstrument("court", WARRANT, "D-1", issued, expires, DIGEST);
        return new Request(
                WARRANT,
                "court",
                "D-1",
                issued,
                expires,
                Channel.DIRECT,
                Action.DISCLOSE,
                Set.of(DataCategory.SUBSCRIBER, DataCategory.CONTENT),
                accounts.stream()
                        .map(account -> new Request.Target(Request.Target.Kind.USER_ID, account))
                        .toList(),
                today.minus(60, ChronoUnit.DAYS),
                today.minus(30, ChronoUnit.DAYS),
                Set.of(Offence.THREE_YEARS),
                false,
                Emergency.NONE,
                order,
                users,
                Set.of(US),
                new Request.Document(DIGEST, "application/pdf", Optional.of(Seals.seal(sealed, SEAL))),
                new Request.Officer("Officer 1", "1", "officer-1@agency.example", "+12025550100"),
                "CASE 1",
                Optional.empty());
    }

    /** @return the id of an order to keep what there is of an account, released at once and valid for 400 days */
    String letter() {
        Request like = warrant(Set.of(HK), "account-1");
        Instant expires = like.issuedAt().plus(410, ChronoUnit.DAYS);
        return gate.submit(
                        ofThePolice(like, LETTER, expires, Action.PRESERVE, Emergency.NONE), POLICE, Optional.empty())
                .toCompletableFuture()
                .join()
                .stored()
                .entry()
                .envelope()
                .subject();
    }

    /** A life is in danger; what the police say of it is valid for 100 days. */
    Request emergency(Set<Jurisdiction> users, String account) {
        Request like = warrant(users, account);
        return ofThePolice(like, EMERGENCY, like.expiresAt(), Action.DISCLOSE, Emergency.LIFE);
    }

    private static Request ofThePolice(
            Request like, Instrument instrument, Instant expires, Action action, Emergency emergency) {
        SealedInstrument sealed =
                new SealedInstrument(POLICE.id(), instrument, like.docket(), like.issuedAt(), expires, DIGEST);
        return new Request(
                instrument,
                POLICE.id(),
                like.docket(),
                like.issuedAt(),
                expires,
                Channel.DIRECT,
                action,
                like.categories(),
                like.targets(),
                like.from(),
                like.to(),
                like.offences(),
                false,
                emergency,
                NonDisclosure.NONE,
                like.users(),
                like.subjects(),
                new Request.Document(DIGEST, "application/pdf", Optional.of(Seals.seal(sealed, SEAL))),
                like.officer(),
                like.caseReference(),
                Optional.empty());
    }

    Receipt submit(Request request) {
        return submit(request, Optional.empty());
    }

    Receipt submit(Request request, Optional<Call> call) {
        return gate.submit(request, AGENCY, call).toCompletableFuture().join();
    }

    /** @return the id of a warrant that waits for people */
    String referred() {
        return submit(warrant(Set.of(HK), "account-1"))
                .stored()
                .entry()
                .envelope()
                .subject();
    }

    /** @return the id of a warrant that waits for people, by which the person concerned is told before */
    String referredWithoutOrder() {
        return submit(warrant(Set.of(HK), "account-1", NonDisclosure.NONE))
                .stored()
                .entry()
                .envelope()
                .subject();
    }

    List<Receipt> approve(String id, String person) {
        return approve(id, gate.find(id).orElseThrow().version(), person);
    }

    /** By somebody who has seen to everything. */
    List<Receipt> approve(String id, Hash version, String person) {
        return approve(id, version, person, EnumSet.allOf(Duty.class));
    }

    List<Receipt> approve(String id, Hash version, String person, Set<Duty> confirmed) {
        return new ReviewDesk(gate)
                .approve(id, version, Person.of(person), confirmed)
                .orElseThrow()
                .toCompletableFuture()
                .join();
    }

    List<Receipt> review(String id, Review review, String person) {
        return review(id, gate.find(id).orElseThrow().version(), review, person);
    }

    List<Receipt> review(String id, Hash version, Review review, String person) {
        return new ReviewDesk(gate)
                .review(id, version, review, Person.of(person))
                .orElseThrow()
                .toCompletableFuture()
                .join();
    }

    /** @return the id of a warrant that two people have approved */
    String released() {
        return released(warrant(Set.of(HK), "account-1"));
    }

    /** @return the id of this request, which two people have approved */
    String released(Request warrant) {
        String id = submit(warrant).stored().entry().envelope().subject();
        approve(id, "reviewer-1");
        approve(id, "reviewer-2");
        return id;
    }

    /** @return the id of a warrant whose data was handed over */
    String delivered() {
        String id = released();
        if (deliver(id) instanceof Delivery.Result.Packed) {
            return id;
        }
        throw new AssertionError("not delivered");
    }

    /** From a store that has everything of everybody. */
    Fulfilment fulfilment() {
        return fulfilment((target, categories, from, to, page) -> {
            Map<DataCategory, JsonNode> data = new EnumMap<>(DataCategory.class);
            categories.forEach(category -> data.put(category, DATA));
            return Optional.of(UserDataStore.Page.only(HK, data));
        });
    }

    /** From this store. */
    Fulfilment fulfilment(UserDataStore store) {
        return fulfilment(gate, log, store, Witnesses.NONE);
    }

    static Fulfilment fulfilment(Gate gate, TemporaryLog log, UserDataStore store, Witnesses witnesses) {
        return new Fulfilment(
                gate,
                collector(gate, log, store),
                witnesses,
                () -> Optional.of(log.ledger().checkpoint()),
                found -> "A letter.".getBytes(StandardCharsets.UTF_8),
                authority -> Optional.of(CERTIFICATE),
                PackageTerms.USUAL);
    }

    Delivery.Result pack(String id) {
        return pack(id, fulfilment());
    }

    static Delivery.Result pack(String id, Fulfilment fulfilment) {
        return fulfilment.delivery().deliver(id, Duration.ofMinutes(1)).orElseThrow();
    }

    /** Has it packed, and, if it is, collects the package. */
    Delivery.Result deliver(String id) {
        return deliver(id, fulfilment());
    }

    static Delivery.Result deliver(String id, Fulfilment fulfilment) {
        Delivery.Result result = pack(id, fulfilment);
        if (result instanceof Delivery.Result.Packed) {
            collect(fulfilment, id);
        }
        return result;
    }

    /** @return the package, encrypted for {@link #RECIPIENT} */
    static byte[] collect(Fulfilment fulfilment, String id) {
        PackageDesk.Result result = fulfilment.desk().open(id).orElseThrow();
        if (!(result instanceof PackageDesk.Result.Open open)) {
            throw new AssertionError(result);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            open.handover().writeTo(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    /** Begins to collect, and is killed before the store is asked. @return the entry that permits it */
    Stored accessed(String id) {
        Witnesses crash = index -> {
            throw new IllegalStateException("killed");
        };
        UserDataStore store = (target, categories, from, to, page) -> {
            throw new AssertionError("the store was asked");
        };
        try {
            pack(id, fulfilment(gate, log, store, crash));
            throw new AssertionError("it was not killed");
        } catch (IllegalStateException e) {
            List<Stored> entries = log.ledger().history(id);
            return entries.get(entries.size() - 1);
        }
    }

    /** That gives up at once where the store does not answer. */
    static Collector collector(Gate gate, TemporaryLog log, UserDataStore store) {
        Retries none = new Retries(0, Duration.ZERO, pause -> {});
        return new Collector(gate, store, log.spool(), Collector.Limits.USUAL, none);
    }

    /** The log as a verifier reads it, with its rulebooks. */
    LogSource source() {
        Map<String, SortedMap<String, byte[]>> rulebooks = new TreeMap<>();
        for (Entry entry : whole().entries()) {
            String digest = entry.event() instanceof Event.RulebookActivated activated
                    ? activated.change().next()
                    : entry.envelope().rulebook();
            rulebooks.computeIfAbsent(
                    digest,
                    name -> RulebookArchive.read(log.ledger()
                                    .content(Genesis.contentName(name))
                                    .orElseThrow())
                            .files());
        }
        return new LedgerSource(log.ledger(), rulebooks);
    }

    WholeLog whole() {
        return WholeLog.check(log.ledger(), log.signer().verifierKey());
    }

    @Override
    public void close() {
        log.close();
    }
}
