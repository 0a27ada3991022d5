package io.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.fixture.TestDatabase;
import io.holdfast.vault.CannotOpenException;
import io.holdfast.vault.CaseKey;
import io.holdfast.vault.MasterKeys;
import io.holdfast.vault.Spool;
import io.holdfast.vault.Spool.Place;
import io.holdfast.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On whichever engine; see the two classes that name one. */
abstract class SqlSpoolTest {

    private static final Place FIRST = new Place("12.pages", 0);
    private static final Place SECOND = new Place("12.pages", 1);
    private static final Place ELSEWHERE = new Place("12.other", 0);
    private static final byte[] PLAIN =
            "something personal, and long enough to look for".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path temporary;

    TestDatabase database;
    Spool spool;
    private Vault vault;

    abstract TestDatabase create(Path folder);

    @BeforeEach
    void open() {
        database = create(temporary);
        spool = new SqlSpool(database.alone());
        vault = Vault.open(
                MasterKeys.of(new byte[MasterKeys.SECRET_BYTES]),
                new KeptKeys(database.alone()),
                Instant.EPOCH,
                Optional.empty());
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** A case that has its key in the database, as one has from its first entry on. */
    private CaseKey newCase(String id) {
        CaseKey key = vault.newCase(id);
        try (Connection connection = database.source().getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO case_key (case_id, wrapped, master) VALUES (?, ?, '')")) {
            insert.setString(1, id);
            insert.setBytes(2, key.wrapped());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return key;
    }

    byte[] put(CaseKey key, Place place) {
        byte[] box = key.seal(place, PLAIN);
        assertTrue(spool.put(key.caseId(), place, box));
        return box;
    }

    CaseKey putOne() {
        CaseKey key = newCase("case-1");
        put(key, FIRST);
        return key;
    }

    private byte[] get(String caseId, Place place) {
        return spool.get(caseId, place).orElseThrow();
    }

    @Test
    void what_is_put_is_there_and_what_is_put_again_takes_its_place() {
        CaseKey key = newCase("case-1");
        put(key, FIRST);

        byte[] second = put(key, FIRST);

        assertArrayEquals(second, get("case-1", FIRST));
        assertEquals(Optional.empty(), spool.get("case-1", SECOND));
        assertEquals(Optional.empty(), spool.get("case-2", FIRST));
    }

    @Test
    void what_is_added_stays_when_something_else_is_added_there() {
        CaseKey key = newCase("case-1");
        byte[] first = key.seal(FIRST, PLAIN);

        assertTrue(spool.add("case-1", FIRST, first));
        assertFalse(spool.add("case-1", FIRST, key.seal(FIRST, new byte[0])));

        assertArrayEquals(first, get("case-1", FIRST));
    }

    @Test
    void it_says_what_there_is_and_forgets_it_by_name_or_by_case() {
        CaseKey one = newCase("case-1");
        CaseKey two = newCase("case-2");
        List.of(SECOND, FIRST, ELSEWHERE).forEach(place -> put(one, place));
        put(two, FIRST);

        assertEquals(List.of("case-1", "case-2"), spool.cases());
        assertEquals(List.of("12.other", "12.pages"), spool.names("case-1"));
        assertEquals(List.of(0, 1), spool.numbers("case-1", "12.pages"));

        assertEquals(1, spool.delete("case-1", "12.other"));
        assertEquals(2, spool.delete("case-1"));
        assertEquals(0, spool.delete("case-1"));
        assertEquals(List.of("case-2"), spool.cases());
        assertEquals(Optional.empty(), spool.get("case-1", FIRST));
    }

    @Test
    void a_box_opens_in_its_place_and_nowhere_else() {
        CaseKey one = newCase("case-1");
        CaseKey two = newCase("case-2");
        byte[] box = put(one, FIRST);

        assertArrayEquals(PLAIN, one.openSecret(FIRST, box));
        for (Place place : List.of(SECOND, ELSEWHERE, new Place("12.pages.0", 0), new Place("12.page", 0))) {
            assertThrows(CannotOpenException.class, () -> one.openSecret(place, box));
        }
        assertThrows(CannotOpenException.class, () -> two.openSecret(FIRST, box));
        assertThrows(CannotOpenException.class, () -> one.openSecret("12.pages", box));
    }

    @Test
    void a_part_of_the_largest_size_comes_back_as_it_was_and_a_larger_box_is_refused() {
        CaseKey key = newCase("case-1");
        byte[] part = new byte[Spool.MOST_BYTES];
        new Random(7).nextBytes(part);

        assertTrue(spool.put("case-1", FIRST, key.seal(FIRST, part)));

        assertArrayEquals(part, key.openSecret(FIRST, get("case-1", FIRST)));
        assertThrows(
                IllegalArgumentException.class, () -> spool.put("case-1", FIRST, new byte[Spool.MOST_BYTES + 1000]));
    }

    @Test
    void nothing_is_taken_for_a_case_without_a_key() {
        assertFalse(spool.put("case-9", FIRST, PLAIN));
        assertFalse(spool.add("case-9", FIRST, PLAIN));
        assertEquals(List.of(), spool.cases());
    }

    @Test
    void what_a_case_has_goes_with_its_key() throws SQLException {
        CaseKey one = newCase("case-1");
        put(one, FIRST);
        put(newCase("case-2"), FIRST);

        try (Connection connection = database.source().getConnection()) {
            deleteKey(connection);
        }

        assertEquals(List.of("case-2"), spool.cases());
        assertFalse(spool.put("case-1", FIRST, one.seal(FIRST, PLAIN)));
    }

    private static void deleteKey(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM case_key WHERE case_id = 'case-1'")) {
            assertEquals(1, delete.executeUpdate());
        }
    }

    @Test
    void what_is_put_while_the_key_is_being_destroyed_does_not_outlive_it() throws Exception {
        CaseKey key = newCase("case-1");
        try (Connection connection = database.source().getConnection()) {
            connection.setAutoCommit(false);
            deleteKey(connection);
            CompletableFuture<Boolean> put =
                    CompletableFuture.supplyAsync(() -> spool.put("case-1", FIRST, key.seal(FIRST, PLAIN)));
            assertThrows(
                    java.util.concurrent.TimeoutException.class,
                    () -> put.get(300, TimeUnit.MILLISECONDS),
                    "it did not wait");
            connection.commit();

            assertFalse(put.get(10, TimeUnit.SECONDS));
        }
        assertEquals(List.of(), spool.cases());
    }

    @Test
    void of_two_that_add_at_the_same_place_at_the_same_time_one_is_told_that_it_did() {
        CaseKey key = newCase("case-1");
        Spool other = new SqlSpool(database.shared(Duration.ofSeconds(1)));
        for (int number = 0; number < 50; number++) {
            Place place = new Place("12.steps", number);
            CompletableFuture<Boolean> one =
                    CompletableFuture.supplyAsync(() -> spool.add("case-1", place, key.seal(place, PLAIN)));
            boolean two = other.add("case-1", place, key.seal(place, PLAIN));
            assertEquals(two, !one.join());
        }
    }

    @Test
    void a_name_that_could_hold_a_person_is_no_place() {
        for (String name : List.of("", "account.1@example.org", "A", "a b", "a|b", ".a", "x".repeat(81))) {
            assertThrows(IllegalArgumentException.class, () -> new Place(name, 0));
        }
        assertThrows(IllegalArgumentException.class, () -> new Place("a", -1));
    }
}
