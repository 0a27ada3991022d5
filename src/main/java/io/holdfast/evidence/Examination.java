package io.holdfast.evidence;

import io.holdfast.legal.Check;
import io.holdfast.legal.Facts;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** What came of examining a request: the facts that the rulebook may look at, and every check with its result. */
public record Examination(Facts facts, Map<Check, Check.Result> checks) {

    public Examination {
        checks = Collections.unmodifiableMap(new EnumMap<>(checks));
    }
}
