package io.holdfast.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.holdfast.audit.CanonicalJson;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.Stored;
import io.holdfast.fixture.RawFiles;
import io.holdfast.fixture.SettableClock;
import io.holdfast.fixture.TemporaryLog;
import io.holdfast.legal.ErasureReason;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.NonDisclosure;
import io.holdfast.vault.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collecting from a real store over HTTP, on a real log and spool. */
class CollectorTest {

    private static final BooleanSupplier ALWAYS = () -> true;
    private static final Collector.Limits USUAL = Collector.Limits.USUAL;

    @TempDir
    Path temporary;

    private final SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private final PagedStore store = new PagedStore();
    private final List<Duration> pauses = new ArrayList<>();
    private WorkingGate work;
    private Spool spool;

    @BeforeEach
    void open() {
        work = WorkingGate.open(data(), clock);
        spool = work.log.spool();
    }

    @AfterEach
    void check() {
        work.whole();
        work.close();
        store.close();
    }

    private Path data() {
        return temporary.resolve("data");
    }

    private String released(String... accounts) {
        return work.released(work.warrant(Set.of(WorkingGate.HK), List.of(accounts), NonDisclosure.INDEFINITE));
    }

    private Case found(String id) {
        return work.gate.find(id).orElseThrow();
    }

    private Collector collector() {
        return collector(USUAL, 0, spool);
    }

    private Collector collector(Collector.Limits limits, int retries, Spool on) {
        return new Collector(
                work.gate, store.client(), on, limits, new Retries(retries, Duration.ofMillis(100), pauses::add));
    }

    private Collector.Result collect(String id, Stored accessed) {
        return collector().collect(found(id), accessed, ALWAYS);
    }

    private Collector.Result.Collected collected(Collector.Result result) {
        return assertInstanceOf(Collector.Result.Collected.class, result);
    }

    private Map<String, String> read(String id, Collector.Result result) {
        return Parts.read(collector(), found(id), collected(result));
    }

    private void assertFailed(Blocked why, Collector.Result result) {
        assertEquals(new Collector.Result.Failed(why), result);
        assertEquals(List.of(), spool.cases());
    }

    /** Messages of these numbers. */
    private static ArrayNode messages(int from, int to) {
        ArrayNode array = CanonicalJson.object().arrayNode();
        for (int i = from; i < to; i++) {
            array.addObject().put("text", "Message " + i);
        }
        return array;
    }

