package io.holdfast.bag;

import io.holdfast.audit.Finding;
import io.holdfast.audit.Leaf;
import io.holdfast.audit.UnreadableException;
import io.holdfast.note.Checkpoint;
import io.holdfast.note.JudgedCheckpoint;
import io.holdfast.note.SignedNote;
import io.holdfast.note.TrustPolicy;
import io.holdfast.note.UntrustedException;
import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.ProofCheck;
import io.holdfast.tlog.ProofFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Checks an opened package: that its files are those of its manifest, that an entry commits to that manifest, and that a log of the
 * policy has that entry. {@code Check.java} in the package makes the same checks without anything of ours; a test holds the two
 * to each other.
 */
public final class PackageVerifier {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Contents contents;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final List<Finding> findings = new ArrayList<>();

    private PackageVerifier(Contents contents) {
        this.contents = contents;
    }

    /** An opened package, wherever it lies. */
    public interface Contents {
        /** Every file, no folders: its name below the bag's folder, {@code /} between, to its size in bytes; -1 for what is no file. */
        SortedMap<String, Long> sizes() throws IOException;

        /** Of one of these names. */
        InputStream open(String name) throws IOException;
    }

    /**
     * What came of it.
     *
     * @param manifest nothing if there is none that can be read
     * @param checkpoint what the log signed, as far as it can be read and was signed
     * @param index of the entry that commits to the package
     * @param findings everything that is wrong
     */
    public record Result(
            Optional<Manifest> manifest, Optional<JudgedCheckpoint> checkpoint, long index, List<Finding> findings) {
        public Result {
            findings = List.copyOf(findings);
        }

        public boolean holds() {
            return findings.isEmpty();
        }
    }

    /**
     * @param policy from the one who checks, and never from the package
     * @param now what their clock says
     * @throws IOException if a file cannot be read; what it holds never makes this throw
     */
    public static Result verify(Contents contents, TrustPolicy policy, Instant now) throws IOException {
        return new PackageVerifier(contents).verify(policy, now);
    }

    private Result verify(TrustPolicy policy, Instant now) throws IOException {
        SortedMap<String, Long> sizes = contents.sizes();
        Optional<Manifest> manifest =
                small(sizes, BagLayout.MANIFEST, Manifest.MOST_BYTES).flatMap(this::manifest);
        if (manifest.isPresent()) {
            files(manifest.get(), sizes);
        }
        Optional<Leaf> entry = small(sizes, BagLayout.ENTRY, Leaf.MOST_BYTES).flatMap(this::leaf);
        if (entry.isPresent() && manifest.isPresent()) {
            entry(entry.get(), manifest.get());
        }
        Optional<ProofFile> proof =
                small(sizes, BagLayout.PROOF, ProofFile.MOST_BYTES).flatMap(this::proof);
        Optional<JudgedCheckpoint> judged = proof.flatMap(file -> judged(file, entry, policy, now));
        return new Result(manifest, judged, proof.map(ProofFile::index).orElse(0L), findings);
    }

    private Optional<byte[]> small(SortedMap<String, Long> sizes, String name, int most) throws IOException {
        Long size = sizes.get(name);
        if (size == null || size < 0) {
            find(name, "is missing");
            return Optional.empty();
        }
        try (InputStream in = contents.open(name)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                find(name, "is too large");
                return Optional.empty();
            }
            return Optional.of(bytes);
        }
    }

    private Optional<Manifest> manifest(byte[] bytes) {
        try {
            return Optional.of(Manifest.parse(bytes));
        } catch (UnreadableException e) {
            find(BagLayout.MANIFEST, e.getMessage());
            return Optional.empty();
        }
    }

    private void files(Manifest manifest, SortedMap<String, Long> sizes) throws IOException {
        Set<String> unknown = new TreeSet<>(sizes.keySet());
        unknown.removeAll(BagLayout.NAMES);
        for (PackageFile file : manifest.files()) {
            Long size = sizes.get(file.name());
            if (size == null) {
                find(file.name(), "is missing");
            } else if (size != file.bytes()) {
                find(file.name(), "is of another size than the manifest says");
            } else if (!isWhole(file)) {
                find(file.name(), "was changed: its SHA-512 is another than the manifest says");
            }
            unknown.remove(file.name());
        }
        small(sizes, BagLayout.PAYLOAD_MANIFEST, Manifest.MOST_BYTES).ifPresent(list -> {
            if (!Arrays.equals(list, BagLayout.payloadManifest(manifest))) {
                find(BagLayout.PAYLOAD_MANIFEST, "says something else than the manifest");
            }
        });
        unknown.forEach(name -> find(
                MalformedException.printable(name),
                "is not part of the package; remove it and look where it came from"));
    }

    private boolean isWhole(PackageFile file) throws IOException {
        try (InputStream in = contents.open(file.name())) {
            CheckedCopy.copy(file, in, OutputStream.nullOutputStream(), buffer);
            return true;
        } catch (PackageException e) {
            return false;
        }
    }

    private Optional<Leaf> leaf(byte[] bytes) {
        try {
            return Optional.of(Leaf.of(bytes));
        } catch (UnreadableException e) {
            find(BagLayout.ENTRY, e.getMessage());
            return Optional.empty();
        }
    }

    private void entry(Leaf leaf, Manifest manifest) {
        try {
            PackageEntry said = PackageEntry.read(leaf);
            if (!said.request().equals(manifest.request())) {
                find(BagLayout.ENTRY, "is about another request than the manifest");
            }
            if (!said.manifest().equals(manifest.digest())) {
                find(
                        BagLayout.ENTRY,
                        "commits to another manifest: this one was changed, or belongs to another package");
            }
        } catch (UnreadableException e) {
            find(BagLayout.ENTRY, e.getMessage());
        }
    }

    private Optional<ProofFile> proof(byte[] bytes) {
        try {
            return Optional.of(ProofFile.parse(bytes));
        } catch (MalformedException e) {
            find(BagLayout.PROOF, e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<JudgedCheckpoint> judged(ProofFile proof, Optional<Leaf> entry, TrustPolicy policy, Instant now) {
        try {
            SignedNote note = SignedNote.parse(proof.checkpoint().getBytes(StandardCharsets.UTF_8));
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            entry.ifPresent(leaf -> place(leaf, proof, checkpoint));
            JudgedCheckpoint judged = policy.judge(note, now);
            if (!judged.quorum()) {
                find(
                        BagLayout.PROOF,
                        "its checkpoint is cosigned by " + judged.cosignatures().size()
                                + " of your witnesses, and that is no quorum");
            }
            return Optional.of(judged);
        } catch (MalformedException | UntrustedException e) {
            find(BagLayout.PROOF, e.getMessage());
            return Optional.empty();
        }
    }

    private void place(Leaf leaf, ProofFile proof, Checkpoint checkpoint) {
        if (!ProofCheck.includes(leaf.hash(), proof.index(), checkpoint.size(), proof.hashes(), checkpoint.root())) {
            find(BagLayout.PROOF, "does not lead from the entry to the root of its checkpoint");
        }
        try {
            if (!PackageEntry.read(leaf).log().equals(checkpoint.origin())) {
                find(BagLayout.ENTRY, "is of another log than the checkpoint");
            }
        } catch (UnreadableException e) {
            // Said where the entry was looked at.
        }
    }

    private void find(String file, String sentence) {
        findings.add(Finding.in(file, sentence));
    }
}
