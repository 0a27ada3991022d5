package io.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.note.Checkpoint;
import io.holdfast.note.Cosigner;
import io.holdfast.note.Ed25519Key;
import io.holdfast.note.NoteSigner;
import io.holdfast.note.SignatureType;
import io.holdfast.note.SignedNote;
import io.holdfast.tlog.Frontier;
import io.holdfast.tlog.Hash;
import io.holdfast.witness.KeyFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A witness in a process of its own, which is killed at any moment. */
class WitnessProcessTest {
    private static final int ROUNDS = Integer.getInteger("holdfast.kill-rounds", 2);
    private static final NoteSigner LOG = new NoteSigner("log.example", Ed25519Key.generate());

    @TempDir
    Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Cosigner key;
    private Process process;
    private URI witness;

    @BeforeEach
    void make() throws Exception {
        key = KeyFile.create(folder.resolve("w.key"), "witness.example/w", SignatureType.ML_DSA_44);
        start();
    }

    @AfterEach
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    }

    private void start() throws Exception {
        Path announced = folder.resolve("address");
        Files.deleteIfExists(announced);
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.holdfast.app.Main",
                        "witness",
                        "serve",
                        "--key-file",
                        folder.resolve("w.key").toString(),
                        "--state",
                        folder.resolve("state").toString(),
                        "--log",
                        LOG.verifierKey().toString(),
                        "--listen",
                        "127.0.0.1:0",
                        "--announce",
                        announced.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        String address = "";
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!address.endsWith("\n")) {
            boolean isStarting = !process.waitFor(20, TimeUnit.MILLISECONDS) && System.nanoTime() < deadline;
            assertTrue(isStarting, () -> read("output"));
            address = Files.exists(announced) ? Files.readString(announced) : "";
        }
        witness = URI.create(address.strip());
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Each entry is one more; the proofs of a log with one more entry each time are made from its frontier's leaves. */
    private static List<Hash> leaves(String entry, int size) {
        List<Hash> leaves = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            leaves.add(Hash.leaf((entry + i).getBytes(StandardCharsets.UTF_8)));
        }
        return leaves;
    }

    private static byte[] request(String entry, int from, int to) {
        List<Hash> leaves = leaves(entry, to);
        Frontier frontier = Frontier.empty();
        List<List<Hash>> rows = new ArrayList<>();
        for (Hash leaf : leaves) {
            frontier = frontier.append(leaf, (level, index, hash) -> {
                while (rows.size() <= level) {
                    rows.add(new ArrayList<>());
                }
                rows.get(level).add(hash);
            });
        }
        StringBuilder request = new StringBuilder("old " + from + "\n");
        io.holdfast.tlog.Proofs.consistency(
                        from, to, (level, index) -> rows.get(level).get((int) index))
                .forEach(hash -> request.append(hash.base64()).append('\n'));
        SignedNote note = new Checkpoint("log.example", to, frontier.root()).sign(LOG);
        return (request + "\n" + new String(note.print(), StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    private HttpResponse<String> post(byte[] request) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(witness.resolve("/add-checkpoint"))
                        .timeout(Duration.ofSeconds(20))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void killed_at_any_moment_it_never_forgets_what_it_cosigned() throws Exception {
        int size = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int step = 0; step < 5; step++) {
                HttpResponse<String> answer = post(request("entry ", size, size + 3));
                assertEquals(200, answer.statusCode(), answer.body());
                size += 3;
                SignedNote.parse((noteText(size) + "\n" + answer.body()).getBytes(StandardCharsets.UTF_8))
                        .open(List.of(key.verifierKey()));
            }
            // The answer to this one may never arrive: then the witness may or may not have grown, but not forked.
            byte[] last = request("entry ", size, size + 1);
            Thread caller = new Thread(() -> {
                try {
                    post(last);
                } catch (IOException e) {
                    // Killed under it, as it should be.
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            caller.start();
            kill();
            caller.join();
            start();
            HttpResponse<String> asked = post(request("entry ", 0, size + 2));
            assertEquals(409, asked.statusCode());
            assertEquals(
                    "text/x.tlog.size",
                    asked.headers().firstValue("Content-Type").orElseThrow());
            int remembered = Integer.parseInt(asked.body().strip());
            assertTrue(remembered == size || remembered == size + 1, "remembers " + remembered + " after " + size);
            size = remembered;
            assertEquals(422, post(request("other entry ", size, size + 1)).statusCode(), "another past");
        }
        System.out.println("witness killed " + ROUNDS + " times, forgot 0");
    }

    private static String noteText(int size) {
        Frontier frontier = Frontier.empty();
        for (Hash leaf : leaves("entry ", size)) {
            frontier = frontier.append(leaf);
        }
        return new Checkpoint("log.example", size, frontier.root()).text();
    }

    @Test
    void serves_what_it_cosigned_and_nothing_else() throws Exception {
        assertEquals(200, post(request("entry ", 0, 3)).statusCode());
        String origin = java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                        .digest("log.example".getBytes(StandardCharsets.UTF_8)));
        HttpResponse<String> served = get("/" + origin + "/checkpoint");
        assertEquals(200, served.statusCode());
        SignedNote.parse(served.body().getBytes(StandardCharsets.UTF_8)).open(List.of(key.verifierKey()));
        assertEquals(404, get("/" + "0".repeat(64) + "/checkpoint").statusCode());
        assertEquals(404, get("/").statusCode());
        assertEquals(404, get("/" + origin + "/../w.key").statusCode());
        assertEquals(405, get("/add-checkpoint").statusCode());
        assertEquals(400, post(new byte[0]).statusCode());
        assertEquals(413, post(new byte[1 << 20]).statusCode());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(witness + path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
