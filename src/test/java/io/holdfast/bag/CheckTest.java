package io.holdfast.bag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Finding;
import io.holdfast.audit.TestLog;
import io.holdfast.note.Checkpoint;
import io.holdfast.note.Cosigner;
import io.holdfast.note.Ed25519Key;
import io.holdfast.note.NoteSigner;
import io.holdfast.note.SignedNote;
import io.holdfast.note.TrustPolicy;
import io.holdfast.note.VerifierKey;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.ProofFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the {@code Check.java} of a real package, and the verifier of our own on the same folder: both must say the same. Some
 * run it from its source as a receiver does; the others run what that compiles to, which is quicker.
 */
class CheckTest {

    private static final Path SOURCE = Path.of("src/main/resources/package/Check.java");
    private static final String KEY = TestLog.verifierKey().toString();

    private static final String PAGE = "data/account-0001/page-0001.json";
    private static final String ENTRY = "record/entry.jws";
    private static final String PROOF = "record/entry.tlog-proof";

    @TempDir
    static Path compiled;

    @TempDir
    Path folder;

    @BeforeAll
    static void compiles_without_a_warning() {
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-Xlint:all", "-Werror", "-d", compiled.toString(), SOURCE.toString());
        assertEquals(0, result);
    }

    /** What somebody did to a package, and what the two checkers must say. */
    record Tampering(String name, Consumer<Unzipped> act, String check, String verifier) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Tampering> tamperings() {
        return Stream.of(
                new Tampering(
                        "a byte of the data changed",
                        some -> flip(some, PAGE),
                        "changed, its SHA-512 is another than in manifest.json: " + PAGE,
                        PAGE + ": was changed"),
                new Tampering(
                        "a byte of the letter changed",
                        some -> flip(some, "letter.txt"),
                        "changed, its SHA-512 is another than in manifest.json: letter.txt",
                        "letter.txt: was changed"),
                new Tampering(
                        "a file grew",
                        some -> some.write(PAGE, Arrays.copyOf(some.read(PAGE), 100)),
                        "of another size than manifest.json says: " + PAGE,
                        PAGE + ": is of another size"),
                new Tampering(
                        "a file added",
                        some -> some.write("data/account-0002/page-0001.json", new byte[0]),
                        "not part of the package, remove it and look where it came from: data/account-0002/page-0001.json",
                        "data/account-0002/page-0001.json: is not part of the package"),
                new Tampering(
                        "a second letter added",
                        some -> some.write("letter-en.txt", new byte[0]),
                        "not part of the package, remove it and look where it came from: letter-en.txt",
                        "letter-en.txt: is not part of the package"),
                new Tampering("a file removed", some -> some.remove(PAGE), "missing: " + PAGE, PAGE + ": is missing"),
                new Tampering(
                        "the manifest removed",
                        some -> some.remove("manifest.json"),
                        "missing: manifest.json",
                        "manifest.json: is missing"),
                new Tampering(
                        "the entry removed", some -> some.remove(ENTRY), "missing: " + ENTRY, ENTRY + ": is missing"),
                new Tampering(
                        "the proof removed", some -> some.remove(PROOF), "missing: " + PROOF, PROOF + ": is missing"),
                new Tampering(
                        "data and manifest changed together",
                        CheckTest::changeConsistently,
                        "the entry commits to another manifest.json: this one was changed",
                        ENTRY + ": commits to another manifest"),
                new Tampering(
                        "the manifest says another count",
                        some -> some.replace("manifest.json", "\"items\":3", "\"items\":4"),
                        "the entry commits to another manifest.json",
                        ENTRY + ": commits to another manifest"),
                new Tampering(
                        "the list for sha512sum changed",
                        some -> flip(some, "manifest-sha512.txt"),
                        "manifest-sha512.txt, which sha512sum reads, says something else",
                        "manifest-sha512.txt: says something else"),
                new Tampering(
                        "a manifest that leads out of the folder",
                        some -> some.replace("manifest.json", PAGE, "data/../../page-0001.json"),
                        "manifest.json names a file that may not be called so",
                        "manifest.json: a file of a package lies below data/"),
                new Tampering(
                        "the entry changed",
                        some -> some.write(
                                ENTRY,
                                SomePackage.entry(SomePackage.REQUEST, Hash.ofNothing())
                                        .bytes()),
                        "the proof does not lead from this entry to the root",
                        PROOF + ": does not lead from the entry"),
                new Tampering(
                        "an entry and proof of another log",
                        CheckTest::fromAnotherLog,
                        "the checkpoint is not signed by the log key",
                        PROOF + ": checkpoint is signed by"),
                new Tampering(
                        "the proof of another entry",
                        some -> some.write(PROOF, proofOf(1)),
                        "the proof does not lead from this entry to the root",
                        PROOF + ": does not lead from the entry"),
                new Tampering(
                        "another entry with its own proof",
                        CheckTest::anotherEntry,
                        "the entry commits to another manifest.json",
                        ENTRY + ": commits to another manifest"),
                new Tampering(
                        "an entry of another kind",
                        CheckTest::anotherKind,
                        "the entry is of another kind",
                        ENTRY + ": the entry is of another kind"),
                new Tampering(
                        "a tree that has shrunk",
                        CheckTest::shrunken,
                        "the proof is of entry 15, and the tree of the checkpoint has only 10",
                        PROOF + ": does not lead from the entry"),
                new Tampering(
                        "a checkpoint with another size",
                        some -> some.replace(PROOF, "\n17\n", "\n18\n"),
                        "the checkpoint was changed or forged",
                        PROOF + ": checkpoint bears a signature"),
                new Tampering(
                        "a proof with a hash too few",
                        CheckTest::shortened,
                        "the proof does not lead from this entry to the root",
                        PROOF + ": does not lead from the entry"),
                new Tampering(
                        "a proof that is none",
                        some -> some.write(PROOF, "nothing".getBytes(StandardCharsets.US_ASCII)),
                        "the proof has no checkpoint",
                        PROOF + ": proof"));
    }

