package io.holdfast.policy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The list of all files with their digests, and one digest over the list. It says that the files are the ones that
 * were reviewed together: a file added, dropped or changed since does not load.
 *
 * <pre>
 * 3f2a91c0...  holds/hk.yaml
 * 77d0b1aa...  vocabulary.yaml
 * set 0c3e52d9...
 * </pre>
 *
 * Lines are sorted by path, end in a line feed, and {@code set} is SHA-256 over the bytes of the lines before it.
 */
final class Lock {

    static final String FILE = "bundle.lock";

    private final String lines;
    private final String digest;

    private Lock(String lines) {
        this.lines = lines;
        this.digest = sha256(lines.getBytes(StandardCharsets.UTF_8));
    }

    static Lock of(SortedMap<String, byte[]> files) {
        StringBuilder lines = new StringBuilder();
        files.forEach((path, bytes) ->
                lines.append(sha256(bytes)).append("  ").append(path).append('\n'));
        return new Lock(lines.toString());
    }

    String text() {
        return lines + "set " + digest + "\n";
    }

    String digest() {
        return digest;
    }

    /** Notes each difference between this lock, made of the files, and the one that lies beside them. */
    void compare(String written, Problems problems) {
        if (written.equals(text())) {
            return;
        }
        int before = problems.count();
        Map<String, String> ours = byPath(lines);
        Map<String, String> theirs = byPath(written);
        List<String> order = written.lines().toList();
        theirs.forEach((path, line) -> {
            String actual = ours.remove(path);
            if (!line.equals(actual)) {
                String what = actual == null ? " is listed but not there" : " is not the file that was locked";
                problems.add(FILE, order.indexOf(line) + 1, 1, path + what + REMEDY);
            }
        });
        ours.keySet().forEach(path -> problems.add(FILE, 1, 1, path + " is there but not listed" + REMEDY));
        if (problems.count() == before) {
            problems.add(FILE, order.size(), 1, "is not as it was generated" + REMEDY);
        }
    }

    private static final String REMEDY = "; review the change, then write the lock again";

    private static Map<String, String> byPath(String lines) {
        Map<String, String> byPath = new TreeMap<>();
        lines.lines()
                .filter(line -> line.contains("  "))
                .forEach(line -> byPath.put(line.substring(line.indexOf("  ") + 2), line));
        return byPath;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
