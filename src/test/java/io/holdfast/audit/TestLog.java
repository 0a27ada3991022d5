package io.holdfast.audit;

import io.holdfast.fixture.TestAuthority;
import io.holdfast.legal.Check;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Hold;
import io.holdfast.note.Checkpoint;
import io.holdfast.note.Ed25519Key;
import io.holdfast.note.MlDsa44Key;
import io.holdfast.note.NoteSigner;
import io.holdfast.note.SignedNote;
import io.holdfast.note.TimestampRequest;
import io.holdfast.note.VerifierKey;
import io.holdfast.policy.PolicyException;
import io.holdfast.policy.PolicySet;
import io.holdfast.policy.Rulebook;
import io.holdfast.tlog.Bundle;
import io.holdfast.tlog.Frontier;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.ProofFile;
import io.holdfast.tlog.Proofs;
import io.holdfast.tlog.Tile;
import io.holdfast.tlog.TiledHashes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A log with real keys and real signatures, entry by entry. It writes down whatever it is told to: what an honest gateway
 * writes ({@link #decide}, {@link #add}), and what a dishonest one with the same keys could ({@link #addRaw}).
 */
public final class TestLog {

    public static final String ORIGIN = "holdfast.example/log";
    public static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    private static final NoteSigner LOG_KEY = new NoteSigner(ORIGIN, key(1));
    private static final NoteSigner NEXT_LOG_KEY = new NoteSigner(ORIGIN, key(6));
    private static final RecordKey RECORD_KEY = new RecordKey(key(2));
    private static final RecordKey NEXT_RECORD_KEY = new RecordKey(key(5));
    private static final PolicySet RULES = rules();
    private static final Rulebook RULEBOOK = load(RULES);

    private final EntryWriter writer = new EntryWriter(List.of(RECORD_KEY, NEXT_RECORD_KEY));
    private final List<Leaf> leaves = new ArrayList<>();
    private Standing standing = Standing.BEFORE_GENESIS;
    private Instant now = START;
    private final Map<String, byte[]> timestamps = new TreeMap<>();
    private final Map<String, PolicySet> sets = new TreeMap<>(Map.of(RULES.digest(), RULES));
    private final Map<String, Rulebook> loaded = new TreeMap<>(Map.of(RULES.digest(), RULEBOOK));

    private TestLog() {}

    /** A log with its genesis: the small rulebook of the tests, and its hold on Hong Kong. */
    public static TestLog started() {
        TestLog log = new TestLog();
        log.add(Envelope.LOG, log.genesis());
        return log;
    }

    /** A log without any entry. */
    public static TestLog empty() {
        return new TestLog();
    }

    /** One of everything that a gateway does, 15 entries, all of them right. */
    public static TestLog honest() {
        TestLog log = started();
        log.decide("held", SomeFacts.hongKongWarrant());
        log.decide("delivered", SomeFacts.usWarrant());
        log.approve("delivered", "tag-a");
        log.approve("delivered", "tag-b");
        log.decide("delivered", SomeFacts.usWarrant().withApprovals(2));
        log.add("delivered", log.access("delivered"));
        log.deliver("delivered");
        log.decide("kept", SomeFacts.usLetter());
        log.add(Envelope.subjectOfHold("us"), new Event.HoldPlaced(RecordedHold.of(SomeFacts.pauseOnUs(1, true))));
        log.add(Envelope.subjectOfHold("us"), new Event.HoldTightened(RecordedHold.of(SomeFacts.pauseOnUs(2, false))));
        log.add(
                Envelope.subjectOfHold("us"),
                new Event.HoldChangeBlocked("us", Event.Attempt.LIFT, Event.Blocked.NEEDS_TWO_PEOPLE));
        log.decide("stopped", SomeFacts.usWarrant());
        log.decide("returned", SomeFacts.unknownInstrument());
        return log;
    }

    /** A log whose record key and log key were rotated, 9 entries, all of them right. */
    public static TestLog rotated() {
        TestLog log = started();
        log.decide("old-key", SomeFacts.hongKongWarrant());
        log.add(Envelope.LOG, new Event.KeyAdded(nextRecordKey()));
        log.decide("both-keys", SomeFacts.hongKongWarrant());
        log.add(Envelope.LOG, new Event.KeyAdded(new NamedKey.OfLog(nextLogKey().verifierKey())));
        log.add(Envelope.LOG, new Event.KeyAdded(new NamedKey.OfGrants(key(7).publicKey())));
        log.add(Envelope.LOG, retirement(new NamedKey.OfRecords(RECORD_KEY.publicKey())));
        log.add(Envelope.LOG, retirement(new NamedKey.OfLog(verifierKey())));
        log.decide("new-key", SomeFacts.hongKongWarrant());
        return log;
    }

    public static Event.KeyRetired retirement(NamedKey key) {
        return new Event.KeyRetired(key.purpose(), key.id());
    }

    public Event.Genesis genesis() {
        List<Hold> holds = RULEBOOK.startHolds();
        return new Event.Genesis(
                verifierKey().toString(),
                writer.key(),
                holds.stream().map(RecordedHold::of).toList());
    }

    /** Appends what was made under the standing of this moment, a second later than the last. */
    public long add(String subject, Event event) {
        return addRaw(envelope(subject), event);
    }

    /** Has the checkpoint of this moment stamped, and names the time-stamp. */
    public long stamp(TestAuthority by) {
        by.at = now;
        Checkpoint checkpoint = Checkpoint.parse(checkpointAt(leaves.size()).text());
        return name(
                checkpoint,
                by.answer(TimestampRequest.of(checkpoint, Optional.empty()).bytes()));
    }

    /** Names a response as the time-stamp of a checkpoint. */
    long name(Checkpoint checkpoint, byte[] response) {
        TimestampResponse kept = new TimestampResponse(response);
        timestamps.put(LogLayout.timestampFile(kept.digest()), response);
        return add(Envelope.LOG, new Event.CheckpointTimestamped(checkpoint.size(), checkpoint.root(), kept.digest()));
    }

    /** The envelope of the next entry, if nothing is wrong with it. */
    public Envelope envelope(String subject) {
        now = now.plusSeconds(leaves.isEmpty() ? 0 : 1);
        return new Envelope(
                ORIGIN,
                now,
                String.format("01980000-0000-7000-8000-%012x", leaves.size()),
                subject,
                standing.epoch(),
                leaves.isEmpty() ? RULES.digest() : standing.rulebook(),
                OptionalLong.empty());
    }

    public long addRaw(Envelope envelope, Event event) {
        return addRaw(envelope, event, writer.under(standing.keys()));
    }

    public long addRaw(Envelope envelope, Event event, EntryWriter by) {
        long index = addLeaf(by.write(envelope, event, List.of()));
        standing = standing.after(envelope, event);
        return index;
    }

    /** Appends bytes that need not be an entry. */
    public long addLeaf(Leaf leaf) {
        leaves.add(leaf);
        return leaves.size() - 1L;
    }

    /** Decides as the rulebook in force says. */
    public long decide(String subject, Facts facts) {
        Envelope envelope = envelope(subject);
        Rulebook inForce = loaded.get(standing.rulebook());
        return addRaw(envelope, decided(facts, inForce.decide(facts, standing.holds(), envelope.at())));
    }

    /** What this rulebook would change from the next entry on; its files belong to the log from here on. */
    RulebookChange changeTo(PolicySet set) {
        sets.put(set.digest(), set);
        loaded.put(set.digest(), load(set));
        return RulebookChange.between(
                loaded.get(standing.rulebook()),
                loaded.get(set.digest()),
                standing.holds().holds(),
                now);
    }

    /** The rulebook of the tests with one of its files changed. */
    static PolicySet rulesWith(String path, String from, String to) {
        SortedMap<String, byte[]> files = RULES.files();
        String text = new String(files.get(path), StandardCharsets.UTF_8);
        if (!text.contains(from)) {
            throw new AssertionError(path + " does not say " + from);
        }
        files.put(path, text.replace(from, to).getBytes(StandardCharsets.UTF_8));
        return PolicySet.of(files).relocked();
    }

    public static Event.RequestDecided decided(Facts facts, Decision decision) {
        return new Event.RequestDecided(
                facts, Map.of(Check.SEAL_MATCHES, Check.Result.PASSED), "0".repeat(64), decision);
    }

    /** Approves the latest decision on the request. */
    public long approve(String subject, String by) {
        return add(subject, new Event.ApprovalGiven(latest(subject).leaf().hash(), by));
    }

    /** What may be read for the request after its latest decision, a release. */
    public Event.Accessed access(String subject) {
        Event.RequestDecided decided = (Event.RequestDecided) latest(subject).event();
        Decision.Released released = (Decision.Released) decided.decision();
        return new Event.Accessed(
                decided.facts().action(),
                released.scope().granted(),
                decided.facts().accounts());
    }

    /** A package of everything that may be read for the request. */
    public PackageEvent.Made packed(String subject) {
        Event.Accessed access = access(subject);
        return new PackageEvent.Made(
                access.categories(),
                access.accounts(),
                7,
                Hash.ofNothing(),
                Optional.of(Hash.ofNothing()),
                now.plus(Duration.ofDays(7)),
                2);
    }

    /** Packs everything that may be read for the request, and hands it over. */
    public long deliver(String subject) {
        PackageEvent.Made made = packed(subject);
        return hand(subject, add(subject, made), made);
    }

    /** @param index of the entry of the package */
    public long hand(String subject, long index, PackageEvent.Made made) {
        return answer(
                subject, index, new Event.Delivered(made.categories(), made.accounts(), made.items(), made.manifest()));
    }

    /** Appends what answers an earlier entry. */
    public long answer(String subject, long previous, Event event) {
        Envelope envelope = envelope(subject);
        return addRaw(
                new Envelope(
                        envelope.issuer(),
                        envelope.at(),
                        envelope.id(),
                        envelope.subject(),
                        envelope.epoch(),
                        envelope.rulebook(),
                        OptionalLong.of(previous)),
                event);
    }

    /** The latest decision on the request. */
    public Entry latest(String subject) {
        for (int i = leaves.size() - 1; i >= 0; i--) {
            Entry entry = Entry.parse(leaves.get(i));
            if (entry.kind() == EntryKind.REQUEST_DECIDED
                    && entry.envelope().subject().equals(subject)) {
                return entry;
            }
        }
        throw new AssertionError("no decision on " + subject);
    }

    public Standing standing() {
        return standing;
    }

    /** From here on entries are written at this time, and after it. */
    public void waitUntil(Instant time) {
        now = time;
    }

    public List<Stored> entries() {
        List<Stored> entries = new ArrayList<>();
        for (Leaf leaf : leaves) {
            entries.add(new Stored(entries.size(), Entry.parse(leaf)));
        }
        return entries;
    }

    public Leaf leaf(long index) {
        return leaves.get((int) index);
    }

    /** The log as an export has it, signed by its key. */
    public MemorySource files() {
        return files(LOG_KEY);
    }

    public MemorySource files(NoteSigner... signers) {
        MemorySource log = new MemorySource();
        long size = leaves.size();
        List<List<Hash>> rows = new ArrayList<>();
        Frontier frontier = Frontier.empty();
        for (Leaf leaf : leaves) {
            frontier = frontier.append(leaf.hash(), (height, index, hash) -> {
                if (height / 8 == rows.size()) {
                    rows.add(new ArrayList<>());
                }
                if (height % 8 == 0) {
                    rows.get(height / 8).add(hash);
                }
            });
        }
        for (int level = 0; level < rows.size(); level++) {
            for (long first = 0; first < rows.get(level).size(); first += Tile.FULL_WIDTH) {
                Tile.Hashes tile = Tile.Hashes.at(level, first / Tile.FULL_WIDTH, size);
                log.files.put(tile.path(), Hash.join(part(rows.get(level), tile)));
            }
        }
        for (long first = 0; first < size; first += Tile.FULL_WIDTH) {
            Tile.Entries bundle = Tile.Entries.at(first / Tile.FULL_WIDTH, size);
            log.files.put(
                    bundle.path(),
                    Bundle.encode(part(leaves, bundle).stream().map(Leaf::bytes).toList()));
        }
        sets.forEach((digest, set) ->
                set.files().forEach((path, bytes) -> log.files.put(LogLayout.rulebookFile(digest, path), bytes)));
        holdTexts().forEach((path, bytes) -> {
            if (isNamed(path)) {
                log.files.put(path, bytes);
            }
        });
        log.files.putAll(timestamps);
        Checkpoint checkpoint = new Checkpoint(signers[0].verifierKey().label().name(), size, frontier.root());
        log.files.put("checkpoint", checkpoint.sign(signers).print());
        return log;
    }

    /** The whole form of every hold that tests place. */
    private static Map<String, byte[]> holdTexts() {
        List<Hold> holds = new ArrayList<>(RULEBOOK.startHolds());
        for (int version = 1; version <= 3; version++) {
            holds.add(SomeFacts.pauseOnUs(version, true));
            holds.add(SomeFacts.pauseOnUs(version, false));
        }
        Map<String, byte[]> texts = new TreeMap<>();
        holds.forEach(hold ->
                texts.put(LogLayout.holdFile(RecordedHold.of(hold).texts().hex()), RecordedHold.textsOf(hold)));
        return texts;
    }

    private boolean isNamed(String path) {
        return leaves.stream().anyMatch(leaf -> {
            try {
                return NamedFiles.namedBy(Entry.parse(leaf).event()).contains(path);
            } catch (UnreadableException e) {
                return false;
            }
        });
    }

    /** What its key signed when it had so many entries. */
    public SignedNote checkpointAt(int size) {
        Frontier frontier = Frontier.empty();
        for (Leaf leaf : leaves.subList(0, size)) {
            frontier = frontier.append(leaf.hash());
        }
        return new Checkpoint(ORIGIN, size, frontier.root()).sign(LOG_KEY);
    }

    private static <T> List<T> part(List<T> row, Tile tile) {
        return row.subList((int) tile.first(), (int) tile.first() + tile.width());
    }

    /** Exports it into a folder that is not there yet. */
    public LogFolder export(Path to) {
        LogExport.write(files(), ExportTarget.folder(to), Progress.NONE);
        return LogFolder.of(to);
    }

    /** The proof of one entry under the log's checkpoint. */
    public ProofFile proof(long index) {
        MemorySource log = files();
        TiledHashes hashes =
                new TiledHashes(leaves.size(), tile -> log.read(tile.path()).orElseThrow());
        return new ProofFile(
                index,
                Proofs.inclusion(index, leaves.size(), hashes),
                new String(log.files.get("checkpoint"), StandardCharsets.UTF_8));
    }

    public static VerifierKey verifierKey() {
        return LOG_KEY.verifierKey();
    }

    /** What an auditor of this log brings. */
    public static Anchors anchors() {
        return Anchors.ofKeys(List.of(verifierKey()), Optional.of(ORIGIN));
    }

    public static Rulebook rulebookInForce() {
        return RULEBOOK;
    }

    public static String rulebookDigest() {
        return RULES.digest();
    }

    public static SortedMap<String, byte[]> rulebook() {
        return RULES.files();
    }

    public static Map<String, SortedMap<String, byte[]>> rulebooks() {
        return new TreeMap<>(Map.of(RULES.digest(), rulebook()));
    }

    /** The log key that follows the first. */
    public static NoteSigner nextLogKey() {
        return NEXT_LOG_KEY;
    }

    public static NoteSigner firstLogKey() {
        return LOG_KEY;
    }

    public static NamedKey mlDsa44Key() {
        byte[] seed = new byte[MlDsa44Key.SEED_BYTES];
        seed[0] = 8;
        return new NamedKey.OfLog(VerifierKey.of(ORIGIN, MlDsa44Key.ofSeed(seed).publicKey()));
    }

    /** The record key that follows the first. */
    public static NamedKey nextRecordKey() {
        return new NamedKey.OfRecords(NEXT_RECORD_KEY.publicKey());
    }

    public static EntryWriter firstWriter() {
        return new EntryWriter(RECORD_KEY);
    }

    public static EntryWriter nextWriter() {
        return new EntryWriter(NEXT_RECORD_KEY);
    }

    /** A writer with another key than the log's. */
    public static EntryWriter foreignWriter() {
        return new EntryWriter(new RecordKey(key(3)));
    }

    /** A checkpoint key of the same name that nobody trusts. */
    public static NoteSigner foreignLogKey() {
        return new NoteSigner(ORIGIN, key(4));
    }

    private static Ed25519Key key(int number) {
        byte[] seed = new byte[Ed25519Key.SEED_BYTES];
        seed[0] = (byte) number;
        return Ed25519Key.ofSeed(seed);
    }

    private static PolicySet rules() {
        try {
            return PolicySet.read(Path.of("src/test/resources/audit/rulebook")).relocked();
        } catch (PolicyException e) {
            throw new AssertionError(e);
        }
    }

    private static Rulebook load(PolicySet set) {
        try {
            return set.rulebook();
        } catch (PolicyException e) {
            throw new AssertionError(e);
        }
    }
}
