package io.holdfast.http;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the witnesses of this log are doing: programs, and no people.
 *
 * @param isAwaited whether a release waits for their quorum
 * @param quorum whether the last checkpoint that they were asked about got its quorum
 * @param entries the size of the log
 * @param published the size of the checkpoint that is shown to everybody; 0 while there is none
 * @param cosigned the size of the newest one that a quorum has cosigned; 0 while there is none since the start
 * @param cosignedAt when that quorum was complete
 * @param troubles for each witness what was wrong when it was asked last; nothing where all was well
 */
public record Witnessing(
        boolean isAwaited,
        boolean quorum,
        long entries,
        long published,
        long cosigned,
        Optional<Instant> cosignedAt,
        SortedMap<String, Optional<String>> troubles) {

    public Witnessing {
        troubles = Collections.unmodifiableSortedMap(new TreeMap<>(troubles));
    }
}
