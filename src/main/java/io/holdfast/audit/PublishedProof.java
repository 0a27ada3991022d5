package io.holdfast.audit;

import io.holdfast.note.Checkpoint;
import io.holdfast.note.SignedNote;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.ProofCheck;
import io.holdfast.tlog.ProofFile;
import io.holdfast.tlog.Proofs;
import io.holdfast.tlog.TiledHashes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The proof of an entry under the checkpoint that everybody is shown, so that it carries the witnesses' word too. */
public final class PublishedProof {

    private PublishedProof() {}

    /**
     * Under the newest checkpoint of the log alone, while no published one reaches that far.
     *
     * @param published the newest checkpoint that is shown, a signed note
     * @return nothing if there is no such entry
     */
    public static Optional<ProofFile> of(Ledger ledger, Optional<byte[]> published, long index) {
        Optional<byte[]> reaching = published.filter(note -> index < open(note).size());
        return reaching.isPresent()
                ? ledger.entry(index).map(stored -> under(reaching.get(), stored, ledger))
                : ledger.receipt(index).map(receipt -> receipt.proof());
    }

    private static Checkpoint open(byte[] note) {
        return Checkpoint.parse(SignedNote.parse(note).text());
    }

    private static ProofFile under(byte[] note, Stored stored, Ledger ledger) {
        Checkpoint checkpoint = open(note);
        long size = checkpoint.size();
        TiledHashes hashes = new TiledHashes(size, tile -> ledger.tile(tile).orElseThrow(() -> damaged(tile.path())));
        List<Hash> proof = Proofs.inclusion(stored.index(), size, hashes);
        Hash leaf = stored.entry().leaf().hash();
        if (!ProofCheck.includes(leaf, stored.index(), size, proof, checkpoint.root())) {
            throw damaged("entry " + stored.index());
        }
        return new ProofFile(stored.index(), proof, new String(note, StandardCharsets.UTF_8));
    }

    private static LedgerException damaged(String what) {
        return new LedgerException(
                LedgerException.Cause.UNAVAILABLE, what + " is not what was published; restore it from a backup");
    }
}
