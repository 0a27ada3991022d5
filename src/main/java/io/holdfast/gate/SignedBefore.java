package io.holdfast.gate;

import io.holdfast.audit.KeyHistory;
import io.holdfast.tlog.Hash;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The entries on cases whose signatures were good when they were looked at, by their leaf hashes, which are over all of their
 * bytes. Every step on a case looks at all entries on it, and checking a signature costs more than all the rest of reading one.
 * Only as long as the log has the same keys in force: what was checked under others is checked again. Safe for many threads.
 */
final class SignedBefore {

    /** Some megabytes. Beyond it, all are forgotten. */
    static final int MOST = 20_000;

    private record Under(KeyHistory keys, Set<Hash> leaves) {}

    private volatile Under known = new Under(KeyHistory.NONE, ConcurrentHashMap.newKeySet());

    /** Those that are known under these keys; whoever checks others adds them. */
    Set<Hash> under(KeyHistory keys) {
        Under now = known;
        if (!now.keys().equals(keys) || now.leaves().size() >= MOST) {
            now = new Under(keys, ConcurrentHashMap.newKeySet());
            known = now;
        }
        return now.leaves();
    }
}
