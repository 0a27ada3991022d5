package io.holdfast.proxies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.Anchors;
import io.holdfast.audit.Event;
import io.holdfast.audit.LogFolder;
import io.holdfast.audit.LogReader;
import io.holdfast.audit.LogVerifier;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Replay;
import io.holdfast.audit.Scrutiny;
import io.holdfast.audit.Stored;
import io.holdfast.audit.WhatLeft;
import io.holdfast.audit.WhatLeft.Known;
import io.holdfast.cli.ServeOptions;
import io.holdfast.note.NoteSigner;
import io.holdfast.store.KeyFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged gateway, killed while its own proxy passes an answer on, again and again on one log. What the client got is
 * counted there, what the store sent is counted there; and after each start the log says no less than left.
 *
 * <p>The moments are no matter of luck, but for one kind: where something has to be recorded first, the test holds the lock of the
 * database, and everything else it sees from outside.
 */
class KilledPassageIT {

    private static final int KILLS = Integer.getInteger("holdfast.passage-kills", 16);
    private static final long SEED = Long.getLong("holdfast.seed", 20_200_630);
    private static final int AT_ONCE = 4;

    /** When the gateway is killed. */
    private enum Moment {
        /** The call is sent, and {@code accessed} cannot be written. */
        BEFORE_ACCESSED,
        /** The store has the call, and has answered nothing: {@code accessed} is durable. */
        BEFORE_THE_FIRST_BYTE,
        IN_THE_MIDDLE,
        /** Calls at once, at any time from before they are there until after they are over. */
        ANY,
        /** The store has broken off; {@code passed} may be there or not. */
        AS_IT_BREAKS_OFF,
        /** The client has gone, and the gateway has recorded it. */
        AFTER_THE_CLIENT_WENT,
        /** The gateway has read all of the answer, and {@code passed} cannot be written. */
        BEFORE_PASSED,
        /** The client has the end. */
        WHEN_ALL_IS_THERE
    }

    /** One call: its grant, what the store is to answer, and what the client gets. */
    private record Call(long grant, String token, String target, RowStore.Answer store) {}

    @TempDir
    Path temporary;

    private final Random random = new Random(SEED);
    private final Map<String, Integer> seen = new TreeMap<>();
    private RowStore store;
    private Guard guard;
    private String id;
    private int calls = 0;

    @Test
    void the_log_never_says_that_less_left_than_did() {
        try (RowStore rows = new RowStore()) {
            store = rows;
            guard = Guard.inFrontOf(rows.port(), temporary, Path.of("src/test/resources/enforce/passed-on.yaml"));
            id = guard.released("US");
            for (int i = 0; i < KILLS; i++) {
                kill(Moment.values()[i % Moment.values().length]);
            }
            System.out.println("kill -9 while an answer is passed on: " + KILLS + " kills, " + calls + " calls, seed "
                    + SEED + "; what the log says by moment: " + seen);
            checkTheLog();
        } finally {
            guard.close();
        }
    }

    private void kill(Moment moment) {
        List<Call> under = new ArrayList<>();
        for (int i = 0; i < (moment == Moment.ANY ? AT_ONCE : 1); i++) {
            under.add(call(moment == Moment.AS_IT_BREAKS_OFF));
        }
        List<Rows> clients = new ArrayList<>();
        switch (moment) {
            case BEFORE_ACCESSED -> {
                LockedLog.whileLocked(guard.data(), () -> {
                    clients.add(send(under.get(0)));
                    under.get(0).store().giveAll();
                    spin(100);
                    guard.program().kill();
                });
            }
            case BEFORE_THE_FIRST_BYTE -> {
                clients.add(send(under.get(0)));
                under.get(0).store().awaitAsked();
                guard.program().kill();
            }
            case IN_THE_MIDDLE -> {
                int there = 1 + random.nextInt(under.get(0).store().rows() - 1);
                under.get(0).store().give(there);
                clients.add(send(under.get(0)).awaitRows(there));
                guard.program().kill();
                assertEquals(there, clients.get(0).rows(), clients.get(0).text());
            }
            case ANY -> {
                for (Call call : under) {
                    call.store().giveAll();
                    clients.add(send(call));
                }
                spin(400);
                guard.program().kill();
            }
            case AS_IT_BREAKS_OFF -> {
                under.get(0).store().giveAll();
                clients.add(send(under.get(0)).awaitOver());
                guard.program().kill();
            }
            case AFTER_THE_CLIENT_WENT -> {
                under.get(0).store().give(3);
                clients.add(send(under.get(0)).awaitRows(3));
                clients.get(0).close();
                guard.program().awaitUntil(this::lastIsRecorded);
                guard.program().kill();
            }
            case BEFORE_PASSED -> {
                RowStore.Answer answer = under.get(0).store();
                clients.add(send(under.get(0)));
                answer.awaitAsked();
                LockedLog.whileLocked(guard.data(), () -> {
                    answer.giveAll();
                    clients.get(0).awaitRows(answer.rows());
                    answer.awaitLeft();
                    guard.program().kill();
                });
                assertEquals(
                        answer.rows(), clients.get(0).rows(), clients.get(0).text());
            }
            case WHEN_ALL_IS_THERE -> {
                under.get(0).store().giveAll();
                clients.add(send(under.get(0)).awaitWhole());
                guard.program().kill();
                assertTrue(clients.get(0).isWhole(), clients.get(0).text());
            }
        }
        clients.forEach(Rows::awaitOver);
        guard.start();
        check(moment, under, clients);
        clients.forEach(Rows::close);
    }

