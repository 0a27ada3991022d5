package io.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Progress;
import io.holdfast.fixture.MemoryShelf;
import io.holdfast.fixture.Postgres;
import io.holdfast.fixture.TemporaryLog;
import io.holdfast.fixture.TestDatabase;
import io.holdfast.legal.Identifier;
import io.holdfast.vault.CannotOpenException;
import io.holdfast.vault.CaseKey;
import io.holdfast.vault.MasterKeys;
import io.holdfast.vault.Vault;
import io.holdfast.vault.WrappedKey;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** On whichever engine; see the two classes that name one. */
abstract class RewrappingTest {

    private static final byte[] PLAIN = "what is personal".getBytes(StandardCharsets.UTF_8);

    /** A case key of "case-1" as the first versions wrapped it under master key 01 01 ..., and a box of its entry. */
    private static final byte[] WITHOUT_ID = HexFormat.of()
            .parseHex("01db2ae3ed0487fd7a472968706dc57f7d8c7a49ffae0e4d0aa49434c95fb5efb7eb7ad6df95fb36773d"
                    + "418d407c01af70f629171a774977129ecdb878");

    private static final byte[] ITS_BOX = HexFormat.of()
            .parseHex("01731b978ffa95debe5a5e97102bb8ca78ab1dc1568c77017e4d045361656e8c16f64bffd2268686c6ab3738a2");

    @TempDir
    Path temporary;

    private TestDatabase database;
    KeptKeys kept;
    private final Map<String, byte[]> boxes = new LinkedHashMap<>();

    abstract TestDatabase create(Path folder);

    /** Where a process of its own finds the same database. */
    abstract String address(TestDatabase database, Path folder);

    @BeforeEach
    void open() {
        database = create(temporary);
        kept = new KeptKeys(database.alone());
    }

    @AfterEach
    void close() {
        database.close();
    }

    static MasterKeys keys(int... seeds) {
        return MasterKeys.of(Arrays.stream(seeds)
                .mapToObj(seed -> {
                    byte[] secret = new byte[MasterKeys.SECRET_BYTES];
                    Arrays.fill(secret, (byte) seed);
                    return secret;
                })
                .toList());
    }

    static Vault vault(KeptKeys kept, int... seeds) {
        return Vault.open(keys(seeds), kept, Instant.EPOCH, Optional.empty());
    }

