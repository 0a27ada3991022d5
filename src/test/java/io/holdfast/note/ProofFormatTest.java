package io.holdfast.note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.tlog.Bundle;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.ProofCheck;
import io.holdfast.tlog.ProofFile;
import io.holdfast.tlog.Tile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Holds the code to the worked example of docs/reference/proof-format.md. Its bytes were made with Python's hashlib and with
 * OpenSSL, and not with this code.
 */
class ProofFormatTest {

    private static final Pattern BLOCK = Pattern.compile("```([a-z]+)\n(.*?)```\n", Pattern.DOTALL);
    private static final String ORIGIN = "log.example/holdfast";
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<String, String> blocks = new HashMap<>();
    private final NoteSigner log = new NoteSigner(ORIGIN, Ed25519Key.ofSeed(seed(1)));
    private final Cosigner witness = Cosigner.of("witness.example/w", Ed25519Key.ofSeed(seed(2)));

    private static byte[] seed(int filling) {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) filling);
        return seed;
    }

    @BeforeEach
    void read() throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(Path.of("docs/reference/proof-format.md")));
        while (block.find()) {
            blocks.put(block.group(1), block.group(2));
        }
    }

    private List<byte[]> entries() {
        return blocks.get("entries").lines().map(line -> line.getBytes(UTF_8)).toList();
    }

    private List<Hash> hashes() {
        return blocks.get("hashes").lines().map(Hash::parseBase64).toList();
    }

    private byte[] hex(String block) {
        return HexFormat.of().parseHex(blocks.get(block).replace("\n", ""));
    }

    private Checkpoint checkpoint() {
        return new Checkpoint(ORIGIN, 3, hashes().get(4));
    }

    @Test
    void the_hashes_of_the_example_are_those_of_its_entries() {
        List<Hash> leaves = entries().stream().map(Hash::leaf).toList();
        Hash left = Hash.node(leaves.get(0), leaves.get(1));

        assertEquals(
                hashes(), List.of(leaves.get(0), leaves.get(1), leaves.get(2), left, Hash.node(left, leaves.get(2))));
    }

    @Test
    void the_checkpoint_of_the_example_is_what_log_and_witness_sign() {
        assertEquals(blocks.get("keys"), log.verifierKey() + "\n" + witness.verifierKey() + "\n");

        SignedNote note = checkpoint().sign(log).with(witness.sign(checkpoint(), AT));

        assertEquals(blocks.get("checkpoint"), new String(note.print(), UTF_8));
    }

    @Test
    void what_is_signed_in_the_example_is_what_is_signed_here() {
        assertEquals(
                blocks.get("cosigned"), new String(CosignedMessage.lines(checkpoint(), AT.getEpochSecond()), UTF_8));
        assertArrayEquals(hex("subtree"), CosignedMessage.subtree(ORIGIN, checkpoint(), AT.getEpochSecond()));
    }

    @Test
    void tile_and_bundle_of_the_example_are_those_of_its_entries() {
        assertArrayEquals(hex("tile"), Hash.join(hashes().subList(0, 3)));
        assertArrayEquals(hex("bundle"), Bundle.encode(entries()));
        assertEquals(3, Bundle.decode(new Tile.Entries(0, 3), hex("bundle")).size());
    }

    @Test
    void the_proof_of_the_example_holds_and_prints_back() {
        ProofFile proof = ProofFile.parse(blocks.get("proof").getBytes(UTF_8));

        assertEquals(blocks.get("proof"), new String(proof.print(), UTF_8));
        assertEquals(blocks.get("checkpoint"), proof.checkpoint());
        Checkpoint checkpoint = Checkpoint.open(proof.checkpoint().getBytes(UTF_8), List.of(log.verifierKey()), ORIGIN);
        Hash leaf = Hash.leaf(proof.extra().orElseThrow());
        assertTrue(ProofCheck.includes(leaf, proof.index(), checkpoint.size(), proof.hashes(), checkpoint.root()));
    }
}
