package io.holdfast.gate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.CanonicalJson;
import io.holdfast.audit.CaseState;
import io.holdfast.audit.EntryKind;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.PackageEvent;
import io.holdfast.audit.PackageTrail;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Replay;
import io.holdfast.bag.Manifest;
import io.holdfast.bag.Sha512;
import io.holdfast.fixture.OpenedPackage;
import io.holdfast.fixture.SettableClock;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.ErasureReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a release to a package that is gone, on a real log and a real spool, with a clock that a test sets. */
class FulfilmentTest {

    private static final Person AGENT = Person.of("agent-1");
    private static final int PAGES = 3;

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-26T12:00:00Z"));
    private WorkingGate work;
    private Fulfilment fulfilment;
    private final AtomicInteger asked = new AtomicInteger();
    private int failAt = Integer.MAX_VALUE;

    @BeforeEach
    void open() {
        work = WorkingGate.open(folder, clock);
        fulfilment = work.fulfilment((target, categories, from, to, page) -> {
            if (asked.incrementAndGet() >= failAt) {
                throw new UserDataStore.UnavailableException("down", null);
            }
            int number = page.map(cursor -> Integer.parseInt(cursor.text())).orElse(1);
            Map<DataCategory, JsonNode> data = new EnumMap<>(DataCategory.class);
            categories.forEach(category ->
                    data.put(category, CanonicalJson.object().put("sample " + number, "x".repeat(number * 1_000))));
            Optional<UserDataStore.Cursor> next = number < PAGES
                    ? Optional.of(new UserDataStore.Cursor(Integer.toString(number + 1)))
                    : Optional.empty();
            return Optional.of(new UserDataStore.Page(WorkingGate.HK, data, next));
        });
    }

    @AfterEach
    void the_log_replays() {
        assertEquals(List.of(), Replay.run(work.source(), Progress.NONE).disagreements());
        work.close();
    }

    private PackageTrail.Current packed(String id) {
        return assertInstanceOf(Delivery.Result.Packed.class, WorkingGate.pack(id, fulfilment))
                .current();
    }

    private Case found(String id) {
        return work.gate.find(id).orElseThrow();
    }

    private List<EntryKind> lastKinds(String id, int count) {
        List<EntryKind> kinds = found(id).entries().stream()
                .map(stored -> stored.entry().kind())
                .toList();
        return kinds.subList(kinds.size() - count, kinds.size());
    }

    private Event last(String id) {
        List<io.holdfast.audit.Stored> entries = found(id).entries();
        return entries.get(entries.size() - 1).entry().event();
    }

    private static OpenedPackage opened(byte[] cms) {
        return OpenedPackage.of(cms, WorkingGate.RECIPIENT);
    }

    private static boolean contains(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
    }

    @Test
    void what_is_released_is_collected_packed_handed_over_received_and_gone() {
        String id = work.released();
        PackageTrail.Current current = packed(id);
        assertEquals(CaseState.PACKAGED, found(id).state());
        assertEquals(List.of(EntryKind.ACCESSED, EntryKind.PACKAGE_MADE), lastKinds(id, 2));

        byte[] cms = WorkingGate.collect(fulfilment, id);

        assertEquals(List.of(EntryKind.PACKAGE_MADE, EntryKind.DELIVERED, EntryKind.PASSED), lastKinds(id, 3));
        assertEquals(new Event.Passed(current.made().items(), Event.PassageEnd.COMPLETE), last(id));
        assertFalse(contains(cms, "sample"));
        OpenedPackage opened = opened(cms);
        Manifest manifest = opened.manifest();
        assertEquals(current.made().manifest(), manifest.digest());
        assertArrayEquals(
                "A letter.".getBytes(StandardCharsets.UTF_8), opened.files().get("letter.txt"));
        assertEquals(PAGES * current.made().accounts(), manifest.data().size());
        assertEquals(
                current.made().items(),
                opened.pages().stream().mapToInt(FulfilmentTest::items).sum());

        assertInstanceOf(
                PackageDesk.Received.Noted.class,
                fulfilment.desk().receive(id, manifest.receipt(), AGENT).orElseThrow());
        assertEquals(List.of(EntryKind.PACKAGE_RECEIVED, EntryKind.PACKAGE_DELETED), lastKinds(id, 2));
        assertEquals(List.of(), work.log.spool().cases());
        assertInstanceOf(Delivery.Result.AlreadyDelivered.class, WorkingGate.pack(id, fulfilment));
        assertInstanceOf(
                PackageDesk.Result.NoPackage.class, fulfilment.desk().open(id).orElseThrow());
    }

    private static int items(JsonNode page) {
        int items = 0;
        for (JsonNode part : page.get("data")) {
            items += part.size();
        }
        return items;
    }

    @Test
    void asking_again_packs_nothing_again() {
        String id = work.released();
        PackageTrail.Current current = packed(id);
        int before = asked.get();
        assertEquals(current.index(), packed(id).index());
        assertEquals(before, asked.get());
    }