    @ParameterizedTest
    @MethodSource("tamperings")
    void what_was_tampered_with_is_refused_with_its_own_reason(Tampering tampering) throws Exception {
        Unzipped some = Unzipped.in(folder, SomePackage.made());
        tampering.act().accept(some);

        Ran ran = quickly(some, "--log-key", KEY);
        PackageVerifier.Result own = PackageVerifier.verify(some, TrustPolicy.ofKeys(keys()), Instant.now());

        assertEquals(1, ran.code(), ran.said());
        assertTrue(ran.said().contains("FAILED: " + tampering.check()), ran.said());
        assertFalse(ran.said().contains("PROVED:"), ran.said());
        assertTrue(
                own.findings().stream().map(Finding::toString).anyMatch(said -> said.startsWith(tampering.verifier())),
                own.findings().toString());
    }

    @Test
    void a_whole_package_is_proved_from_the_source_alone() throws Exception {
        SomePackage made = SomePackage.made();
        Unzipped some = Unzipped.in(folder, made);

        Ran ran = run(some.folder(), List.of(java(), "Check.java", ".", "--log-key", KEY));
        PackageVerifier.Result own = PackageVerifier.verify(some, TrustPolicy.ofKeys(keys()), Instant.now());

        assertEquals(0, ran.code(), ran.said());
        assertTrue(ran.said().contains("PROVED: "), ran.said());
        assertTrue(ran.said().contains("entry 15 of the 17 in " + TestLog.ORIGIN), ran.said());
        assertTrue(ran.said().contains("NOT PROVED: "), ran.said());
        assertTrue(ran.said().contains("no witness was asked for"), ran.said());
        assertTrue(
                ran.said()
                        .contains("Receipt, to be sent back: " + made.manifest().receipt()),
                ran.said());
        assertEquals(List.of(), own.findings());
        assertEquals(15, own.index());
        assertEquals(made.manifest(), own.manifest().orElseThrow());
    }

    @Test
    void a_changed_package_is_refused_from_the_source_alone() throws Exception {
        Unzipped some = Unzipped.in(folder, SomePackage.made());
        flip(some, PAGE);

        Ran ran = run(some.folder(), List.of(java(), "Check.java", ".", "--log-key", KEY));

        assertEquals(1, ran.code(), ran.said());
        assertTrue(ran.said().contains("Do not rely on this package"), ran.said());
    }

