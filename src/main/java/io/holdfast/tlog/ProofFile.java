package io.holdfast.tlog;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A proof that can be checked offline: an index, the inclusion proof, and the signed checkpoint it leads to
 * (c2sp.org/tlog-proof). What it says is worth nothing until the checkpoint's signature and the proof are both checked.
 *
 * <p>The checkpoint is carried as text that means nothing here. {@code extra} is whatever else the reader needs; it is
 * not protected by any signature.
 */
public final class ProofFile {
    public static final String SUFFIX = ".tlog-proof";
    public static final int MOST_HASHES = 64;
    public static final int MOST_BYTES = 256 * 1024;

    private static final String HEADER = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";

    private final Optional<String> extra;
    private final long index;
    private final List<Hash> hashes;
    private final String checkpoint;

    public ProofFile(long index, List<Hash> hashes, String checkpoint) {
        this(Optional.empty(), index, hashes, checkpoint);
    }

    private ProofFile(Optional<String> extra, long index, List<Hash> hashes, String checkpoint) {
        this.extra = extra;
        this.index = index;
        this.hashes = List.copyOf(hashes);
        this.checkpoint = checkpoint;
        if (index < 0) {
            throw new MalformedException("proof index", "must not be negative", index);
        }
        if (hashes.size() > MOST_HASHES) {
            throw new MalformedException("proof", "must have at most 64 hashes", hashes.size());
        }
        if (checkpoint.isEmpty()) {
            throw new MalformedException("proof", "must end with a checkpoint", checkpoint);
        }
        if (print().length > MOST_BYTES) {
            throw new MalformedException("proof", "must be at most 262144 bytes", print().length);
        }
    }

    /** The same proof with extra data for the reader; no bytes means no extra line. */
    public ProofFile withExtra(byte[] data) {
        Optional<String> line = data.length == 0
                ? Optional.empty()
                : Optional.of(Base64.getEncoder().encodeToString(data));
        return new ProofFile(line, index, hashes, checkpoint);
    }

    public static ProofFile parse(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new MalformedException("proof", "must be at most 262144 bytes", bytes.length);
        }
        String text = Canonical.utf8("proof", bytes);
        int end = text.indexOf("\n\n");
        if (end < 0) {
            throw new MalformedException("proof", "must have an empty line before the checkpoint", text);
        }
        Deque<String> lines =
                new ArrayDeque<>(Arrays.asList(text.substring(0, end).split("\n", -1)));
        after(HEADER, lines.poll());
        Optional<String> extra = Optional.ofNullable(lines.peek())
                .filter(line -> line.startsWith(EXTRA))
                .map(line -> extraOf(lines.poll()));
        long index = Canonical.decimal("proof index", after(INDEX, lines.poll()));
        List<Hash> hashes = lines.stream().map(Hash::parseBase64).toList();
        ProofFile file = new ProofFile(extra, index, hashes, text.substring(end + 2));
        if (!Arrays.equals(file.print(), bytes)) {
            throw new MalformedException("proof", "must print back to the same bytes", text);
        }
        return file;
    }

    public byte[] print() {
        StringBuilder out = new StringBuilder(HEADER).append('\n');
        extra.ifPresent(data -> out.append(EXTRA).append(data).append('\n'));
        out.append(INDEX).append(index).append('\n');
        hashes.forEach(hash -> out.append(hash.base64()).append('\n'));
        out.append('\n').append(checkpoint);
        return Canonical.utf8("proof", out.toString());
    }

    /** Which entry of the log this is about, counted from 0. */
    public long index() {
        return index;
    }

    /** The inclusion proof, from the leaf's sibling up. */
    public List<Hash> hashes() {
        return hashes;
    }

    /** The signed checkpoint, to the byte as it was published. */
    public String checkpoint() {
        return checkpoint;
    }

    public Optional<byte[]> extra() {
        return extra.map(Base64.getDecoder()::decode);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProofFile that && Arrays.equals(print(), that.print());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(print());
    }

    @Override
    public String toString() {
        return "proof for entry " + index + " with " + hashes.size() + " hashes";
    }

    private static String extraOf(String line) {
        byte[] data = Canonical.base64("proof extra", after(EXTRA, line));
        if (data.length == 0) {
            throw new MalformedException("proof extra", "must be left out when there is none", line);
        }
        return Base64.getEncoder().encodeToString(data);
    }

    private static String after(String start, String line) {
        String found = line == null ? "" : line;
        if (!found.startsWith(start)) {
            throw new MalformedException("proof", "must have a line that begins with \"" + start + "\" here", found);
        }
        return found.substring(start.length());
    }
}
