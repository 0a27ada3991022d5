package io.holdfast.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The machine that is measured on: what it is, and how busy it is with other things. */
final class Machine {

    /** How long a tick of {@code /proc/stat} is, on every Linux that Java runs on. */
    private static final double SECONDS_A_TICK = 0.01;

    private Machine() {}

    static Map<String, String> describe(Path folder) throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        lines.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        lines.put("processors", Runtime.getRuntime().availableProcessors() + " x " + processor());
        lines.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        lines.put("file system", Files.getFileStore(folder).type());
        lines.put(
                "load before the run",
                String.valueOf(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        return lines;
    }

    private static String processor() throws IOException {
        return lines("/proc/cpuinfo").stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    /** Seconds of CPU that all processes together, and the host above, have used since the start; 0 where nobody says. */
    static double busySeconds() {
        try {
            return lines("/proc/stat").stream()
                    .filter(line -> line.startsWith("cpu "))
                    .findFirst()
                    .map(Machine::busy)
                    .orElse(0.0);
        } catch (IOException e) {
            return 0;
        }
    }

    /** user, nice, system, idle, iowait, irq, softirq, steal: everything but idle and iowait. */
    private static double busy(String line) {
        long[] ticks = Arrays.stream(line.substring(3).strip().split(" +"))
                .mapToLong(Long::parseLong)
                .limit(8)
                .toArray();
        return (Arrays.stream(ticks).sum() - ticks[3] - ticks[4]) * SECONDS_A_TICK;
    }

    private static List<String> lines(String file) throws IOException {
        Path path = Path.of(file);
        return Files.exists(path) ? Files.readAllLines(path) : List.of();
    }

    /** Seconds of CPU that this process has used. */
    static double ownSeconds() {
        return seconds(ProcessHandle.current());
    }

    static double seconds(ProcessHandle process) {
        return process.info().totalCpuDuration().map(it -> it.toNanos() / 1e9).orElse(0.0);
    }
}
