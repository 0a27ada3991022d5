package io.holdfast.note;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.tlog.Hash;
import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.ProofCheck;
import io.holdfast.tlog.ProofFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What somebody with a proof file, the entry and the log's key can find out, without any access to the log. */
class OfflineProofTest {
    private static final Path EXAMPLE = Path.of("src/test/resources/tlog/example.tlog-proof");
    private static final byte[] ENTRY = HexFormat.of().parseHex("40414243");

    @Test
    void the_example_proves_its_entry() throws IOException {
        assertTrue(proves(Files.readAllBytes(EXAMPLE), ENTRY));
    }

    @Test
    void it_proves_no_other_entry() throws IOException {
        assertFalse(proves(Files.readAllBytes(EXAMPLE), new byte[] {0x40, 0x41, 0x42, 0x44}));
    }

    @Test
    void with_any_bit_flipped_it_proves_nothing() throws IOException {
        byte[] example = Files.readAllBytes(EXAMPLE);
        for (int bit = 0; bit < example.length * 8; bit++) {
            byte[] flipped = example.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(proves(flipped, ENTRY), "bit " + bit);
        }
    }

    private static boolean proves(byte[] proof, byte[] entry) {
        try {
            ProofFile file = ProofFile.parse(proof);
            Checkpoint checkpoint = Checkpoint.open(
                    file.checkpoint().getBytes(StandardCharsets.UTF_8),
                    List.of(Samples.LOG.verifierKey()),
                    Samples.ORIGIN);
            return ProofCheck.includes(
                    Hash.leaf(entry), file.index(), checkpoint.size(), file.hashes(), checkpoint.root());
        } catch (MalformedException | UntrustedException refused) {
            return false;
        }
    }
}
