package io.holdfast.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.holdfast.audit.CanonicalJson;
import io.holdfast.fixture.Postgres;
import io.holdfast.fixture.Sqlite;
import io.holdfast.fixture.TestDatabase;
import io.holdfast.legal.NonDisclosure;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process of its own collects, is killed with signal 9 in the middle, and another one goes on. */
class KilledCollectingTest {

    private static final int KILLS = Integer.getInteger("holdfast.collect-kills", 2);
    private static final List<String> ACCOUNTS = List.of("account-1", "account-2", "account-3");
    private static final int PAGES = 8;

    private final long seed = Long.getLong("holdfast.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final AtomicReference<Process> running = new AtomicReference<>();

    @TempDir
    Path temporary;

    @Test
    void on_sqlite_it_goes_on_at_the_page_at_which_it_was_killed() throws Exception {
        try (TestDatabase database = Sqlite.in(temporary.resolve("data"))) {
            run(database, "-");
        }
    }

    @Test
    void on_postgres_it_goes_on_at_the_page_at_which_it_was_killed() throws Exception {
        try (Postgres database = Postgres.create()) {
            run(database, database.address());
        }
    }

    private void run(TestDatabase database, String address) throws Exception {
        Path data = temporary.resolve("data");
        try (PagedStore store = new PagedStore()) {
            ACCOUNTS.forEach(account -> store.add(account, pages()));
            String id;
            Map<String, String> wanted;
            try (WorkingGate work = WorkingGate.replica(data, database.alone())) {
                String undisturbed = released(work);
                wanted = collect(work, store, undisturbed);
                id = released(work);
                work.accessed(id);
            }
            int before = store.asked().size();
            for (int kill = 0; kill < KILLS; kill++) {
                int at = store.asked().size() + 1 + random.nextInt(5);
                store.intercept((question, page) -> {
                    if (question == at) {
                        killSoon();
                    }
                    return false;
                });
                assertEquals("", process(data, address, store, id), "it was not killed; -Dholdfast.seed=" + seed);
            }
            store.intercept((question, page) -> false);
            assertEquals("done", process(data, address, store, id));
            check(store.asked().subList(before, store.asked().size()));
            int asked = store.asked().size();
            try (WorkingGate work = WorkingGate.replica(data, database.alone())) {
                assertEquals(wanted, collect(work, store, id), "-Dholdfast.seed=" + seed);
                assertEquals(
                        ACCOUNTS.size() * PAGES + 1, work.log.spool().names(id).size());
                work.whole();
            }
            assertEquals(asked, store.asked().size(), "what was collected was asked for again");
        }
    }

    private static List<ArrayNode> pages() {
        List<ArrayNode> pages = new ArrayList<>();
        for (int page = 0; page < PAGES; page++) {
            ArrayNode messages = CanonicalJson.object().arrayNode();
            messages.addObject().put("text", "Message " + page).put("more", "x".repeat(page * 150_000));
            pages.add(messages);
        }
        return pages;
    }

    private static String released(WorkingGate work) {
        return work.released(work.warrant(Set.of(WorkingGate.HK), ACCOUNTS, NonDisclosure.INDEFINITE));
    }

    private static Map<String, String> collect(WorkingGate work, PagedStore store, String id) {
        Collector collector = WorkingGate.collector(work.gate, work.log, store.client());
        Case found = work.gate.find(id).orElseThrow();
        boolean isBegun = found.entries().stream()
                .anyMatch(stored -> stored.entry().event().kind().code().equals("accessed"));
        Collector.Result result =
                collector.collect(found, isBegun ? Collecting.accessed(work, id) : work.accessed(id), () -> true);
        return Parts.read(collector, found, assertInstanceOf(Collector.Result.Collected.class, result));
    }

    /** Every page was asked for, in order, and at most one of them again after each kill. */
    private void check(List<String> asked) {
        Map<String, Integer> times = new HashMap<>();
        asked.forEach(page -> times.merge(page, 1, Integer::sum));
        assertEquals(ACCOUNTS.size() * PAGES, times.size());
        int again = asked.size() - times.size();
        assertTrue(again <= KILLS, asked.toString());
        List<String> inOrder = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String page : asked) {
            if (!seen.add(page)) {
                assertEquals(inOrder.get(inOrder.size() - 1), page, "a page from before was asked for again");
            } else {
                inOrder.add(page);
            }
        }
        System.out.println("KilledCollectingTest: -Dholdfast.seed=" + seed + ", kill -9: " + KILLS + ", " + times.size()
                + " pages, " + again + " asked for again, all the same");
    }

    /** At once, or while it writes what it was answered. */
    private void killSoon() {
        Process process = running.get();
        if (random.nextBoolean()) {
            process.destroyForcibly();
        } else {
            int micros = random.nextInt(30_000);
            new Thread(() -> {
                        try {
                            TimeUnit.MICROSECONDS.sleep(micros);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        process.destroyForcibly();
                    })
                    .start();
        }
    }

    /** @return what it said */
    private String process(Path data, String address, PagedStore store, String id)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Collecting.class.getName(),
                        data.toString(),
                        address,
                        store.address().toString(),
                        id)
                .redirectError(new File("/dev/null"))
                .redirectOutput(temporary.resolve("out").toFile())
                .start();
        running.set(process);
        assertTrue(process.waitFor(120, TimeUnit.SECONDS));
        return java.nio.file.Files.readString(temporary.resolve("out"), StandardCharsets.UTF_8)
                .strip();
    }
}
