package io.holdfast.bag;

import io.holdfast.audit.Leaf;
import io.holdfast.audit.UnreadableException;
import io.holdfast.note.Checkpoint;
import io.holdfast.note.SignedNote;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.ProofCheck;
import io.holdfast.tlog.ProofFile;
import java.nio.charset.StandardCharsets;

/**
 * The entry that commits to a manifest, and the proof that the log has it. That the log has signed the proof's checkpoint is not
 * looked at here: it takes a key, and the one who checks brings it.
 */
public record PackageProof(Leaf entry, ProofFile proof) {

    /**
     * @throws PackageException if the entry does not commit to exactly this manifest, or the proof does not lead from it to its
     *     checkpoint
     */
    public void check(Manifest manifest) {
        PackageEntry said = read();
        if (!said.request().equals(manifest.request())) {
            throw new PackageException("the entry is about another request than the manifest");
        }
        if (!said.manifest().equals(manifest.digest())) {
            throw new PackageException("the entry commits to another manifest");
        }
        Checkpoint checkpoint = checkpoint();
        if (!said.log().equals(checkpoint.origin())) {
            throw new PackageException("the entry is of another log than the proof");
        }
        if (!includes(entry.hash(), checkpoint)) {
            throw new PackageException("the proof does not lead from the entry to its checkpoint");
        }
    }

    private PackageEntry read() {
        try {
            return PackageEntry.read(entry);
        } catch (UnreadableException e) {
            throw new PackageException(e.getMessage(), e);
        }
    }

    private Checkpoint checkpoint() {
        try {
            byte[] note = proof.checkpoint().getBytes(StandardCharsets.UTF_8);
            return Checkpoint.parse(SignedNote.parse(note).text());
        } catch (MalformedException e) {
            throw new PackageException(e.getMessage(), e);
        }
    }

    private boolean includes(Hash leaf, Checkpoint checkpoint) {
        return ProofCheck.includes(leaf, proof.index(), checkpoint.size(), proof.hashes(), checkpoint.root());
    }
}