    @Test
    void a_package_is_handed_over_as_often_as_it_can_be_and_then_deleted() {
        String id = work.released();
        packed(id);
        for (int i = 0; i < PackageTerms.USUAL.downloads(); i++) {
            opened(WorkingGate.collect(fulfilment, id));
        }
        PackageDesk.Result.Failed failed = assertInstanceOf(
                PackageDesk.Result.Failed.class, fulfilment.desk().open(id).orElseThrow());
        assertEquals(Blocked.TOO_MANY, failed.blocked());
        assertEquals(1, fulfilment.open().look());
        assertEquals(new PackageEvent.Deleted(PackageEvent.Because.DOWNLOADS_USED), last(id));
        assertEquals(List.of(), work.log.spool().cases());
    }

    @Test
    void a_package_that_nobody_collects_is_deleted_and_can_be_made_anew() {
        String id = work.released();
        packed(id);
        clock.forward(PackageTerms.USUAL.window());
        assertEquals(
                Blocked.TOO_LATE,
                assertInstanceOf(
                                PackageDesk.Result.Failed.class,
                                fulfilment.desk().open(id).orElseThrow())
                        .blocked());
        assertEquals(1, fulfilment.open().look());
        assertEquals(CaseState.RELEASED, found(id).state());
        assertEquals(List.of(), work.log.spool().cases());
        packed(id);
        opened(WorkingGate.collect(fulfilment, id));
    }

    @Test
    void a_hold_that_lands_before_it_is_collected_keeps_it_and_it_is_deleted() {
        String id = work.released();
        packed(id);
        new HoldPeople(work, clock).place(HoldPeople.hold("users-hk", 1, "HK"));
        assertInstanceOf(
                PackageDesk.Result.NotReleased.class, fulfilment.desk().open(id).orElseThrow());
        assertEquals(CaseState.HELD, found(id).state());
        assertEquals(1, fulfilment.open().look());
        assertEquals(new PackageEvent.Deleted(PackageEvent.Because.STOPPED), last(id));
        assertEquals(List.of(), work.log.spool().cases());
    }

    @Test
    void a_hold_that_lands_after_it_was_collected_lets_nobody_collect_it_again() {
        String id = work.released();
        packed(id);
        WorkingGate.collect(fulfilment, id);
        new HoldPeople(work, clock).place(HoldPeople.hold("users-hk", 1, "HK"));
        assertEquals(
                Blocked.NO_LONGER_COVERED,
                assertInstanceOf(
                                PackageDesk.Result.Failed.class,
                                fulfilment.desk().open(id).orElseThrow())
                        .blocked());
        assertEquals(CaseState.DELIVERED, found(id).state());
    }

    @Test
    void a_hold_on_something_else_lets_it_be_collected_again() {
        String id = work.released();
        packed(id);
        WorkingGate.collect(fulfilment, id);
        new HoldPeople(work, clock).place(HoldPeople.hold("users-is", 1, "IS"));
        opened(WorkingGate.collect(fulfilment, id));
        assertEquals(List.of(EntryKind.DELIVERED_AGAIN, EntryKind.PASSED), lastKinds(id, 2));
    }

    @Test
    void a_hold_that_lands_while_it_is_on_its_way_cuts_it_off() {
        String id = work.released();
        packed(id);
        PackageDesk.Result.Open open = assertInstanceOf(
                PackageDesk.Result.Open.class, fulfilment.desk().open(id).orElseThrow());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThrows(
                IOException.class,
                () -> open.handover().writeTo(new OutputStream() {
                    private boolean isHeld;

                    @Override
                    public void write(int one) {
                        out.write(one);
                        if (!isHeld) {
                            isHeld = true;
                            new HoldPeople(work, clock).place(HoldPeople.hold("users-hk", 1, "HK"));
                        }
                    }
                }));
        Event.Passed passed = assertInstanceOf(Event.Passed.class, last(id));
        assertEquals(Event.PassageEnd.CUT_OFF, passed.ended());
        assertTrue(passed.items() > 0, "some of it may have left");
        assertThrows(RuntimeException.class, () -> opened(out.toByteArray()));
    }

    @Test
    void a_receiver_that_breaks_off_leaves_an_entry_that_says_so_and_can_collect_again() {
        String id = work.released();
        packed(id);
        PackageDesk.Result.Open open = assertInstanceOf(
                PackageDesk.Result.Open.class, fulfilment.desk().open(id).orElseThrow());
        assertThrows(
                IOException.class,
                () -> open.handover().writeTo(new OutputStream() {
                    @Override
                    public void write(int one) throws IOException {
                        throw new IOException("gone");
                    }
                }));
        assertEquals(
                Event.PassageEnd.CUT_OFF,
                assertInstanceOf(Event.Passed.class, last(id)).ended());
        opened(WorkingGate.collect(fulfilment, id));
    }

