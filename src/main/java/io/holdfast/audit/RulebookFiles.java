package io.holdfast.audit;

import io.holdfast.policy.PolicyException;
import io.holdfast.policy.PolicySet;
import io.holdfast.policy.Rulebook;
import io.holdfast.tlog.Canonical;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of one rulebook in a log. The lock beside them lists each with its digest, and the digest of that list is the
 * one that entries name; so a server that cannot list its files can be read as well.
 */
final class RulebookFiles {

    static final String LOCK = "bundle.lock";

    /** As much as a rulebook can hold; a lock can list any number of files. */
    static final int MOST_BYTES = 16 * 1024 * 1024;

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (.+)");

    private final String digest;
    private final CheckedFiles files;
    private final Noted<Finding> findings;

    RulebookFiles(String digest, CheckedFiles files, Noted<Finding> findings) {
        this.digest = digest;
        this.files = files;
        this.findings = findings;
    }

    /** Every file by its path in the log, each of them as it was locked; what is not so is a finding. */
    SortedMap<String, byte[]> read() {
        SortedMap<String, byte[]> found = new TreeMap<>();
        Optional<byte[]> lock = files.read(path(LOCK));
        lock.ifPresent(bytes -> {
            found.put(LOCK, bytes);
            try {
                readLocked(Canonical.utf8(LOCK, bytes), found);
            } catch (MalformedException e) {
                findings.add(Finding.in(path(LOCK), e.getMessage()));
            }
        });
        return found;
    }

    private void readLocked(String lock, SortedMap<String, byte[]> found) {
        int end = lock.lastIndexOf('\n', lock.length() - 2) + 1;
        String lines = lock.substring(0, end);
        if (!lock.endsWith("\n")
                || !sha256(lines.getBytes(StandardCharsets.UTF_8)).equals(digest)) {
            findings.add(Finding.in(path(LOCK), "does not have the digest that the entries name"));
        }
        if (!lock.substring(end).equals("set " + digest + "\n")) {
            findings.add(Finding.in(path(LOCK), "must end in a line with the digest that the entries name"));
        }
        long room = MOST_BYTES;
        for (String line : lines.split("\n")) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches() || !LogLayout.isPath(parts.group(2))) {
                findings.add(Finding.in(path(LOCK), "has a line that is not a digest, two spaces and a path"));
                continue;
            }
            room -= readFile(parts.group(2), parts.group(1), found);
            if (room < 0) {
                findings.add(Finding.in(path(LOCK), "lists more than the " + MOST_BYTES + " bytes of a rulebook"));
                return;
            }
        }
    }

    private int readFile(String path, String lockedDigest, SortedMap<String, byte[]> found) {
        Optional<byte[]> bytes = files.read(path(path));
        if (bytes.isEmpty()) {
            return 0;
        }
        found.put(path, bytes.get());
        if (!sha256(bytes.get()).equals(lockedDigest)) {
            findings.add(Finding.in(path(path), "is not the file that was locked"));
        }
        return bytes.get().length;
    }

    /** The rules themselves; nothing where they cannot be used, and then there is a finding. */
    Optional<Rulebook> load() {
        long before = findings.count();
        PolicySet set = PolicySet.of(read());
        if (findings.count() > before) {
            return Optional.empty();
        }
        try {
            return Optional.of(set.rulebook());
        } catch (PolicyException e) {
            findings.add(
                    Finding.in(path(LOCK), "cannot be used: " + e.problems().get(0)));
            return Optional.empty();
        }
    }

    private String path(String path) {
        return LogLayout.rulebookFile(digest, path);
    }

    private static String sha256(byte[] bytes) {
        return Hash.of(RecordKey.sha256(bytes)).hex();
    }
}
