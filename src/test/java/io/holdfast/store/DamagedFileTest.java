package io.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Receipt;
import io.holdfast.fixture.Sqlite;
import io.holdfast.fixture.TemporaryLog;
import io.holdfast.note.Checkpoint;
import io.holdfast.tlog.Frontier;
import io.holdfast.tlog.Hash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The files of the embedded database, damaged anywhere: flipped bytes, sectors of nothing, sectors from before as a torn write
 * leaves them, files that end too early or are gone. The gateway refuses, or goes on with everything that it has signed; what it
 * signs and answers is never another log. Thirty damages in every build, thousands with {@code -Psoak}.
 */
class DamagedFileTest {

    private static final int DAMAGES = Integer.getInteger("holdfast.damages", 30);
    private static final int ENTRIES = 300; // so that there is a full subtree, and a part of the next
    private static final int SECTOR = 512;

    private final long seed = Long.getLong("holdfast.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<Hash> leaves = new ArrayList<>();
    private Frontier signed = Frontier.empty();

    @TempDir
    Path temporary;

    /** What becomes of one file. */
    private enum Damage {
        FLIPPED,
        ZEROED,
        TORN,
        CUT,
        GONE
    }

    /** How it went on. */
    private enum Result {
        NOT_OPENED,
        NOT_WRITTEN,
        WENT_ON
    }

    private static final List<String> FILES = List.of("holdfast.db", "holdfast.db-wal");

    private Path earlier() {
        return temporary.resolve("earlier");
    }

    /** As a kill leaves it: newest pages in the write-ahead log alone. */
    private Path killed() {
        return temporary.resolve("killed");
    }

    /** As an orderly end leaves it: everything in one file. */
    private Path ended() {
        return temporary.resolve("ended");
    }

    @BeforeEach
    void makeLog() throws IOException {
        Path data = temporary.resolve("data");
        try (Sqlite database = Sqlite.in(data)) {
            try (TemporaryLog log = TemporaryLog.open(data, database.alone(), Clock.systemUTC())) {
                take(LedgerFixture.append(log, LedgerFixture.genesis(log)));
                while (leaves.size() < ENTRIES) {
                    take(LedgerFixture.append(
                            log,
                            leaves.size() % 100 == 50
                                    ? LedgerFixture.hold(log.writer(), "hold-" + leaves.size())
                                    : LedgerFixture.once(
                                            log.writer(), "s-" + leaves.size(), "k-" + leaves.size(), "content")));
                    if (leaves.size() == ENTRIES / 2) {
                        copy(data, earlier());
                    }
                }
                copy(data, killed());
            }
        }
        copy(data, ended());
        assertTrue(Files.size(killed().resolve(FILES.get(1))) > 0);
    }

    private void take(List<Receipt> receipts) {
        for (Receipt receipt : receipts) {
            Hash leaf = receipt.stored().entry().leaf().hash();
            leaves.add(leaf);
            signed = signed.append(leaf);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (!file.toString().endsWith("-shm")) {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    @Test
    void whatever_is_damaged_nothing_is_signed_but_the_log_as_it_was_and_what_follows_it() throws IOException {
        for (Path whole : List.of(killed(), ended())) {
            Path data = temporary.resolve("whole");
            copy(whole, data);
            assertEquals(Result.WENT_ON, use(data, "not damaged"));
            delete(data);
        }
        Map<Result, Integer> results = new EnumMap<>(Result.class);
        for (int i = 0; i < DAMAGES; i++) {
            Path data = temporary.resolve("damaged-" + i);
            copy(random.nextBoolean() ? killed() : ended(), data);
            String what = damage(data);
            Result result = use(data, "-Dholdfast.seed=" + seed + ", damage " + i + ": " + what);
            results.merge(result, 1, Integer::sum);
            delete(data);
        }
        System.out.println("DamagedFileTest: -Dholdfast.seed=" + seed + ", " + DAMAGES + " damages, " + results
                + ", wrong roots signed 0");
    }

    private String damage(Path data) throws IOException {
        List<Path> there = FILES.stream()
                .map(data::resolve)
                .filter(DamagedFileTest::isFilled)
                .toList();
        Path file = there.get(random.nextInt(there.size()));
        Damage damage = Damage.values()[random.nextInt(Damage.values().length)];
        byte[] bytes = Files.readAllBytes(file);
        int at = random.nextInt(bytes.length);
        int from = at / SECTOR * SECTOR;
        int to = Math.min(from + SECTOR, bytes.length);
        switch (damage) {
            case FLIPPED -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case ZEROED -> Arrays.fill(bytes, from, to, (byte) 0);
            case TORN -> {
                byte[] before = Files.readAllBytes(earlier().resolve(file.getFileName()));
                int known = Math.min(to, before.length);
                if (from < known) {
                    System.arraycopy(before, from, bytes, from, known - from);
                }
            }
            case CUT -> bytes = Arrays.copyOf(bytes, at);
            case GONE -> bytes = new byte[0];
        }
        if (damage == Damage.GONE) {
            Files.delete(file);
        } else {
            Files.write(file, bytes);
        }
        return damage + " " + file.getFileName() + " at " + at;
    }

    private static boolean isFilled(Path file) {
        try {
            return Files.exists(file) && Files.size(file) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens it, reads and appends, as long as it lets us. */
    private Result use(Path data, String hint) throws IOException {
        Optional<Hash> appended = Optional.empty();
        Result result = Result.NOT_OPENED;
        try (Sqlite database = Sqlite.existing(data);
                TemporaryLog log = TemporaryLog.open(data, database.alone(), Clock.systemUTC())) {
            result = Result.NOT_WRITTEN;
            assertSigned(log, log.ledger().checkpoint(), signed, hint);
            read(log, hint);
            Receipt receipt = LedgerFixture.append(
                            log, LedgerFixture.candidate(log.writer(), "x", LedgerFixture.failed()))
                    .get(0);
            appended = Optional.of(receipt.stored().entry().leaf().hash());
            assertEquals(ENTRIES, receipt.stored().index(), hint);
            byte[] note = receipt.proof().checkpoint().getBytes(StandardCharsets.UTF_8);
            assertSigned(log, note, signed.append(appended.get()), hint);
            result = Result.WENT_ON;
        } catch (RuntimeException e) {
            // Refused, in whatever words: the marks below say whether something was signed.
        }
        String mark = Files.readString(data.resolve("high-water")).strip();
        Frontier last = appended.map(signed::append).orElse(signed);
        assertEquals(last.size() + " " + last.root().base64(), mark, hint);
        return result;
    }

    private static void assertSigned(TemporaryLog log, byte[] note, Frontier expected, String hint) {
        Checkpoint checkpoint = Checkpoint.open(note, List.of(log.signer().verifierKey()), TemporaryLog.ORIGIN);
        assertEquals(new Checkpoint(TemporaryLog.ORIGIN, expected.size(), expected.root()), checkpoint, hint);
    }

    /** What is read is right, or it is refused. */
    private void read(TemporaryLog log, String hint) {
        for (int i = 0; i < 20; i++) {
            int index = random.nextInt(ENTRIES);
            try {
                Receipt receipt = log.ledger().receipt(index).orElseThrow();
                assertEquals(leaves.get(index), receipt.stored().entry().leaf().hash(), hint);
            } catch (RuntimeException e) {
                // Refused.
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
