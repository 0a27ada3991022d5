package io.holdfast.enforce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.legal.DataCategory;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Answers of 100 MB, in a Java of their own with a heap that holds none of them. */
class MinimiserMemoryTest {

    private static final int MEGABYTES = Integer.getInteger("holdfast.minimiser.megabytes", 100);
    private static final String HEAP = "-Xmx32m";

    @Test
    void an_answer_may_be_as_long_as_it_likes() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        classPath(),
                        Child.class.getName(),
                        "" + MEGABYTES)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(10, TimeUnit.SECONDS), "it does not end");
        System.out.print("MinimiserMemoryTest: " + HEAP + "\n" + said);
        assertEquals(0, process.exitValue(), said);
        List<String> lines = said.lines().map(line -> line.split(" ")[0]).toList();
        assertEquals(
                List.of(
                        "granted:COMPLETE",
                        "withheld:COMPLETE",
                        "text:BEYOND_LIMITS",
                        "number:BEYOND_LIMITS",
                        "name:BEYOND_LIMITS",
                        "names:BEYOND_LIMITS",
                        "depth:BEYOND_LIMITS",
                        "spaces:BEYOND_LIMITS"),
                lines);
    }

    /** Java keeps the directory of each JAR that it has looked into in its heap; so only those that are needed. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(place ->
                        Files.isDirectory(Path.of(place)) || place.matches(".*(jackson-|snakeyaml)[^/]*\\.jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Runs alone, and prints how each ended. */
    static final class Child {

        private Child() {}

        public static void main(String[] arguments) throws IOException {
            long bytes = Long.parseLong(arguments[0]) * 1_000_000;
            String mail = "{\"from\":\"someone@example.org\",\"body\":\"" + "text ".repeat(40) + "\",\"no\":[1,2,{}]},";
            String none = "{\"head\":\"" + "text ".repeat(40) + "\",\"no\":[1,2,{\"from\":1}]},";
            run("granted", bytes, "{\"mail\":[", mail, "{}]}");
            run("withheld", bytes, "{\"mail\":[", none, "{}]}");
            run("text", bytes, "{\"mail\":\"", "text".repeat(100), "\"}");
            run("number", bytes, "{\"mail\":1", "1".repeat(100), "}");
            run("name", bytes, "{\"", "name".repeat(100), "\":1}");
            run("names", bytes, "{\"0\":0", ",\"#\":0", "}");
            run("depth", bytes, "{\"mail\":", "[".repeat(100), "]}");
            run("spaces", bytes, "{", " ".repeat(1_000), "}");
        }

        private static void run(String what, long bytes, String head, String body, String tail) {
            long start = System.nanoTime();
            Minimiser minimiser = new Minimiser(
                    MinimiserTest.fields("{/mail/*/from: TRAFFIC, /mail/*/body: CONTENT}"),
                    EnumSet.of(DataCategory.TRAFFIC));
            long left = minimiser.take(head.getBytes(StandardCharsets.UTF_8)).length;
            boolean isCounted = body.contains("#");
            int times = Math.max(1, 64 * 1024 / body.length());
            byte[] chunk = body.repeat(times).getBytes(StandardCharsets.UTF_8);
            long done = 0;
            long longest = 0;
            for (long i = 0; done < bytes && minimiser.withheld().isEmpty(); i++) {
                byte[] next = isCounted ? body.replace("#", "x" + i).getBytes(StandardCharsets.UTF_8) : chunk;
                byte[] out = minimiser.take(Arrays.copyOf(next, next.length));
                longest = Math.max(longest, out.length);
                left += out.length;
                done += next.length;
            }
            minimiser.take(tail.getBytes(StandardCharsets.UTF_8));
            left += minimiser.end().length;
            String ended = minimiser.withheld().map(Enum::name).orElse("COMPLETE");
            System.out.println(what + ":" + ended + " " + done + " bytes in, " + left + " out, at most " + longest
                    + " at once, " + (System.nanoTime() - start) / 1_000_000 + " ms");
        }
    }
}