    @Test
    void the_wrong_key_proves_nothing() throws Exception {
        Unzipped some = Unzipped.in(folder, SomePackage.made());
        VerifierKey wrong = TestLog.foreignLogKey().verifierKey();
        VerifierKey otherLog = new NoteSigner("other.example/log", key(9)).verifierKey();

        Ran ran = quickly(some, "--log-key", wrong.toString());
        Ran other = quickly(some, "--log-key", otherLog.toString());

        assertEquals(1, ran.code(), ran.said());
        assertTrue(ran.said().contains("FAILED: the checkpoint is not signed by the log key"), ran.said());
        assertEquals(1, other.code(), other.said());
        assertTrue(other.said().contains("FAILED: the checkpoint is of the log " + TestLog.ORIGIN), other.said());
        assertFalse(PackageVerifier.verify(some, TrustPolicy.ofKeys(List.of(wrong)), Instant.now())
                .holds());
    }

    @Test
    void witnesses_count_when_they_are_asked_for() throws Exception {
        Unzipped some = Unzipped.in(folder, SomePackage.made());
        Cosigner one = Cosigner.of("witness.example/one", key(21));
        Cosigner two = Cosigner.of("witness.example/two", key(22));
        Cosigner late = Cosigner.of("witness.example/late", key(23));
        Instant now = Instant.now();
        cosign(some, one, now.minusSeconds(60));
        cosign(some, late, now.plusSeconds(4000));
        List<String> both = List.of("--log-key", KEY, "--witness", name(one), "--witness", name(two));

        Ran enough = quickly(some, "--log-key", KEY, "--witness", name(one));
        Ran tooFew = quickly(some, both.toArray(String[]::new));
        Ran oneOfTwo = quickly(
                some, Stream.concat(both.stream(), Stream.of("--quorum", "1")).toArray(String[]::new));
        Ran yetToCome = quickly(some, "--log-key", KEY, "--witness", name(late));

        assertEquals(0, enough.code(), enough.said());
        assertTrue(enough.said().contains("and by witness.example/one"), enough.said());
        assertEquals(1, tooFew.code(), tooFew.said());
        assertTrue(
                tooFew.said().contains("FAILED: the checkpoint is cosigned by 1 of your witnesses, and you ask for 2"));
        assertEquals(0, oneOfTwo.code(), oneOfTwo.said());
        assertEquals(1, yetToCome.code(), yetToCome.said());
        assertTrue(own(some, name(one)).holds());
        assertFalse(own(some, name(two)).holds());
        assertFalse(own(some, name(late)).holds());
    }

    @Test
    void what_cannot_be_tried_ends_with_2() throws Exception {
        Unzipped some = Unzipped.in(folder, SomePackage.made());
        String witness = name(Cosigner.of("witness.example/one", key(21)));
        for (List<String> wrong : List.of(
                List.<String>of(),
                List.of("--log-key"),
                List.of("--log-key", "x"),
                List.of("--log-key", KEY.replace("+", "-")),
                List.of("--log-key", KEY.substring(0, KEY.length() - 4) + "AAAA"),
                List.of("--log-key", witness),
                List.of("--log-key", KEY, "--quorum", "1"),
                List.of("--log-key", KEY, "--witness", witness, "--witness", witness),
                List.of("--log-key", KEY, "elsewhere"),
                List.of("--log-key", KEY, "--help", "x"))) {
            Ran ran = quickly(some, wrong.toArray(String[]::new));

            assertEquals(2, ran.code(), wrong + ": " + ran.said());
            assertTrue(ran.said().contains("usage: java Check.java"), ran.said());
        }
    }

    private static PackageVerifier.Result own(Unzipped some, String witness) throws IOException {
        String policy = "log " + KEY + "\nwitness w " + witness + "\nquorum w\n";
        return PackageVerifier.verify(some, TrustPolicy.parse(policy.getBytes(StandardCharsets.UTF_8)), Instant.now());
    }

