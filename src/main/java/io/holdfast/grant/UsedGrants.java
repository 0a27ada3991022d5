package io.holdfast.grant;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Remembers which grants were used, for as long as they could be used again. Safe for many threads. */
public interface UsedGrants {

    /** What came of marking one. */
    enum Mark {
        FIRST,
        AGAIN,
        /** There is no room to remember it: then it must not be used. */
        FULL
    }

    /** Marks it as used, all at once. */
    Mark mark(String id, Instant until, Instant now);

    /**
     * In this process, and until it ends. A store of several processes needs one that they share; a store that is started anew
     * must refuse what was issued before its start, which {@link GrantVerifier} does.
     *
     * @param most so many are remembered at once; some 150 bytes each
     */
    static UsedGrants inMemory(int most) {
        Map<String, Instant> used = new HashMap<>();
        return (id, until, now) -> {
            synchronized (used) {
                if (used.containsKey(id)) {
                    return Mark.AGAIN;
                }
                if (used.size() >= most) {
                    used.values().removeIf(over -> !now.isBefore(over));
                }
                if (used.size() >= most) {
                    return Mark.FULL;
                }
                used.put(id, until);
                return Mark.FIRST;
            }
        };
    }
}
