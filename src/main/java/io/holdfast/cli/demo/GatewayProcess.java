package io.holdfast.cli.demo;

import io.holdfast.cli.DevelopmentIssuer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One gateway in a process of its own, on a free port of the loopback address, with a new log. */
final class GatewayProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(25);

    private final Path folder;
    private final Process process;
    private final String url;

    private GatewayProcess(Path folder, Process process, String url) {
        this.folder = folder;
        this.process = process;
        this.url = url;
    }

    /**
     * @param folder its data; a gateway that was there before goes on with its log
     * @param holds {@code start}, or a posture
     */
    static GatewayProcess start(Path folder, Path policies, Path authorities, String holds, String store) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // A demonstration lives for seconds: the quick compiler alone starts sooner.
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("holdfast.jar", System.getProperty("java.class.path")),
                "serve"));
        Path announced = folder.resolve("url");
        command.addAll(List.of("--data", folder.toString(), "--policies", policies.toString()));
        command.addAll(List.of("--authorities", authorities.toString(), "--holds", holds, "--store", store));
        command.addAll(List.of("--port", "0", "--development", "--announce", announced.toString()));
        try {
            Files.createDirectories(folder.getParent());
            Files.deleteIfExists(announced); // of an earlier life of the same gateway
            File log = folder.resolveSibling(folder.getFileName() + ".log").toFile();
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log)
                    .start();
            return new GatewayProcess(folder, process, waitFor(announced, process, log.toPath()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a gateway", e);
        }
    }

    private static String waitFor(Path announced, Process process, Path log) throws IOException {
        long start = System.nanoTime();
        try {
            while (System.nanoTime() - start < PATIENCE.toNanos()) {
                if (Files.exists(announced)) {
                    return Files.readString(announced).strip();
                }
                if (process.waitFor(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new IllegalStateException("the gateway did not come up; it said:\n" + Files.readString(log));
    }

    String url() {
        return url;
    }

    Path data() {
        return folder;
    }

    /** A token of this gateway's development issuer. */
    String token(String subject, String role, Optional<String> authority) {
        return new DevelopmentIssuer(folder).token(subject, Set.of(role), authority, Set.of(), Duration.ofMinutes(10));
    }

    /** Ends it as a power cut would, as far as one process can: no handler runs, nothing is flushed. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