    private Call call(boolean breaksOff) {
        String target = "/users/" + Guard.ACCOUNT + "/rows?call=" + calls++;
        JsonNode issued = guard.issue(id);
        return new Call(
                issued.at("/record/index").asLong(),
                issued.path("grant").asText(),
                target,
                store.answer(target, 10 + random.nextInt(40), breaksOff));
    }

    private Rows send(Call call) {
        return Rows.get(guard.proxyPort(), call.target(), call.token());
    }

    private void spin(int mostMillis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(mostMillis) * random.nextInt(1_000) / 1_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private boolean lastIsRecorded() {
        JsonNode all = guard.request(id).path("let-through");
        return !all.path(all.size() - 1).path("left").asText().equals(Known.UNKNOWN.name());
    }

    /** The entries on the request, as anybody reads them. */
    private List<Stored> entries() {
        return LogReader.of(guard.log())
                .entries()
                .filter(stored -> stored.entry().envelope().subject().equals(id))
                .toList();
    }

    private void check(Moment moment, List<Call> under, List<Rows> clients) {
        List<Stored> entries = entries();
        Map<Long, Stored> byIndex = entries.stream().collect(Collectors.toMap(Stored::index, Function.identity()));
        Map<Long, WhatLeft> byGrant = WhatLeft.of(entries).stream()
                .collect(Collectors.toMap(
                        left -> byIndex.get(left.entry())
                                .entry()
                                .envelope()
                                .previous()
                                .orElseThrow(),
                        Function.identity()));
        for (int i = 0; i < under.size(); i++) {
            Call call = under.get(i);
            Optional<WhatLeft> left = Optional.ofNullable(byGrant.get(call.grant()));
            String all = moment + ", seed " + SEED + ": the store sent "
                    + call.store().sent() + " rows of " + call.store().rows() + ", the client got "
                    + clients.get(i).rows() + ", the log says " + left;
            seen.merge(moment + " " + left.map(WhatLeft::known).map(Known::name).orElse("NOTHING"), 1, Integer::sum);
            isTrue(call, clients.get(i), left, all);
            assertTrue(expected(moment).contains(left.map(WhatLeft::known)), all);
            left.ifPresent(it -> isShown(it, all));
            if (left.isPresent()) {
                isUsed(call, all);
            }
        }
    }

    /** What holds at every moment. */
    private static void isTrue(Call call, Rows client, Optional<WhatLeft> left, String all) {
        assertFalse(client.text().contains(RowStore.WITHHELD), all);
        assertTrue(client.rows() <= call.store().sent(), all);
        if (left.isEmpty()) {
            assertEquals(0, call.store().calls(), all);
            assertFalse(client.hasAnswer(), all);
            return;
        }
        assertEquals(Optional.of(Event.Through.PROXY), left.get().through(), all);
        if (left.get().known() != Known.UNKNOWN) {
            long atMost = left.get().atMost().orElseThrow();
            assertTrue(client.rows() <= atMost && atMost <= call.store().sent(), all);
            assertTrue(left.get().known() != Known.ALL || atMost == call.store().rows(), all);
        }
        assertTrue(!client.isWhole() || left.get().known() == Known.ALL, all);
    }

    private static Set<Optional<Known>> expected(Moment moment) {
        Set<Known> known = switch (moment) {
            case BEFORE_ACCESSED -> Set.of();
            case BEFORE_THE_FIRST_BYTE, IN_THE_MIDDLE, BEFORE_PASSED -> Set.of(Known.UNKNOWN);
            case ANY -> Set.of(Known.UNKNOWN, Known.ALL);
            case AS_IT_BREAKS_OFF -> Set.of(Known.UNKNOWN, Known.AT_MOST);
            case AFTER_THE_CLIENT_WENT -> Set.of(Known.AT_MOST);
            case WHEN_ALL_IS_THERE -> Set.of(Known.ALL);
        };
        Set<Optional<Known>> all = known.stream().map(Optional::of).collect(Collectors.toSet());
        if (moment == Moment.BEFORE_ACCESSED || moment == Moment.ANY) {
            all.add(Optional.empty());
        }
        return all;
    }

    /** The gateway says of it what the log does. */
    private void isShown(WhatLeft left, String all) {
        for (JsonNode shown : guard.request(id).path("let-through")) {
            if (shown.path("entry").asLong() == left.entry()) {
                assertEquals(left.known().name(), shown.path("left").asText(), all);
                assertEquals(left.known().sentence(), shown.path("sentence").asText(), all);
                return;
            }
        }
        throw new AssertionError("not shown: " + all);
    }

    /** Whatever became of it, it lets nothing through any more. */
    private void isUsed(Call call, String all) {
        int before = call.store().calls();
        try (Rows again = send(call).awaitOver()) {
            assertTrue(again.isRefused(), all + "\n" + again.text());
        }
        assertEquals(before, call.store().calls(), all);
    }

    private void checkTheLog() {
        LogFolder log = guard.export(temporary.resolve("export"));
        NoteSigner key =
                new NoteSigner(ServeOptions.ORIGIN, new KeyFolder(guard.data().resolve("keys")).logKey());
        assertEquals(
                List.of(),
                LogVerifier.verify(
                                log,
                                Anchors.ofKeys(List.of(key.verifierKey()), Optional.empty()),
                                Scrutiny.full(Clock.systemUTC().instant()),
                                Progress.NONE)
                        .findings());
        assertEquals(List.of(), Replay.run(log, Progress.NONE).disagreements());
    }
}
