package io.holdfast.gate;

import io.holdfast.audit.Event;
import io.holdfast.audit.Stored;
import io.holdfast.enforce.HttpUserDataStore;
import io.holdfast.fixture.Postgres;
import io.holdfast.fixture.Sqlite;
import io.holdfast.fixture.TestDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A process that goes on collecting one case, and says {@code done} if it gets to the end before it is killed. */
final class Collecting {

    private Collecting() {}

    /** @param arguments data folder, address of a server or {@code -}, address of the store, id of the request */
    public static void main(String... arguments) {
        Path folder = Path.of(arguments[0]);
        try (TestDatabase database =
                        arguments[1].equals("-") ? Sqlite.existing(folder) : Postgres.existing(arguments[1]);
                WorkingGate work = WorkingGate.replica(folder, database.alone())) {
            Collector.Result result = new Collector(
                            work.gate,
                            new HttpUserDataStore(URI.create(arguments[2])),
                            work.log.spool(),
                            Collector.Limits.USUAL,
                            Retries.SHORT)
                    .collect(work.gate.find(arguments[3]).orElseThrow(), accessed(work, arguments[3]), () -> true);
            System.out.println(result instanceof Collector.Result.Collected ? "done" : result.toString());
        }
    }

    /** The newest entry that permits it. */
    static Stored accessed(WorkingGate work, String id) {
        List<Stored> all = work.log.ledger().history(id).stream()
                .filter(stored -> stored.entry().event() instanceof Event.Accessed)
                .toList();
        return all.get(all.size() - 1);
    }
}
