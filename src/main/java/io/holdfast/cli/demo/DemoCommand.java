package io.holdfast.cli.demo;

import io.holdfast.cli.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description =
                "Plays the demonstration: gateways and a store on loopback, real HTTP, real logs. Exits with 0 only if "
                        + "every check in it held.")
public final class DemoCommand implements Callable<Integer> {

    /** How the end is told. */
    enum Output {
        table,
        json
    }

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--policies",
            paramLabel = "DIR",
            defaultValue = "policies",
            description = "The rulebook; default ${DEFAULT-VALUE}.")
    private Path policies;

    @Option(names = "--keep", paramLabel = "DIR", description = "Keep logs, keys and export in this new folder.")
    private Path keep;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "'table' for people, 'json' for programs; default ${DEFAULT-VALUE}.")
    private Output output;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Story story = new Story(line -> {
            if (output == Output.table) {
                out.println(line);
                out.flush();
            }
        });
        Path work = keep == null ? Files.createTempDirectory("holdfast-demo") : Files.createDirectory(keep);
        try {
            play(work.toAbsolutePath(), story);
        } finally {
            if (keep == null) {
                delete(work);
            }
        }
        out.println(output == Output.json ? story.json() : "\n" + story.summary());
        return story.held() ? ExitCode.OK : ExitCode.CHECK_FAILED;
    }

    private void play(Path work, Story story) {
        Clock clock = Clock.systemUTC();
        Path registry = work.resolve("authorities");
        SampleAuthorities authorities =
                new SampleAuthorities(policies.resolve("authorities"), registry, clock.instant());
        try (SampleStore store = new SampleStore()) {
            Stage stage = new Stage(work, policies, authorities, registry, store);
            new Stances(stage, clock, story).play();
            DefaultStance.Exported exported = DefaultStance.play(stage, clock, story);
            story.tell("");
            new Offline(exported, clock, story).play();
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clean up " + folder, e);
        }
    }
}