    void sealCases(int count) throws SQLException {
        Vault vault = vault(kept, 1);
        Map<String, byte[]> wrapped = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            CaseKey key = vault.newCase("case-" + (boxes.size() + 10));
            boxes.put(key.caseId(), key.seal("entry", PLAIN));
            wrapped.put(key.caseId(), key.wrapped());
        }
        insert(wrapped);
    }

    private void insert(Map<String, byte[]> wrapped) throws SQLException {
        try (Connection connection = database.source().getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO case_key (case_id, wrapped, master) VALUES (?, ?, ?)")) {
                for (Map.Entry<String, byte[]> one : wrapped.entrySet()) {
                    insert.setString(1, one.getKey());
                    insert.setBytes(2, one.getValue());
                    insert.setString(3, KeptKeys.masterOf(WrappedKey.parse(one.getValue())));
                    insert.executeUpdate();
                }
            }
            connection.commit();
        }
    }

    private long left(int... seeds) {
        String newest = keys(seeds).newest();
        return kept.shares().stream()
                .filter(share -> !share.master().equals(newest))
                .mapToLong(KeptKeys.Share::keys)
                .sum();
    }

    /** With these master keys alone. */
    private void assertEverythingOpens(int... seeds) {
        Vault vault = vault(kept, seeds);
        Map<String, WrappedKey> all = new LinkedHashMap<>();
        for (KeptKeys.Share share : kept.shares()) {
            kept.under(share.master(), Integer.MAX_VALUE).forEach(held -> all.put(held.caseId(), held.wrapped()));
        }
        assertTrue(all.keySet().containsAll(boxes.keySet()), "a key was lost");
        boxes.forEach((id, box) ->
                assertArrayEquals(PLAIN, vault.caseKey(id, all.get(id).bytes()).openSecret("entry", box)));
    }

    /** A look-up needs them as long as there is a log, with no case key beside them too. */
    @Test
    void the_keys_of_quarters_go_under_the_newest_master_key_and_stay_the_same() {
        Identifier officer = new Identifier(Identifier.Type.OFFICER, "a@agency.example");
        List<Instant> quarters = List.of(
                Instant.parse("2026-07-01T00:00:00Z"),
                Instant.parse("2026-11-26T00:00:00Z"),
                Instant.parse("2027-01-01T00:00:00Z"));
        Vault before = vault(kept, 1);
        List<String> pseudonyms = quarters.stream()
                .map(at -> before.pseudonyms(at).pseudonym(officer))
                .toList();
        List<String> tags =
                before.allPseudonyms().stream().map(key -> key.tag(officer)).toList();
        assertTrue(kept.needs(keys(1).newest()));

        new Rewrapping(vault(kept, 1, 2), kept).run(Progress.NONE, () -> true);

        assertFalse(kept.needs(keys(1).newest()));
        Vault after = vault(kept, 2);
        assertEquals(
                pseudonyms,
                quarters.stream()
                        .map(at -> after.pseudonyms(at).pseudonym(officer))
                        .toList());
        assertEquals(
                tags,
                after.allPseudonyms().stream().map(key -> key.tag(officer)).toList());
        assertEquals(3, tags.size());
    }

    @Test
    void every_key_goes_under_the_newest_master_key_and_the_older_one_is_needed_no_more() throws SQLException {
        sealCases(1050);
        String digest = vault(kept, 1).callDigest("call", "a");
        String old = keys(1).newest();
        assertTrue(kept.needs(old));
        List<String> told = new ArrayList<>();

        long done = new Rewrapping(vault(kept, 1, 2), kept).run((at, all) -> told.add(at + "/" + all), () -> true);

        assertEquals(1050, done);
        assertEquals(List.of("200/1050", "400/1050", "600/1050", "800/1050", "1000/1050", "1050/1050"), told);
        assertFalse(kept.needs(old));
        assertTrue(kept.needs(keys(2).newest()));
        assertEverythingOpens(2);
        assertEquals(digest, vault(kept, 2).callDigest("call", "a"), "calls are not recognised any more");
        assertThrows(CannotOpenException.class, () -> vault(kept, 1));
        assertEquals(0, new Rewrapping(vault(kept, 2), kept).run(Progress.NONE, () -> true));
    }

    @Test
    void keys_that_were_wrapped_before_master_keys_had_ids_go_along() throws SQLException {
        insert(Map.of("case-1", WITHOUT_ID));
        sealCases(3);
        assertTrue(kept.needs("any-master-key"), "nobody knows which one wrapped it");
        assertEquals(4, left(1, 2));

        new Rewrapping(vault(kept, 1, 2), kept).run(Progress.NONE, () -> true);

        assertFalse(kept.needs(keys(1).newest()));
        KeptKeys.Held held = kept.under(keys(2).newest(), 10).stream()
                .filter(one -> one.caseId().equals("case-1"))
                .findFirst()
                .orElseThrow();
        assertArrayEquals(
                PLAIN, vault(kept, 2).caseKey("case-1", held.wrapped().bytes()).openSecret("entry-1", ITS_BOX));
    }

    @Test
    void broken_off_anywhere_everything_opens_and_the_next_run_goes_on() throws SQLException {
        sealCases(900);
        for (int allowed : new int[] {0, 1, 2, 1}) {
            AtomicInteger batches = new AtomicInteger(allowed);
            long before = left(1, 2);
            new Rewrapping(vault(kept, 1, 2), kept).run(Progress.NONE, () -> batches.getAndDecrement() > 0);

            assertEquals(before - 200L * allowed, left(1, 2));
            assertEverythingOpens(1, 2);
        }

        new Rewrapping(vault(kept, 1, 2), kept).run(Progress.NONE, () -> true);

        assertEverythingOpens(2);
    }

    @Test
    void a_case_that_is_shredded_meanwhile_does_not_come_back() throws SQLException {
        sealCases(300);
        AtomicInteger batch = new AtomicInteger();

        new Rewrapping(vault(kept, 1, 2), kept).run(Progress.NONE, () -> {
            if (batch.incrementAndGet() == 1) {
                deleteAll(); // between the reading of the first batch and its writing
            }
            return true;
        });

        assertEquals(List.of(), kept.shares());
    }

    private void deleteAll() {
        try (Connection connection = database.source().getConnection()) {
            connection.createStatement().executeUpdate("DELETE FROM case_key");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_key_whose_master_key_is_missing_stops_it_and_says_which_one() throws SQLException {
        sealCases(5);
        Vault without = Vault.open(keys(2), new MemoryShelf(), Instant.EPOCH, Optional.empty());

        String message = assertThrows(
                        CannotOpenException.class, () -> new Rewrapping(without, kept).run(Progress.NONE, () -> true))
                .getMessage();

        assertTrue(message.contains(keys(1).newest()), message);
        assertEverythingOpens(1);
    }

    /** A process of its own, so that it can be killed. */
    static final class Process {
        public static void main(String[] arguments) {
            boolean isServer = arguments[0].startsWith("jdbc:postgresql:");
            Database database = isServer ? server(arguments[0]) : TemporaryLog.database(Path.of(arguments[0]));
            KeptKeys kept = new KeptKeys(database);
            new Rewrapping(vault(kept, 1, 2), kept).run((done, all) -> System.out.println("batch"), () -> true);
        }

        private static Database server(String address) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(address);
            source.setUser(Postgres.LOGIN);
            source.setPassword(Postgres.LOGIN);
            return new Database(Engine.SERVER, source, Optional.empty());
        }
    }

    @Test
    void killed_at_random_it_loses_nothing_and_the_next_run_completes() throws Exception {
        long seed = Long.getLong("holdfast.seed", System.nanoTime());
        int rounds = Integer.getInteger("holdfast.kills", 3);
        Random random = new Random(seed);
        int killed = 0;
        for (int round = 0; round < rounds; round++) {
            sealCases(4000);
            long before = left(1, 2);
            kill(1 + random.nextInt(8), random.nextInt(3000));
            killed += left(1, 2) > 0 ? 1 : 0;
            assertTrue(left(1, 2) < before, "it was killed before it began; seed " + seed);
            assertEverythingOpens(1, 2);
        }
        System.out.println("RewrappingTest: -Dholdfast.seed=" + seed + ", kill -9: " + rounds + " rounds, " + killed
                + " in the middle, " + boxes.size() + " keys, 0 lost");

        new Rewrapping(vault(kept, 1, 2), kept).run(Progress.NONE, () -> true);

        assertEverythingOpens(2);
        assertFalse(kept.needs(keys(1).newest()));
    }

    private void kill(int afterBatches, int thenMicros) throws IOException, InterruptedException {
        java.lang.Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Process.class.getName(),
                        address(database, temporary))
                .redirectError(new File("/dev/null"))
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < afterBatches; i++) {
                out.readLine();
            }
            TimeUnit.MICROSECONDS.sleep(thenMicros);
            process.destroyForcibly();
        }
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    }
}
