package io.holdfast.bench;

import io.holdfast.note.Ed25519Key;
import io.holdfast.tlog.Hash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** What this machine takes for the parts that no gateway can do without. */
final class Floor {

    private static final int RECORD_BYTES = 1024;
    private static final int APPENDS = 2000;
    private static final Duration WARM_UP = Duration.ofMillis(1500);
    private static final Duration MEASURED = Duration.ofMillis(1000);

    private final Options options;
    private final Sheet sheet;
    private final byte[] record = new byte[RECORD_BYTES];
    private final Ed25519Key key = Ed25519Key.generate();
    private int nonce;

    /** Where every result goes, so that no operation can be left out. */
    private volatile Object result;

    Floor(Options options, Sheet sheet) {
        this.options = options;
        this.sheet = sheet;
        new Random(RECORD_BYTES).nextBytes(record);
    }

    void run() throws IOException {
        disk();
        cryptography("Ed25519 sign, 1 KiB, Bouncy Castle", micros(() -> key.sign(record)));
        cryptography("Ed25519 verify, 1 KiB, Bouncy Castle", signatureCheck());
        cryptography("SHA-256, 1 KiB", micros(() -> Hash.leaf(record)));
        cryptography("AES-256-GCM, 1 KiB", micros(this::encrypt));
    }

    /** What checking one Ed25519 signature takes. */
    Measure signatureCheck() {
        byte[] signature = key.sign(record);
        return micros(() -> key.publicKey().verify(record, signature));
    }

    void disk() throws IOException {
        Path file = Files.createTempFile(options.folder(), "append", ".floor");
        double[] p50 = new double[options.repetitions()];
        double[] p99 = new double[options.repetitions()];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
            for (int i = 0; i < options.repetitions(); i++) {
                Latencies latencies = new Latencies();
                for (int append = 0; append < APPENDS; append++) {
                    long start = System.nanoTime();
                    channel.write(ByteBuffer.wrap(record));
                    channel.force(false);
                    latencies.add(System.nanoTime() - start);
                }
                p50[i] = latencies.percentile(0.5) / 1e6;
                p99[i] = latencies.percentile(0.99) / 1e6;
            }
        }
        Files.delete(file);
        sheet.row(
                "floor: disk",
                "append 1 KiB and fdatasync, one caller",
                List.of(Measure.of("p50", "ms", p50), Measure.of("p99", "ms", p99)));
    }

    private void cryptography(String name, Measure each) {
        sheet.row("floor: cryptography, one thread", name, List.of(each));
    }

    private Measure micros(Supplier<Object> operation) {
        repeat(operation, WARM_UP);
        double[] micros = new double[options.repetitions()];
        for (int i = 0; i < micros.length; i++) {
            micros[i] = repeat(operation, MEASURED);
        }
        return Measure.of("CPU each", "us", micros);
    }

    /** Microseconds of CPU that each took, so that a busy machine changes little. */
    private double repeat(Supplier<Object> operation, Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        long cpu = Threads.cpuNanos();
        int done = 0;
        while (System.nanoTime() < end) {
            result = operation.get();
            done++;
        }
        return (Threads.cpuNanos() - cpu) / 1e3 / done;
    }

    private byte[] encrypt() {
        try {
            byte[] iv = ByteBuffer.allocate(12).putInt(nonce++).array();
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[32], "AES"), new GCMParameterSpec(128, iv));
            return cipher.doFinal(record);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The loopback and the HTTP server, with bodies of the sizes that the gateway has. */
    void http(int requestBytes, int answerBytes) throws IOException {
        Path announced = options.folder().resolve("echo.url");
        Files.deleteIfExists(announced);
        List<String> arguments = List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Echo.class.getName(),
                Integer.toString(answerBytes),
                announced.toString());
        List<byte[]> requests = List.of(HttpCallers.request("POST /", "", new byte[requestBytes]));
        try (Child echo = Child.start(options.folder(), announced, arguments)) {
            for (int callers : options.callers()) {
                try (HttpCallers load = new HttpCallers(echo.url(), requests, 201, callers)) {
                    load.run(Duration.ofSeconds(2));
                    sheet.row(
                            "floor: HTTP, a Vert.x server that takes " + requestBytes + " bytes and answers "
                                    + answerBytes,
                            callers(callers),
                            Series.against(options, echo).measure(load));
                }
            }
        }
    }

    static String callers(int callers) {
        return callers == 1 ? "1 caller" : callers + " callers";
    }
}
