package io.holdfast.audit;

import io.holdfast.tlog.Bundle;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.Tile;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The entries of one bundle, each checked for itself, and the tile with their hashes.
 *
 * @param leaves nothing if the bundle is missing or no bundle, {@code hashes} the same of the tile
 * @param findings about the two files
 */
record CheckedBundle(
        Tile.Entries bundle, Optional<List<CheckedLeaf>> leaves, Optional<List<Hash>> hashes, Noted<Finding> findings) {

    /** Both files as they were read, with what was found when they were. */
    static final class Read {

        private final Tile.Entries bundle;
        private final Optional<byte[]> entries;
        private final Optional<byte[]> hashes;
        private final Noted<Finding> findings = new Noted<>();

        private Read(LogSource log, Tile.Entries bundle) {
            CheckedFiles files = new CheckedFiles(log, findings);
            this.bundle = bundle;
            this.entries = files.read(bundle.path());
            this.hashes = files.read(tile().path());
        }

        private Tile.Hashes tile() {
            return new Tile.Hashes(0, bundle.index(), bundle.width());
        }

        long bytes() {
            return entries.map(bytes -> bytes.length).orElse(0)
                    + hashes.map(bytes -> bytes.length).orElse(0);
        }

        /** The entry at this place of the bundle, if there is one. */
        Optional<byte[]> entry(int number) {
            try {
                return entries.map(bytes -> Bundle.decode(bundle, bytes).get(number));
            } catch (MalformedException e) {
                return Optional.empty();
            }
        }

        /** @param check what is done with each entry */
        CheckedBundle check(Function<byte[], CheckedLeaf> check) {
            return new CheckedBundle(
                    bundle,
                    entries.flatMap(bytes -> leaves(bytes, check)),
                    hashes.flatMap(bytes -> TreeCheck.hashes(tile(), bytes, findings)),
                    findings);
        }

        private Optional<List<CheckedLeaf>> leaves(byte[] bytes, Function<byte[], CheckedLeaf> check) {
            try {
                return Optional.of(
                        Bundle.decode(bundle, bytes).stream().map(check).toList());
            } catch (MalformedException e) {
                findings.add(Finding.in(bundle.path(), e.getMessage()));
                return Optional.empty();
            }
        }
    }

    static Read read(LogSource log, Tile.Entries bundle) {
        return new Read(log, bundle);
    }
}
