package io.holdfast.gate;

import static io.holdfast.gate.HoldPeople.hold;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Entry;
import io.holdfast.audit.Warning;
import io.holdfast.fixture.SettableClock;
import io.holdfast.fixture.TemporaryLog;
import io.holdfast.store.SqlPlaces;
import io.holdfast.webhook.Outbox;
import io.holdfast.webhook.Places;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events reach a real server that fails in every way, each at least once and in the order of the log. */
class OutboxTest {

    @TempDir
    Path temporary;

    private final SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private final EventReceiver receiver = new EventReceiver();
    private WorkingGate work;
    private Places places;
    private Outbox outbox;

    @BeforeEach
    void open() {
        work = WorkingGate.open(temporary.resolve("data"), clock);
        places = new SqlPlaces(TemporaryLog.database(temporary.resolve("data")));
        outbox = new Outbox(work.log.ledger(), places, receiver.address(), clock);
        outbox.step();
    }

    @AfterEach
    void everything_that_it_took_is_in_order() {
        List<Long> indices = receiver.indices();
        assertEquals(
                List.copyOf(new TreeSet<>(indices)), indices.stream().distinct().toList());
        receiver.close();
        work.close();
    }

    private void restart() {
        work.close();
        open();
    }

    private void sendAll() {
        do {
            outbox.step();
        } while (outbox.behind() > 0 && outbox.trouble().isEmpty());
    }

    @Test
    void a_new_receiver_is_told_of_what_comes_from_then_on() {
        assertEquals(List.of(), receiver.all);
        String id = work.delivered();
        new HoldPeople(work, clock).place(hold("users-hk", 1, "HK"));
        sendAll();

        assertEquals(
                List.of(
                        "request-decided",
                        "approval-given",
                        "approval-given",
                        "request-decided",
                        "accessed",
                        "package-made",
                        "delivered",
                        "passed",
                        "hold-placed"),
                receiver.taken.stream()
                        .map(got -> got.body().get("type").asText())
                        .toList());
        assertEquals(id, receiver.taken.get(0).body().at("/data/subject").asText());
        assertEquals(
                "REFERRED", receiver.taken.get(0).body().at("/data/outcome").asText());
        assertEquals(
                "RELEASED", receiver.taken.get(3).body().at("/data/outcome").asText());
        assertEquals(0, outbox.behind());
        assertEquals(9, outbox.sent());
    }

    @Test
    void an_event_says_what_the_clear_part_of_its_entry_says_and_has_its_id() {
        work.referred();
        clock.forward(Duration.ofDays(14));
        new ClockDesk(work.gate, Warning.AT_A_QUARTER).look();
        sendAll();

        List<Entry> entries = work.whole().entries();
        for (EventReceiver.Got got : receiver.taken) {
            Entry entry = entries.get(got.body().at("/data/index").asInt());
            assertEquals(entry.envelope().id(), got.id());
            assertEquals(entry.kind().code(), got.body().get("type").asText());
            assertEquals(
                    entry.envelope().at().toString(),
                    got.body().get("timestamp").asText());
            Set<String> names = new TreeSet<>();
            got.body().get("data").fieldNames().forEachRemaining(names::add);
            names.removeAll(Set.of("outcome", "clock", "due"));
            assertEquals(Set.of("epoch", "index", "log", "subject"), names);
            assertTrue(got.body().toString().length() < 1024);
        }
        assertEquals("OBJECT", receiver.taken.get(1).body().at("/data/clock").asText());
    }

    @Test
    void what_a_failing_receiver_did_not_take_is_sent_again_after_pauses_that_double() {
        receiver.reply = EventReceiver.status(500);
        work.referred();
        work.referred();
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            pauses.add(outbox.step());
        }
        assertEquals(
                List.of(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L),
                pauses.stream().map(Duration::toSeconds).toList());
        assertEquals(10, outbox.failures());
        assertEquals(2, outbox.behind());
        assertTrue(outbox.trouble().orElseThrow().contains("500"));

