package io.holdfast.store;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.EntryWriter;
import io.holdfast.audit.LedgerException;
import io.holdfast.audit.Receipt;
import io.holdfast.fixture.Postgres;
import io.holdfast.fixture.Sqlite;
import io.holdfast.fixture.TemporaryLog;
import io.holdfast.fixture.TestDatabase;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.concurrent.CompletionException;

/**
 * A process that appends with many callers until it is killed, and tells over its output what was acknowledged. It says one
 * line for each thing: {@code opening}, {@code open CHECKPOINT}, {@code done CALLER CALL INDEX LEAF-HASH CHECKPOINT}, hash and
 * checkpoints in base64. A line is said after the receipt is in hand, so what is said was acknowledged.
 */
final class Appending {

    private static final PrintStream OUT = System.out;

    private Appending() {}

    /** @param arguments data folder, address of a server or {@code -}, then for each caller the number of its first call */
    public static void main(String... arguments) {
        Path folder = Path.of(arguments[0]);
        TestDatabase database = arguments[1].equals("-") ? Sqlite.existing(folder) : Postgres.existing(arguments[1]);
        say("opening");
        TemporaryLog log = TemporaryLog.open(folder, database.alone(), Clock.systemUTC());
        say("open " + base64(log.ledger().checkpoint()));
        EntryWriter writer = log.writer();
        for (int i = 2; i < arguments.length; i++) {
            Caller caller = new Caller(log.ledger(), writer, i - 2, Long.parseLong(arguments[i]));
            new Thread(caller::appendForEver, "caller-" + caller.number).start();
        }
    }

    private static void say(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.US_ASCII);
        OUT.write(bytes, 0, bytes.length);
        if (OUT.checkError()) {
            Runtime.getRuntime().halt(1); // whoever was to kill it is gone
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** What a call is about; no two entries of the log are on the same. */
    static String subject(int caller, long call) {
        return "call-" + caller + "-" + call;
    }

    private record Caller(SqlLedger ledger, EntryWriter writer, int number, long first) {

        void appendForEver() {
            for (long call = first; ; call++) {
                if (number == 0 && call == first + 5) {
                    append(LedgerFixture.hold(writer, "soak"));
                }
                String subject = subject(number, call);
                Receipt receipt = append(LedgerFixture.once(writer, subject, subject, "content"));
                say("done " + number + " " + call + " " + receipt.stored().index() + " "
                        + receipt.stored().entry().leaf().hash().base64() + " "
                        + base64(receipt.proof().checkpoint().getBytes(StandardCharsets.UTF_8)));
            }
        }

        private Receipt append(Candidate candidate) {
            while (true) {
                try {
                    return ledger.append(candidate).toCompletableFuture().join().get(0);
                } catch (CompletionException | LedgerException e) {
                    System.err.println(e);
                }
            }
        }
    }
}
