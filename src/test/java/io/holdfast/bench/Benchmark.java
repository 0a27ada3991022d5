package io.holdfast.bench;

import io.holdfast.fixture.Institutions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Measures, prints one table, writes {@code target/bench.json}. Named so that no normal build takes it for a test; the
 * profile {@code bench} asks for it by name. {@link Options} says what can be set.
 */
class Benchmark {

    /** What an answer to a submission has, roughly; the floor of HTTP answers with as much. */
    private static final int ANSWER_BYTES = 4096;

    private final Options options = Options.read();

    @Test
    void prints_what_this_machine_reaches() throws Exception {
        delete(options.folder());
        Files.createDirectories(options.folder());
        Sheet sheet = new Sheet(Machine.describe(options.folder()));
        try {
            measure(sheet);
        } finally {
            sheet.print(System.out);
            sheet.write(Path.of("target/bench.json"));
            delete(options.folder());
        }
    }

    private void measure(Sheet sheet) throws Exception {
        Institutions institutions = Institutions.enrol(LiveGate.POLICIES, options.folder());
        Traffic traffic = new Traffic(institutions);
        OverHttp http = new OverHttp(options, sheet, institutions, traffic);
        Floor floor = new Floor(options, sheet);
        if (options.runs(Options.Part.FLOOR)) {
            say("floor");
            floor.run();
            floor.http(http.meanBodyBytes(), ANSWER_BYTES);
        }
        if (options.runs(Options.Part.DECIDE)) {
            say("decision alone");
            new Deciding(options, sheet).run();
        }
        if (options.runs(Options.Part.FRONT)) {
            say("in front of a store");
            new InFront(options, sheet).run(data());
        }
        for (String name : options.engines()) {
            Engine engine = Engine.of(name);
            if (options.runs(Options.Part.INPROCESS)) {
                say("in process, " + engine.name());
                new InProcess(options, sheet, institutions, traffic).run(engine, data());
            }
            if (options.runs(Options.Part.HTTP)) {
                say("over HTTP, " + engine.name());
                http.run(engine, data());
            }
            if (options.runs(Options.Part.LOG)) {
                say("a large log, " + engine.name());
                new LargeLog(options, sheet, institutions, traffic).run(engine, data());
            }
            if (options.runs(Options.Part.RECOVERY)) {
                say("recovery, " + engine.name());
                new Recovery(options, sheet, institutions).run(engine, data());
            }
        }
    }

    private static void say(String what) {
        System.err.println("bench: " + what);
    }

    /** A folder for a new log, and no other log on the disk. */
    private Path data() throws IOException {
        Path data = options.folder().resolve("data").toAbsolutePath();
        delete(data);
        delete(options.folder().resolve("export"));
        return data;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
