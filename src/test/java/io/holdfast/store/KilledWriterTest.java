package io.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.fixture.TemporaryLog;
import io.holdfast.fixture.TestDatabase;
import io.holdfast.fixture.WholeLog;
import io.holdfast.note.VerifierKey;
import io.holdfast.tlog.Hash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A writer in a process of its own, killed at a random moment under load or while it opens the log, again and again on one
 * log; see the two classes that name an engine. Every restart is checked against everything that was acknowledged. A few
 * rounds in every build, hundreds with {@code -Psoak}.
 */
abstract class KilledWriterTest {

    private static final int ROUNDS = Integer.getInteger("holdfast.soak-rounds", 3);
    private static final int CALLERS = 32;
    private static final long PATIENCE_SECONDS = 60;

    private final long seed = Long.getLong("holdfast.seed", System.nanoTime());
    private final Random random = new Random(seed);

    /** The next call of each caller: one that was under way when the writer was killed is made again. */
    private final long[] next = new long[CALLERS];

    private int whileOpening;
    private long acknowledged;

    @TempDir
    Path temporary;

    /** A new and empty one, for a log whose other data is in this folder. */
    abstract TestDatabase create(Path folder);

    /** How another process finds it. */
    abstract String address(TestDatabase created);

    /** The same again, as after a restart. */
    abstract TestDatabase existing(Path folder, String address);

    @Test
    void killed_at_random_again_and_again_it_keeps_everything_that_it_has_acknowledged() throws Exception {
        Path folder = temporary.resolve("data");
        String address;
        VerifierKey key;
        GrowingLog told;
        try (TestDatabase database = create(folder);
                TemporaryLog log = TemporaryLog.open(folder, database.alone(), Clock.systemUTC())) {
            address = address(database);
            key = log.signer().verifierKey();
            told = new GrowingLog(key, log.writer().key());
            LedgerFixture.append(log, LedgerFixture.genesis(log));
        }
        String hint = "-Dholdfast.seed=" + seed;
        for (int round = 0; round < ROUNDS; round++) {
            take(runAndKill(folder, address, round > 0 && random.nextInt(5) == 0), told);
            try (TestDatabase database = existing(folder, address);
                    TemporaryLog log = TemporaryLog.open(folder, database.alone(), Clock.systemUTC())) {
                told.look(log);
                if (round == ROUNDS - 1) {
                    WholeLog.check(log.ledger(), key);
                }
            }
            told.assertNothingWrong(hint);
        }
        System.out.println(
                getClass().getSimpleName() + ": " + hint + ", kill -9: " + ROUNDS + " rounds, " + whileOpening
                        + " of them while opening, " + CALLERS + " callers, " + acknowledged + " acknowledged, "
                        + told.counts());
        assertTrue(acknowledged > 0, hint);
    }

    private void take(List<String> lines, GrowingLog told) {
        for (String line : lines) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "opening" -> {}
                case "open" -> told.signed(Base64.getDecoder().decode(words[1]));
                case "done" -> {
                    next[Integer.parseInt(words[1])] = Long.parseLong(words[2]) + 1;
                    told.acknowledged(Long.parseLong(words[3]), Hash.parseBase64(words[4]));
                    told.signed(Base64.getDecoder().decode(words[5]));
                    acknowledged++;
                }
                default -> throw new AssertionError("the writer said: " + line);
            }
        }
    }

    /** @return what it said until it was killed */
    private List<String> runAndKill(Path folder, String address, boolean opening) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Appending.class.getName(),
                folder.toString(),
                address));
        Arrays.stream(next).forEach(call -> command.add(Long.toString(call)));
        Path errors = temporary.resolve("errors");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        Listener listener = new Listener(process.getInputStream());
        Thread reading = new Thread(listener, "listener");
        reading.start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        // Three lines are: opening, open, and the first that was acknowledged.
        while (listener.lines() < (opening ? 1 : 3)) {
            assertTrue(
                    process.isAlive() && System.nanoTime() < end,
                    () -> "the writer does not work; it said: " + text(errors));
            Thread.sleep(1);
        }
        whileOpening += opening ? 1 : 0;
        TimeUnit.MICROSECONDS.sleep(random.nextInt(opening ? 60_000 : 500_000));
        // Not Process.destroyForcibly, which throws away what was said and not yet heard.
        process.toHandle().destroyForcibly();
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
        reading.join();
        return GrowingLog.whole(listener.said());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes everything in at once, so that the writer never waits for who listens. */
    private static final class Listener implements Runnable {
        private final InputStream in;
        private final ByteArrayOutputStream said = new ByteArrayOutputStream();
        private volatile int lines;

        Listener(InputStream in) {
            this.in = in;
        }

        @Override
        public void run() {
            byte[] buffer = new byte[1 << 16];
            try {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    said.write(buffer, 0, read);
                    int more = 0;
                    for (int i = 0; i < read; i++) {
                        more += buffer[i] == '\n' ? 1 : 0;
                    }
                    lines += more;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        int lines() {
            return lines;
        }

        /** Once it has ended. */
        byte[] said() {
            return said.toByteArray();
        }
    }
}
