package io.holdfast.policy;

import io.holdfast.legal.Match;
import io.holdfast.legal.Obligations;

/**
 * What one instrument can compel, and what it asks of the platform.
 *
 * @param basis the provision it rests on
 * @param valid that of its pack
 * @param peopleOnly written {@code becomes: REFERRED}: people decide, and however many approve, the gateway itself
 *     never answers it with a release
 * @param source its own, or that of its pack
 */
public record Grant(
        String id,
        String basis,
        Match when,
        Obligations obligations,
        Validity valid,
        boolean peopleOnly,
        Source source) {

    public Grant {
        if (when.accepted().isEmpty()) {
            throw new IllegalArgumentException("when: names nothing, so it would permit everything");
        }
    }
}