    private static void cosign(Unzipped some, Cosigner by, Instant at) {
        ProofFile proof = ProofFile.parse(some.read(PROOF));
        SignedNote note = SignedNote.parse(proof.checkpoint().getBytes(StandardCharsets.UTF_8));
        SignedNote more = note.with(by.sign(Checkpoint.parse(note.text()), at));
        some.write(
                PROOF,
                new ProofFile(proof.index(), proof.hashes(), new String(more.print(), StandardCharsets.UTF_8)).print());
    }

    private static void flip(Unzipped some, String name) {
        byte[] bytes = some.read(name);
        bytes[bytes.length / 2] ^= 1;
        some.write(name, bytes);
    }

    /** Somebody who knows the format: all digests of the folder fit, and the log does not. */
    private static void changeConsistently(Unzipped some) {
        byte[] before = some.read(PAGE);
        byte[] after = before.clone();
        after[9] ^= 1;
        some.write(PAGE, after);
        String from = Sha512.of(before).hex();
        String to = Sha512.of(after).hex();
        some.replace("manifest.json", from, to);
        some.replace("manifest-sha512.txt", from, to);
    }

    private static void fromAnotherLog(Unzipped some) {
        Manifest manifest = Manifest.parse(some.read("manifest.json"));
        TestLog log = TestLog.started();
        long index = log.addLeaf(SomePackage.entry(manifest.request(), manifest.digest()));
        ProofFile proof = log.proof(index);
        Checkpoint checkpoint =
                Checkpoint.parse(log.checkpointAt((int) index + 1).text());
        some.write(ENTRY, log.leaf(index).bytes());
        String note = new String(checkpoint.sign(TestLog.foreignLogKey()).print(), StandardCharsets.UTF_8);
        some.write(PROOF, new ProofFile(index, proof.hashes(), note).print());
    }

    private static byte[] proofOf(long index) {
        return TestLog.honest().proof(index).print();
    }

    private static void anotherEntry(Unzipped some) {
        Manifest manifest = Manifest.parse(some.read("manifest.json"));
        put(some, SomePackage.entry(manifest.request(), Hash.ofNothing()));
    }

    private static void anotherKind(Unzipped some) {
        Manifest manifest = Manifest.parse(some.read("manifest.json"));
        put(some, SomePackage.entry("holdfast-delivered+sd-jwt", manifest.request(), manifest.digest()));
    }

    private static void put(Unzipped some, io.holdfast.audit.Leaf entry) {
        TestLog log = TestLog.honest();
        long index = log.addLeaf(entry);
        some.write(ENTRY, log.leaf(index).bytes());
        some.write(PROOF, log.proof(index).print());
    }

    /** The log signed a tree of ten once, and that has no entry 15. */
    private static void shrunken(Unzipped some) {
        ProofFile proof = ProofFile.parse(some.read(PROOF));
        String note = new String(TestLog.honest().checkpointAt(10).print(), StandardCharsets.UTF_8);
        some.write(PROOF, new ProofFile(proof.index(), proof.hashes(), note).print());
    }

    private static void shortened(Unzipped some) {
        ProofFile proof = ProofFile.parse(some.read(PROOF));
        some.write(
                PROOF,
                new ProofFile(
                                proof.index(),
                                proof.hashes().subList(1, proof.hashes().size()),
                                proof.checkpoint())
                        .print());
    }

    private static List<VerifierKey> keys() {
        return List.of(TestLog.verifierKey());
    }

    private static String name(Cosigner cosigner) {
        return cosigner.verifierKey().toString();
    }

    private static Ed25519Key key(int number) {
        byte[] seed = new byte[Ed25519Key.SEED_BYTES];
        seed[0] = (byte) number;
        return Ed25519Key.ofSeed(seed);
    }

    private record Ran(int code, String said) {}

    private Ran quickly(Unzipped some, String... options) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(java(), "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", compiled.toString(), "Check"));
        command.add(some.folder().toString());
        command.addAll(List.of(options));
        return run(folder, command);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private Ran run(Path where, List<String> command) throws Exception {
        Path said = folder.resolve("said.txt");
        Process process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS));
        return new Ran(process.exitValue(), Files.readString(said));
    }
}
