package io.holdfast.note;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.tlog.Bundle;
import io.holdfast.tlog.Frontier;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.ProofCheck;
import io.holdfast.tlog.Proofs;
import io.holdfast.tlog.Tile;
import io.holdfast.tlog.TiledHashes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tessera's own small log, made again from its entries and its key, to the byte. */
class GoldenLogTest {
    private static final Path GOLDEN = Path.of("src/test/resources/tlog/tessera");
    private static final String ORIGIN = "example.com/log/testdata";
    private static final List<byte[]> ENTRIES = Stream.of(
                    ("one two three four five six seven eit nain ten ileven" + " twelf threeten fourten fivten")
                            .split(" "))
            .map(entry -> entry.getBytes(StandardCharsets.US_ASCII))
            .toList();

    /** From the published private key: behind the type byte stand the 32 bytes of its seed. */
    private static final NoteSigner SIGNER =
            new NoteSigner(ORIGIN, Ed25519Key.ofSeed(withoutType("AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg")));

    @Test
    void is_made_again_to_the_byte_at_each_of_its_sizes() throws IOException {
        assertEquals(
                "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
                SIGNER.verifierKey().toString());
        Set<String> made = new TreeSet<>(Set.of("README.md"));
        Frontier frontier = Frontier.empty();
        List<Hash> leaves = new ArrayList<>();
        for (int size = 0; size <= ENTRIES.size(); size++) {
            Checkpoint checkpoint = new Checkpoint(ORIGIN, size, frontier.root());
            assertSame(made, "checkpoint." + size, checkpoint.sign(SIGNER).print());
            if (size > 0) {
                assertSame(made, Tile.Hashes.at(0, 0, size).path(), Hash.join(leaves));
                assertSame(made, Tile.Entries.at(0, size).path(), Bundle.encode(ENTRIES.subList(0, size)));
            }
            if (size < ENTRIES.size()) {
                leaves.add(Hash.leaf(ENTRIES.get(size)));
                frontier = frontier.append(leaves.get(size));
            }
        }
        assertEquals(golden(), made, "no file of the golden log is left over");
    }

    @Test
    void proves_all_its_entries_and_all_its_growth_from_its_tiles() {
        for (int size = 1; size <= ENTRIES.size(); size++) {
            TiledHashes tiles = new TiledHashes(size, tile -> read(tile.path()));
            Hash root = opened(size).root();
            assertEquals(root, Proofs.root(size, tiles));
            List<byte[]> entries = Bundle.decode(
                    Tile.Entries.at(0, size), read(Tile.Entries.at(0, size).path()));
            for (int index = 0; index < size; index++) {
                assertArrayEquals(ENTRIES.get(index), entries.get(index));
                List<Hash> proof = Proofs.inclusion(index, size, tiles);
                assertTrue(ProofCheck.includes(Hash.leaf(entries.get(index)), index, size, proof, root));
                List<Hash> growth = Proofs.consistency(index, size, tiles);
                assertTrue(ProofCheck.consistent(index, opened(index).root(), size, root, growth));
            }
        }
    }

    private static Checkpoint opened(int size) {
        return Checkpoint.open(read("checkpoint." + size), List.of(SIGNER.verifierKey()), ORIGIN);
    }

    private static void assertSame(Set<String> made, String file, byte[] bytes) {
        assertArrayEquals(read(file), bytes, file);
        made.add(file);
    }

    private static Set<String> golden() throws IOException {
        try (Stream<Path> files = Files.walk(GOLDEN)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> GOLDEN.relativize(file).toString().replace('\\', '/'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static byte[] read(String file) {
        try {
            return Files.readAllBytes(GOLDEN.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] withoutType(String base64) {
        byte[] typed = Base64.getDecoder().decode(base64);
        byte[] seed = new byte[Ed25519Key.SEED_BYTES];
        System.arraycopy(typed, 1, seed, 0, seed.length);
        return seed;
    }
}
