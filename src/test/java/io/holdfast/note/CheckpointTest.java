package io.holdfast.note;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.tlog.Hash;
import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.Seeded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    private static final List<VerifierKey> KEYS = List.of(Samples.LOG.verifierKey());
    private static final Hash ROOT = Hash.parseBase64("XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=");

    @Test
    void signs_the_sample_to_the_byte_and_opens_it() {
        Checkpoint checkpoint = new Checkpoint(Samples.ORIGIN, 8, ROOT);
        byte[] sample = Samples.read("checkpoint.txt");
        assertArrayEquals(sample, checkpoint.sign(Samples.LOG).print());
        assertEquals(checkpoint, Checkpoint.open(sample, KEYS, Samples.ORIGIN));
    }

    @Test
    void the_package_comment_shows_the_sample_and_its_key() throws IOException {
        String comment = Files.readString(Path.of("src/main/java/io/holdfast/note/package-info.java"))
                .replaceAll("(?m)^ \\* ?", "");
        assertTrue(comment.contains(Files.readString(Samples.FOLDER.resolve("checkpoint.txt"))));
        assertTrue(comment.contains("\n" + Samples.LOG.verifierKey() + "\n"));
    }

    @Test
    void opens_under_signatures_nobody_here_knows() {
        Checkpoint checkpoint =
                Checkpoint.open(Samples.read("checkpoint-with-unknown-signatures.txt"), KEYS, Samples.ORIGIN);
        assertEquals(8, checkpoint.size());
    }

    @Test
    void the_empty_log_has_the_hash_of_nothing_as_root() {
        Checkpoint empty = Checkpoint.open(Samples.read("checkpoint-of-an-empty-tree.txt"), KEYS, Samples.ORIGIN);
        assertEquals(new Checkpoint(Samples.ORIGIN, 0, Hash.ofNothing()), empty);
        assertEquals("holdfast.example/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", empty.text());
        assertThrows(MalformedException.class, () -> new Checkpoint(Samples.ORIGIN, 0, ROOT));
    }

    @Test
    void reads_the_example_of_the_specification() {
        String text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
        Checkpoint checkpoint = Checkpoint.parse(text);
        assertEquals("example.com/behind-the-sofa", checkpoint.origin());
        assertEquals(20_852_163, checkpoint.size());
        assertEquals(text, checkpoint.text());
    }

    @Test
    void refuses_to_make_a_checkpoint_that_does_not_read_back() {
        assertThrows(MalformedException.class, () -> new Checkpoint("", 8, ROOT));
        assertThrows(MalformedException.class, () -> new Checkpoint("a\nb", 8, ROOT));
        assertThrows(MalformedException.class, () -> new Checkpoint("a\tb", 8, ROOT));
        assertThrows(MalformedException.class, () -> new Checkpoint("a", -1, ROOT));
    }

    @Test
    void any_flipped_bit_of_a_signed_checkpoint_is_refused() {
        byte[] sample = Samples.read("checkpoint.txt");
        for (int bit = 0; bit < sample.length * 8; bit++) {
            byte[] flipped = sample.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(RuntimeException.class, () -> Checkpoint.open(flipped, KEYS, Samples.ORIGIN));
        }
    }

    @Test
    void what_is_printed_reads_back() {
        Random random = Seeded.random(getClass());
        for (int round = 0; round < 500; round++) {
            byte[] root = new byte[32];
            random.nextBytes(root);
            long size = 1 + (random.nextLong() >>> 1 + random.nextInt(62)) / 2;
            Checkpoint checkpoint = new Checkpoint("log " + random.nextInt() + " \u00e8+", size, Hash.of(root));
            assertEquals(checkpoint, Checkpoint.parse(checkpoint.text()));
            byte[] signed = checkpoint.sign(Samples.LOG, Samples.STRANGER).print();
            assertEquals(checkpoint, Checkpoint.open(signed, KEYS, checkpoint.origin()));
        }
    }
}
