package io.holdfast.witness;

import io.holdfast.note.Checkpoint;
import io.holdfast.note.Ed25519Key;
import io.holdfast.note.NoteSigner;
import io.holdfast.note.SignedNote;
import io.holdfast.tlog.Frontier;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.Proofs;
import io.holdfast.tlog.Tile;
import io.holdfast.tlog.TileReader;
import io.holdfast.tlog.TiledHashes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A log that grows when a test says so, and remembers each of its sizes. Safe for many threads. */
final class SmallLog implements TileReader {
    final NoteSigner signer;
    private final String entry;
    private final List<Hash> leaves = new ArrayList<>();
    private final List<Hash> tiles = new ArrayList<>();
    private final List<Frontier> frontiers = new ArrayList<>(List.of(Frontier.empty()));

    /** @param entry what its entries begin with: logs of one name with other entries have other pasts */
    SmallLog(NoteSigner signer, String entry) {
        this.signer = signer;
        this.entry = entry;
    }

    static SmallLog named(String origin) {
        return new SmallLog(new NoteSigner(origin, Ed25519Key.generate()), "entry ");
    }

    String origin() {
        return signer.verifierKey().label().name();
    }

    synchronized SmallLog grow(int entries) {
        for (int i = 0; i < entries; i++) {
            Hash leaf = Hash.leaf((entry + leaves.size()).getBytes(StandardCharsets.UTF_8));
            leaves.add(leaf);
            frontiers.add(frontiers.get(frontiers.size() - 1).append(leaf, (level, index, hash) -> {
                if (level == 8) {
                    tiles.add(hash);
                }
            }));
        }
        return this;
    }

    synchronized int size() {
        return leaves.size();
    }

    synchronized Checkpoint checkpoint(int size) {
        return new Checkpoint(origin(), size, frontiers.get(size).root());
    }

    SignedNote note(int size) {
        return checkpoint(size).sign(signer);
    }

    /** The newest head, as the ledger hands it out. */
    byte[] head() {
        return note(size()).print();
    }

    List<Hash> proof(int from, int to) {
        return Proofs.consistency(from, to, new TiledHashes(to, this));
    }

    byte[] request(int from, int to) {
        return new AddCheckpoint(from, proof(from, to), note(to)).print();
    }

    @Override
    public synchronized byte[] read(Tile.Hashes tile) {
        List<Hash> row = tile.level() == 0 ? leaves : tiles;
        int from = (int) tile.first();
        return Hash.join(row.subList(from, from + tile.width()));
    }
}
