package io.holdfast.policy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a rulebook, as bytes, with their lock. The registry of authorities and the schemas for editors lie in
 * the same directory and are not part of it.
 *
 * <p>Two sets with the same files have the same {@link #digest}; a decision names that digest, so whoever has the files
 * can decide again.
 */
public final class PolicySet {

    private final SortedMap<String, byte[]> files;
    private final Lock lock;

    private PolicySet(SortedMap<String, byte[]> files) {
        this.files = new TreeMap<>();
        files.forEach((path, bytes) -> {
            if (belongs(path)) {
                this.files.put(path, bytes.clone());
            }
        });
        SortedMap<String, byte[]> locked = new TreeMap<>(this.files);
        locked.remove(Lock.FILE);
        this.lock = Lock.of(locked);
    }

    /** Reads a directory such as {@code policies/}; refuses loops of links and more than a rulebook can hold. */
    public static PolicySet read(Path dir) throws PolicyException {
        return new PolicySet(Directory.read(dir, PolicySet::belongs));
    }

    /** A set that comes out of an export: paths with forward slashes, the lock among them. */
    public static PolicySet of(SortedMap<String, byte[]> files) {
        return new PolicySet(files);
    }

    private static boolean belongs(String path) {
        return path.equals(Lock.FILE)
                || (looksLikeYaml(path) && !path.startsWith("authorities/") && !path.startsWith("schema/"));
    }

    /**
     * Other endings are no part of a set. Those that somebody might take for YAML are, so that they are refused by name
     * instead of silently left out.
     */
    static boolean looksLikeYaml(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return lower.endsWith(".yaml") || lower.endsWith(".yml");
    }

    /** Path to bytes, the lock included; copies. */
    public SortedMap<String, byte[]> files() {
        SortedMap<String, byte[]> copy = new TreeMap<>(files);
        copy.replaceAll((path, bytes) -> bytes.clone());
        return copy;
    }

    /** What {@code bundle.lock} should say: made of the files as they are, whatever the lock among them says. */
    public String lock() {
        return lock.text();
    }

    /** The digest of the set, in hex: the last line of {@link #lock}. */
    public String digest() {
        return lock.digest();
    }

    /** Whether both have the same files, to the byte, the lock among them. */
    public boolean hasFilesOf(PolicySet other) {
        return files.keySet().equals(other.files.keySet())
                && files.entrySet().stream()
                        .allMatch(file -> Arrays.equals(file.getValue(), other.files.get(file.getKey())));
    }

    /** The same files under a lock that fits: for checking a draft, and never for what a gateway is to run on. */
    public PolicySet relocked() {
        SortedMap<String, byte[]> relocked = files();
        relocked.put(Lock.FILE, lock.text().getBytes(StandardCharsets.UTF_8));
        return new PolicySet(relocked);
    }

    /** Checks the lock, then reads everything. */
    public Rulebook rulebook() throws PolicyException {
        Problems problems = new Problems();
        byte[] written = files.get(Lock.FILE);
        if (written == null) {
            problems.add(Lock.FILE, 1, 1, "is missing; review the set, then write it");
        } else if (!Arrays.equals(written, lock.text().getBytes(StandardCharsets.UTF_8))) {
            lock.compare(new String(written, StandardCharsets.UTF_8), problems);
        }
        SortedMap<String, byte[]> unlocked = new TreeMap<>(files);
        unlocked.remove(Lock.FILE);
        return new RulebookReader(unlocked, lock.digest(), problems).read();
    }
}
