package io.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The launcher, on the packaged program: what it answers must not depend on whether it has run before. */
class LauncherIT {

    private static final Path TARGET =
            Path.of(System.getProperty("holdfast.jar")).getParent().getParent();

    /** So that the launcher has nothing to build, and makes its archives anew. */
    @BeforeAll
    static void the_build_is_the_newest() throws IOException {
        Files.setLastModifiedTime(Path.of(System.getProperty("holdfast.jar")), FileTime.from(Instant.now()));
        for (Path archive : archives()) {
            Files.delete(archive);
        }
    }

    @Test
    void the_second_run_of_a_command_answers_as_the_first_did() throws Exception {
        for (List<String> command : List.of(
                List.of("version"),
                List.of("policy", "check"),
                List.of("log", "verify", "--key", "none", "no-such-folder"),
                List.of("audit", "replay", "no such folder"))) {
            assertEquals(run(command), run(command));
        }
        assertTrue(archives().size() >= 4, "the first runs leave their classes ready: " + archives());
    }

    @Test
    void the_exit_code_is_the_one_of_the_command() throws Exception {
        assertEquals(ExitCode.OK, run(List.of("policy", "check")).code());
        assertEquals(ExitCode.USAGE, run(List.of("no-such-command")).code());
        assertEquals(ExitCode.USAGE, run(List.of()).code());
        assertEquals(
                ExitCode.UNREACHABLE,
                run(List.of("hold", "list", "--url", "http://127.0.0.1:1", "--token", "t"))
                        .code());
    }

    @Test
    void an_archive_of_another_java_is_not_a_reason_to_fail() throws Exception {
        Answer before = run(List.of("version"));
        for (Path archive : archives()) {
            Files.write(archive, new byte[] {1, 2, 3});
            Files.setLastModifiedTime(archive, FileTime.from(Instant.now().plusSeconds(5)));
        }
        assertEquals(before, run(List.of("version")));
        the_build_is_the_newest();
    }

    private record Answer(int code, String out, String err) {}

    private static Answer run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Path.of("deploy", "holdfast").toString()));
        command.addAll(arguments);
        Path out = Files.createTempFile("launcher", ".out");
        Path err = Files.createTempFile("launcher", ".err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            int code = builder.start().waitFor();
            return new Answer(
                    code, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.list(TARGET)) {
            return files.filter(file -> file.toString().endsWith(".jsa")).toList();
        }
    }
}
