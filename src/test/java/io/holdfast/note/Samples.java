package io.holdfast.note;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sample notes, and the keys that signed them. */
final class Samples {
    static final Path FOLDER = Path.of("src/test/resources/note");
    static final String ORIGIN = "holdfast.example/log";

    /** The seed is 00 01 02 ... 1f. */
    static final NoteSigner LOG = new NoteSigner(ORIGIN, Ed25519Key.ofSeed(seedFrom(0)));

    /** The seed is 20 21 22 ... 3f. */
    static final NoteSigner STRANGER = new NoteSigner("example.org/log", Ed25519Key.ofSeed(seedFrom(0x20)));

    private Samples() {}

    static byte[] read(String name) {
        try {
            return Files.readAllBytes(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] seedFrom(int first) {
        byte[] seed = new byte[32];
        for (int i = 0; i < seed.length; i++) {
            seed[i] = (byte) (first + i);
        }
        return seed;
    }
}
