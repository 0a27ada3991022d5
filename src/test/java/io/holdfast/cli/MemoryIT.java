package io.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much memory the gateway takes while it waits, started as the README says, with an address for checks. */
class MemoryIT {

    private static final long MOST_MB = 200;

    /** What is not needed is collected after ten seconds in which nothing was, and given back within five. */
    private static final int SETTLED_AFTER_SECONDS = 25;

    private static final int SECONDS = Integer.getInteger("holdfast.idle-seconds", 35);

    @TempDir
    private Path temporary;

    /** So that the launcher has nothing to build. */
    @BeforeEach
    void the_build_is_the_newest() throws IOException {
        Files.setLastModifiedTime(Path.of(System.getProperty("holdfast.jar")), FileTime.from(Instant.now()));
    }

    @Test
    void a_gateway_that_waits_takes_200_MB_at_most() throws Exception {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/status")), "only Linux says what is resident");
        Path announced = temporary.resolve("url");
        ProcessBuilder builder = new ProcessBuilder(
                        "deploy/holdfast",
                        "serve",
                        "--development",
                        "--data",
                        temporary.resolve("data").toString(),
                        "--port",
                        "0",
                        "--announce",
                        announced.toString())
                .redirectErrorStream(true)
                .redirectOutput(temporary.resolve("log").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("HOLDFAST_CHECK_PORT", String.valueOf(freePort()));
        builder.environment().put("HOLDFAST_CHECK_ROUTES", "deploy/proxies/routes.yaml");
        Process gateway = builder.start();
        try {
            while (!Files.exists(announced)) {
                assertTrue(!gateway.waitFor(25, TimeUnit.MILLISECONDS), () -> said(temporary.resolve("log")));
            }
            List<Long> resident = new ArrayList<>(List.of(residentMb(gateway)));
            for (int second = 0; second < SECONDS; second++) {
                assertTrue(!gateway.waitFor(1, TimeUnit.SECONDS), () -> said(temporary.resolve("log")));
                resident.add(residentMb(gateway));
            }
            System.out.println("resident MB, each second after the start, on Java " + System.getProperty("java.version")
                    + ": " + resident);
            List<Long> settled = resident.subList(SETTLED_AFTER_SECONDS, resident.size());
            assertTrue(settled.stream().allMatch(mb -> mb <= MOST_MB), resident.toString());
        } finally {
            gateway.destroy();
            gateway.waitFor();
        }
    }

    private static long residentMb(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String said(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