        receiver.reply = EventReceiver.status(200);
        clock.forward(Duration.ofSeconds(5));
        outbox.step();

        assertEquals(2, receiver.taken.size());
        EventReceiver.Got first = receiver.all.get(0);
        assertEquals(first.id(), receiver.taken.get(0).id());
        assertEquals(first.body(), receiver.taken.get(0).body());
        assertEquals(first.at() + 5, receiver.taken.get(0).at());
        assertTrue(outbox.trouble().isEmpty());
        assertEquals(Duration.ofSeconds(1), outbox.step());
    }

    @Test
    void a_receiver_that_wants_nothing_more_is_asked_after_the_longest_pause_and_loses_nothing() {
        receiver.reply = EventReceiver.status(410);
        work.referred();
        assertEquals(Duration.ofMinutes(5), outbox.step());

        receiver.reply = EventReceiver.status(204);
        outbox.step();

        assertEquals(1, receiver.taken.size());
    }

    @Test
    void a_redirect_is_not_followed() {
        receiver.reply = EventReceiver.failing(exchange -> {
            exchange.getResponseHeaders().set("Location", "/events");
            exchange.sendResponseHeaders(307, -1);
        });
        work.referred();

        outbox.step();

        assertEquals(1, receiver.all.size());
        assertTrue(outbox.trouble().orElseThrow().contains("307"));
    }

    @Test
    void a_receiver_that_hangs_or_trickles_is_given_up_in_time() {
        CountDownLatch end = new CountDownLatch(1);
        work.referred();
        for (EventReceiver.Answer slow : List.<EventReceiver.Answer>of(exchange -> await(end), exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            while (end.getCount() > 0) {
                body.write('.');
                body.flush();
                pause();
            }
        })) {
            receiver.reply = EventReceiver.failing(slow);
            long begun = System.nanoTime();
            outbox.step();
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            assertTrue(outbox.trouble().orElseThrow().contains("did not answer"), () -> "after " + took);
            assertTrue(took.compareTo(EventReceiver.LIMIT.plusSeconds(5)) < 0, () -> "took " + took);
        }
        end.countDown();
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_receiver_that_goes_away_and_comes_back_has_missed_nothing() {
        work.referred();
        sendAll();
        receiver.goAway();
        work.referred();
        outbox.step();
        assertTrue(outbox.trouble().orElseThrow().contains("cannot be reached"));
        receiver.comeBack();

        sendAll();
        sendAll();

        assertEquals(2, receiver.taken.size());
    }

    @Test
    void a_gateway_that_was_restarted_goes_on_where_it_was() {
        work.referred();
        sendAll();
        work.referred();
        restart();

        sendAll();

        assertEquals(2, receiver.taken.size());
        assertEquals(2, receiver.indices().stream().distinct().count());
    }

    @Test
    void a_gateway_that_was_killed_before_it_kept_its_place_sends_again_and_skips_nothing() {
        work.referred();
        work.referred();
        Places losing = (name, start, send) -> {
            places.move(name, start, from -> {
                send.applyAsLong(from);
                return from; // as if the process had ended before the place was written
            });
            throw new IllegalStateException("killed");
        };
        Outbox killed = new Outbox(work.log.ledger(), losing, receiver.address(), clock);
        assertThrows(IllegalStateException.class, killed::step);
        restart();
        sendAll();

        assertEquals(4, receiver.taken.size());
        assertEquals(
                2, receiver.taken.stream().map(EventReceiver.Got::id).distinct().count());
    }

    @Test
    void what_does_not_fit_into_one_step_or_bundle_arrives_once_all_the_same() {
        for (int i = 0; i < 260; i++) {
            work.referred();
        }
        long begun = System.nanoTime();
        sendAll();

        System.out.println("OutboxTest: 260 events in "
                + Duration.ofNanos(System.nanoTime() - begun).toMillis() + " ms");
        assertEquals(260, receiver.taken.size());
        assertEquals(260, receiver.indices().stream().distinct().count());
    }
}