    @Test
    void a_handing_over_whose_end_nobody_wrote_down_is_followed_by_another_and_its_package_waits_for_its_window() {
        String id = work.released();
        packed(id);
        for (int i = 0; i < PackageTerms.USUAL.downloads(); i++) {
            assertInstanceOf(
                    PackageDesk.Result.Open.class, fulfilment.desk().open(id).orElseThrow()); // and the gateway dies
        }
        assertEquals(0, fulfilment.open().look());
        clock.forward(PackageTerms.USUAL.window());
        assertEquals(1, fulfilment.open().look());
        assertEquals(new PackageEvent.Deleted(PackageEvent.Because.WINDOW_OVER), last(id));
    }

    @Test
    void another_digest_is_no_receipt_and_recorded() {
        String id = work.released();
        packed(id);
        assertInstanceOf(
                PackageDesk.Received.NoPackage.class,
                fulfilment.desk().receive(id, Sha512.of(new byte[0]), AGENT).orElseThrow());
        WorkingGate.collect(fulfilment, id);
        assertEquals(
                Blocked.OTHER_PACKAGE,
                assertInstanceOf(
                                PackageDesk.Received.NotNoted.class,
                                fulfilment
                                        .desk()
                                        .receive(id, Sha512.of(new byte[0]), AGENT)
                                        .orElseThrow())
                        .blocked());
    }

    @Test
    void without_a_certificate_nothing_is_read() {
        String id = work.released();
        Fulfilment nobody = new Fulfilment(
                work.gate,
                WorkingGate.collector(work.gate, work.log, (t, c, f, u, p) -> {
                    throw new AssertionError("read");
                }),
                Witnesses.NONE,
                () -> Optional.of(work.log.ledger().checkpoint()),
                found -> new byte[] {1},
                authority -> Optional.empty(),
                PackageTerms.USUAL);
        Delivery.Result.Failed failed = assertInstanceOf(Delivery.Result.Failed.class, WorkingGate.pack(id, nobody));
        assertEquals(Blocked.NO_CERTIFICATE, failed.blocked());
        assertEquals(CaseState.RELEASED, found(id).state());
    }

    @Test
    void a_package_is_for_the_certificate_that_it_was_made_for() {
        String id = work.released();
        packed(id);
        clock.forward(Duration.ofDays(1));
        Fulfilment other = new Fulfilment(
                work.gate,
                WorkingGate.collector(work.gate, work.log, (t, c, f, u, p) -> Optional.empty()),
                Witnesses.NONE,
                () -> Optional.of(work.log.ledger().checkpoint()),
                found -> new byte[] {1},
                authority -> Optional.of(io.holdfast.bag.RecipientCertificate.parse(
                        io.holdfast.fixture.Recipient.ec("P-384").certificate())),
                PackageTerms.USUAL);
        assertEquals(
                Blocked.NO_CERTIFICATE,
                assertInstanceOf(
                                PackageDesk.Result.Failed.class,
                                other.desk().open(id).orElseThrow())
                        .blocked());
    }

    @Test
    void a_store_that_goes_down_in_the_middle_is_gone_on_with_where_it_stopped() {
        String id = work.released();
        failAt = 3;
        assertEquals(
                Optional.of(Blocked.STORE_UNAVAILABLE),
                assertInstanceOf(Delivery.Result.Collecting.class, WorkingGate.pack(id, fulfilment))
                        .waitsFor());
        assertEquals(CaseState.ACCESSED, found(id).state());
        failAt = Integer.MAX_VALUE;
        asked.set(0);
        assertEquals(1, fulfilment.open().look());
        assertEquals(CaseState.PACKAGED, found(id).state());
        int pages = PAGES * found(id).event().facts().accounts();
        assertEquals(pages - 2, asked.get());
        opened(WorkingGate.collect(fulfilment, id));
    }

    @Test
    void a_hold_that_lands_in_the_middle_of_collecting_ends_it_and_nothing_stays() {
        String id = work.released();
        failAt = 3;
        WorkingGate.pack(id, fulfilment);
        failAt = Integer.MAX_VALUE;
        new HoldPeople(work, clock).place(HoldPeople.hold("users-hk", 1, "HK"));
        int before = asked.get();
        assertInstanceOf(Delivery.Result.NotReleased.class, WorkingGate.pack(id, fulfilment));
        assertEquals(before, asked.get());
        assertEquals(List.of(), work.log.spool().cases());
    }

    @Test
    void shredding_takes_the_package_along() {
        String id = work.released();
        packed(id);
        WorkingGate.collect(fulfilment, id);
        ErasureDesk shredders = new ErasureDesk(work.gate);
        for (String person : List.of("operator-1", "operator-2")) {
            shredders
                    .shred(id, ErasureReason.COURT_ORDER, Optional.empty(), Person.of(person))
                    .orElseThrow()
                    .toCompletableFuture()
                    .join();
        }
        assertEquals(CaseState.SHREDDED, found(id).state());
        assertEquals(List.of(), work.log.spool().cases());
        assertInstanceOf(
                PackageDesk.Result.Failed.class, fulfilment.desk().open(id).orElseThrow());
        assertEquals(0, fulfilment.open().look());
    }
}