    private static List<ArrayNode> pages(int count) {
        List<ArrayNode> pages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pages.add(messages(10 * i, 10 * i + 10));
        }
        return pages;
    }

    @Test
    void every_page_of_every_account_is_a_file_in_the_order_of_the_request() {
        String id = released("account-1", "account-2", "account-3");
        store.add("account-1", pages(2));
        store.add("account-3", pages(1));
        Stored accessed = work.accessed(id);

        Collector.Result.Collected collected = collected(collect(id, accessed));

        assertEquals(2, collected.accounts());
        assertEquals(30, collected.items());
        Map<String, String> files = read(id, collected);
        assertEquals(
                List.of(
                        "data/account-0001/page-0001.json",
                        "data/account-0001/page-0002.json",
                        "data/account-0003/page-0001.json"),
                List.copyOf(files.keySet()));
        assertEquals(
                "{\"data\":{\"CONTENT\":" + new String(CanonicalJson.write(messages(10, 20)), StandardCharsets.UTF_8)
                        + "},\"kind\":\"USER-ID\",\"value\":\"account-1\"}",
                files.get("data/account-0001/page-0002.json"));
        for (Collector.Part part : collected.parts()) {
            byte[] bytes = files.get(part.name()).getBytes(StandardCharsets.UTF_8);
            assertEquals(bytes.length, part.size());
            assertEquals(CollectedStream.sha512(bytes), part.sha512());
        }
        assertEquals(List.of("account-1", PagedStore.cursor("account-1", 1), "account-2", "account-3"), store.asked());
        assertEquals(Optional.of(collected), collector().collected(found(id), accessed), "it was not there later");
    }

    @Test
    void what_was_collected_is_not_asked_for_again() {
        String id = released("account-1");
        store.add("account-1", pages(2));
        Stored accessed = work.accessed(id);
        Collector.Result first = collect(id, accessed);

        assertEquals(first, collect(id, accessed));

        assertEquals(2, store.asked().size());
    }

    @Test
    void a_store_that_fails_in_the_middle_is_asked_again_after_a_while_and_comes_back() {
        String id = released("account-1");
        store.add("account-1", pages(4));
        store.intercept((question, page) -> question == 2 || question == 3 || question == 5);

        Collector.Result result = collector(USUAL, 3, spool).collect(found(id), work.accessed(id), ALWAYS);

        assertEquals(40, collected(result).items());
        assertEquals(List.of(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400)), pauses);
        assertEquals(4 + 3, store.asked().size());
    }

    @Test
    void a_store_that_stays_away_pauses_it_and_the_next_call_goes_on_at_that_page() {
        String id = released("account-1", "account-2");
        store.add("account-1", pages(2));
        store.add("account-2", pages(3));
        Stored accessed = work.accessed(id);
        store.intercept((question, page) -> question >= 3);

        Collector.Result paused = collector(USUAL, 2, spool).collect(found(id), accessed, ALWAYS);

        assertEquals(new Collector.Result.Paused(Blocked.STORE_UNAVAILABLE), paused);
        assertEquals(2, pauses.size());
        assertEquals(Optional.empty(), collector().collected(found(id), accessed));
        store.intercept((question, page) -> false);
        int before = store.asked().size();
        assertEquals(50, collected(collect(id, accessed)).items());
        assertEquals(
                List.of(PagedStore.cursor("account-2", 1), PagedStore.cursor("account-2", 2)),
                store.asked().subList(before, store.asked().size()));
    }

    @Test
    void pauses_double_and_are_never_longer_than_half_a_minute() {
        Retries retries = new Retries(100, Duration.ofSeconds(1), pauses::add);

        assertEquals(Duration.ofSeconds(1), retries.pause(0));
        assertEquals(Duration.ofSeconds(16), retries.pause(4));
        assertEquals(Duration.ofSeconds(30), retries.pause(5));
        assertEquals(Duration.ofSeconds(30), retries.pause(99));
        assertFalse(retries.waitFor(100));
    }

    @Test
    void a_hold_that_lands_stops_it_before_the_next_page() {
        String id = released("account-1");
        store.add("account-1", pages(5));
        Stored accessed = work.accessed(id);

        Collector.Result result =
                collector().collect(found(id), accessed, () -> store.asked().size() < 2);

        assertEquals(new Collector.Result.Paused(Blocked.NO_LONGER_COVERED), result);
        assertEquals(2, store.asked().size());
    }

    @Test
    void what_was_read_under_another_entry_is_read_again() {
        String id = released("account-1");
        store.add("account-1", pages(3));
        Stored first = work.accessed(id);
        collector().collect(found(id), first, () -> store.asked().size() < 2);
        work.gate.append(
                new GrantUse.Told(work.gate, id, first.index(), new Event.DeliveryFailed(Blocked.STORE_UNAVAILABLE)));

        assertEquals(30, collected(collect(id, work.accessed(id))).items());

        assertEquals(2 + 3, store.asked().size());
    }

    @Test
    void what_is_deleted_late_of_an_earlier_reading_leaves_the_next_one_whole() {
        String id = released("account-1");
        store.add("account-1", pages(3));
        Stored first = work.accessed(id);
        collector().collect(found(id), first, () -> store.asked().size() < 2);
        work.gate.append(
                new GrantUse.Told(work.gate, id, first.index(), new Event.DeliveryFailed(Blocked.STORE_UNAVAILABLE)));
        Stored second = work.accessed(id);
        Collector.Result.Collected collected = collected(collect(id, second));

        collector().dropFiles(id, first.index());
        collector().drop(id, first.index());
        assertEquals(0, collector().dropUpTo(id, first.index()));

        assertEquals(Optional.of(collected), collector().collected(found(id), second));
        assertEquals(3, collected.parts().size());
        for (Collector.Part part : collected.parts()) {
            assertTrue(collector().open(found(id), part).isPresent());
        }
        collector().dropUpTo(id, second.index());
        assertEquals(Optional.empty(), collector().collected(found(id), second));
    }

    @Test
    void an_entry_of_another_case_permits_nothing() {
        String id = released("account-1");
        Stored other = work.accessed(released("account-2"));

        assertThrows(IllegalArgumentException.class, () -> collect(id, other));
        assertThrows(IllegalArgumentException.class, () -> collect(id, found(id).first()));
    }

    @Test
    void a_page_that_names_itself_as_the_next_makes_everything_unusable() {
        String id = released("account-0", "account-1");
        store.add("account-0", pages(1));
        store.add("account-1", 0, "HK", messages(0, 1), PagedStore.cursor("account-1", 1));
        store.add("account-1", 1, "HK", messages(1, 2), PagedStore.cursor("account-1", 1));

        assertFailed(Blocked.STORE_ANSWER_UNUSABLE, collect(id, work.accessed(id)));
        assertEquals(3, store.asked().size());
    }

    @Test
    void pages_that_lead_in_a_circle_are_found_also_after_a_restart() {
        String id = released("account-1");
        for (int page = 0; page < 4; page++) {
            store.add("account-1", page, "HK", messages(page, page + 1), PagedStore.cursor("account-1", page % 3 + 1));
        }
        Stored accessed = work.accessed(id);
        collector().collect(found(id), accessed, () -> store.asked().size() < 3);

        assertFailed(Blocked.STORE_ANSWER_UNUSABLE, collect(id, accessed));
        assertEquals(4, store.asked().size());
    }

    @Test
    void the_same_name_of_a_page_in_two_accounts_is_no_circle() {
        String id = released("account-1", "account-2");
        String shared = PagedStore.cursor("account-1", 1);
        store.add("account-1", 0, "HK", messages(0, 1), shared);
        store.add("account-2", 0, "HK", messages(0, 1), shared);
        store.add("account-1", 1, "HK", messages(1, 2), "");

        assertEquals(4, collected(collect(id, work.accessed(id))).items());
    }

    @Test
    void a_page_that_is_not_there_makes_everything_unusable() {
        String id = released("account-1");
        store.add("account-1", 0, "HK", messages(0, 1), "nowhere");

        assertFailed(Blocked.STORE_ANSWER_UNUSABLE, collect(id, work.accessed(id)));
    }

    @Test
    void more_pages_or_bytes_than_there_may_be_make_everything_unusable() {
        String id = released("account-1", "account-2");
        store.add("account-1", pages(2));
        store.add("account-2", pages(2));
        Stored accessed = work.accessed(id);

        assertFailed(
                Blocked.STORE_ANSWER_UNUSABLE,
                collector(new Collector.Limits(3, 1 << 20), 0, spool).collect(found(id), accessed, ALWAYS));
        assertFailed(
                Blocked.STORE_ANSWER_UNUSABLE,
                collector(new Collector.Limits(4, 500), 0, spool).collect(found(id), accessed, ALWAYS));
        assertEquals(
                40,
                collected(collector(new Collector.Limits(4, 1 << 20), 0, spool).collect(found(id), accessed, ALWAYS))
                        .items());
    }

    @Test
    void a_user_elsewhere_on_any_page_ends_it_and_nothing_is_kept() {
        String id = released("account-1");
        store.add("account-1", 0, "HK", messages(0, 1), PagedStore.cursor("account-1", 1));
        store.add("account-1", 1, "DE", messages(1, 2), "");

        assertFailed(Blocked.USER_ELSEWHERE, collect(id, work.accessed(id)));
    }

    @Test
    void one_account_in_two_countries_is_unusable_even_if_the_request_names_both() {
        String id = work.released(work.warrant(
                Set.of(WorkingGate.HK, Jurisdiction.of("US")), List.of("account-1"), NonDisclosure.INDEFINITE));
        store.add("account-1", 0, "HK", messages(0, 1), PagedStore.cursor("account-1", 1));
        store.add("account-1", 1, "US", messages(1, 2), "");

        assertFailed(Blocked.STORE_ANSWER_UNUSABLE, collect(id, work.accessed(id)));
    }

    @Test
    void a_page_of_several_megabytes_comes_back_as_it_was_and_a_piece_at_a_time() throws IOException {
        String id = released("account-1");
        ArrayNode large = messages(0, 200_000);
        store.add("account-1", List.of(large));

        Collector.Result.Collected collected = collected(collect(id, work.accessed(id)));

        Collector.Part part = collected.parts().get(0);
        assertTrue(part.size() > 3 * Spool.MOST_BYTES, "" + part.size());
        assertEquals(
                part.size() / Spool.MOST_BYTES + 1,
                spool.numbers(id, part.place()).size());
        String file = read(id, collected).get(part.name());
        assertEquals(part.sha512(), CollectedStream.sha512(file.getBytes(StandardCharsets.UTF_8)));
        try (InputStream in = collector().open(found(id), part).orElseThrow()) {
            assertEquals('{', in.read());
            assertEquals(Spool.MOST_BYTES - 1, in.read(new byte[Spool.MOST_BYTES]), "more than one piece at a time");
        }
    }

    @Test
    void what_was_changed_or_taken_from_the_spool_is_not_read_to_its_end() throws SQLException {
        String id = released("account-1");
        store.add("account-1", List.of(messages(0, 100_000), messages(0, 1)));
        Collector.Result.Collected collected = collected(collect(id, work.accessed(id)));
        String large = collected.parts().get(0).place();

        change(
                "UPDATE spool SET box = (SELECT box FROM spool WHERE name = ? AND number = 0) WHERE name = ? AND number = 1",
                large);
        assertThrows(IOException.class, () -> readAll(id, collected.parts().get(0)));
        change(
                "DELETE FROM spool WHERE name = ? AND name = ?",
                collected.parts().get(1).place());
        assertThrows(IOException.class, () -> readAll(id, collected.parts().get(1)));
    }

    private void change(String sql, String name) throws SQLException {
        try (Connection connection = TemporaryLog.database(data()).source().getConnection();
                PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, name);
            update.setString(2, name);
            assertTrue(update.executeUpdate() > 0);
        }
    }

    private void readAll(String id, Collector.Part part) throws IOException {
        try (InputStream in = collector().open(found(id), part).orElseThrow()) {
            in.readAllBytes();
        }
    }

    @Test
    void nothing_personal_is_in_clear_in_any_file() {
        String id = released("account-nobody");
        store.add("account-nobody", pages(3));
        Stored accessed = work.accessed(id);
        collector().collect(found(id), accessed, () -> store.asked().size() < 2);
        assertNothingInClear();

        collected(collect(id, accessed));

        assertNothingInClear();
        assertEquals(List.of(id), spool.cases());
    }

    private void assertNothingInClear() {
        assertFalse(
                RawFiles.holding(data(), "steps".getBytes(StandardCharsets.UTF_8))
                        .isEmpty(),
                "nothing is found");
        for (String word : List.of("account-nobody", "Message 1", "from message", "CONTENT\":[", "data/account")) {
            assertEquals(List.of(), RawFiles.holding(data(), word.getBytes(StandardCharsets.UTF_8)), word);
        }
    }

    private void shred(String id) {
        for (String person : List.of("operator-1", "operator-2")) {
            new ErasureDesk(work.gate)
                    .shred(id, ErasureReason.COURT_ORDER, Optional.empty(), Person.of(person))
                    .orElseThrow()
                    .toCompletableFuture()
                    .join();
        }
    }

    @Test
    void shredding_a_case_deletes_what_it_has_on_the_spool_and_nothing_of_another() {
        String gone = released("account-1");
        String stays = released("account-2");
        store.add("account-1", pages(3));
        store.add("account-2", pages(1));
        Stored accessed = work.accessed(gone);
        Collector.Result.Collected collected = collected(collect(gone, accessed));
        collected(collect(stays, work.accessed(stays)));
        byte[] box = spool.get(gone, new Spool.Place(collected.parts().get(1).place(), 0))
                .orElseThrow();
        clock.forward(Duration.ofDays(200)); // the warrant has expired

        shred(gone);

        assertEquals(List.of(stays), spool.cases());
        assertEquals(List.of(), RawFiles.holding(data(), box));
        assertEquals(
                Optional.empty(),
                collector().open(found(gone), collected.parts().get(0)));
        assertEquals(new Collector.Result.Failed(Blocked.SHREDDED), collect(gone, accessed));
        assertEquals(List.of(stays), spool.cases());
    }

    @Test
    void a_case_that_is_shredded_while_it_is_collected_leaves_nothing() {
        String id = released("account-1");
        store.add("account-1", pages(3));
        Stored accessed = work.accessed(id);
        clock.forward(Duration.ofDays(200));
        store.intercept((question, page) -> {
            if (question == 1) {
                shred(id);
            }
            return false;
        });

        assertFailed(Blocked.SHREDDED, collect(id, accessed));
    }

    @Test
    void of_two_that_collect_the_same_one_is_told_so_and_nothing_is_there_twice() {
        String id = released("account-1");
        store.add("account-1", pages(3));
        Stored accessed = work.accessed(id);
        List<Collector.Result> inside = new ArrayList<>();
        store.intercept((question, page) -> {
            if (question == 1) {
                inside.add(collect(id, accessed)); // all of it, while the other waits for its second page
            }
            return false;
        });

        assertEquals(new Collector.Result.Paused(Blocked.IN_FLIGHT), collect(id, accessed));

        Collector.Result.Collected collected = collected(inside.get(0));
        assertEquals(30, collected.items());
        assertEquals(3, read(id, collected).size());
        assertEquals(3 + 1, spool.names(id).size(), "a page is there that nobody speaks of");
    }

    /** Of any page splits and any crashes: the same bytes, and nothing that nobody speaks of. */
    @Test
    void whatever_the_pages_and_wherever_it_is_killed_the_same_is_collected() {
        long seed = Long.getLong("holdfast.seed", System.nanoTime());
        int rounds = Integer.getInteger("holdfast.collect-rounds", 6);
        Random random = new Random(seed);
        int kills = 0;
        int again = 0;
        for (int round = 0; round < rounds; round++) {
            String one = "account-" + round + "-1";
            String two = "account-" + round + "-2";
            int pages = addRandomly(random, one) + addRandomly(random, two);
            String undisturbed = released(one, "account-unknown", two);
            Map<String, String> wanted = read(undisturbed, collect(undisturbed, work.accessed(undisturbed)));
            assertEquals(pages, wanted.size());

            String id = released(one, "account-unknown", two);
            Stored accessed = work.accessed(id);
            int before = store.asked().size();
            Optional<Collector.Result.Collected> result = Optional.empty();
            int killed = 0;
            while (result.isEmpty()) {
                result = disturbed(random, id, accessed, killed < 8);
                killed += result.isEmpty() ? 1 : 0;
            }
            String hint = "-Dholdfast.seed=" + seed + ", round " + round;
            assertEquals(wanted, read(id, result.get()), hint);
            assertEquals(pages + 1, spool.names(id).size(), hint);
            int more = store.asked().size() - before - pages - 1;
            assertTrue(more <= killed, () -> hint + ": asked for more than one page again after a crash");
            kills += killed;
            again += more;
            spool.delete(id);
            spool.delete(undisturbed);
        }
        System.out.println("CollectorTest: -Dholdfast.seed=" + seed + ", " + rounds + " rounds, " + kills + " crashes, "
                + again + " pages asked for again, all the same");
    }

    /** @return how many pages */
    private int addRandomly(Random random, String account) {
        List<ArrayNode> pages = new ArrayList<>();
        int messages = 1 + random.nextInt(60);
        for (int from = 0; from < messages; ) {
            int to = Math.min(messages, from + random.nextInt(20));
            pages.add(messages(from, to)); // perhaps an empty one
            from = to;
        }
        store.add(account, pages);
        return pages.size();
    }

    /** @return nothing if it crashed or the store failed */
    private Optional<Collector.Result.Collected> disturbed(
            Random random, String id, Stored accessed, boolean mayCrash) {
        boolean crashes = mayCrash && random.nextBoolean();
        boolean fails = mayCrash && !crashes;
        int at = store.asked().size() + random.nextInt(6);
        store.intercept((question, page) -> fails && question >= at);
        Spool flaky = crashes ? new CrashingSpool(spool, random.nextInt(20), random.nextBoolean()) : spool;
        try {
            Collector.Result result = collector(USUAL, 0, flaky).collect(found(id), accessed, ALWAYS);
            if (result instanceof Collector.Result.Collected collected) {
                return Optional.of(collected);
            }
            assertEquals(new Collector.Result.Paused(Blocked.STORE_UNAVAILABLE), result);
            return Optional.empty();
        } catch (CrashingSpool.Crash e) {
            return Optional.empty();
        } finally {
            store.intercept((question, page) -> false);
        }
    }
}
