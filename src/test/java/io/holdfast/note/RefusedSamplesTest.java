package io.holdfast.note;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * One sample for each defect, named by it, and the sentence that refuses it. A defect of the text is signed as it
 * stands, by the right key, so that the signature cannot be what refuses it.
 */
class RefusedSamplesTest {
    private static final List<VerifierKey> KEYS = List.of(Samples.LOG.verifierKey());

    @Test
    void every_sample_is_refused_with_its_sentence() throws IOException {
        String sentences;
        try (Stream<Path> samples = Files.list(Samples.FOLDER.resolve("refused"))) {
            sentences = samples.map(sample -> sample.getFileName().toString())
                    .sorted()
                    .map(name -> name + "\n    " + refusal("refused/" + name) + "\n")
                    .collect(Collectors.joining());
        }
        assertEquals(Files.readString(Samples.FOLDER.resolve("refused-sentences.txt")), sentences);
    }

    private static String refusal(String sample) {
        byte[] bytes = Samples.read(sample);
        RuntimeException e =
                assertThrows(RuntimeException.class, () -> Checkpoint.open(bytes, KEYS, Samples.ORIGIN), sample);
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
