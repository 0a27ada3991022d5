package io.holdfast.policy;

import io.holdfast.legal.Hold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Says what is suspicious about rules that can be read. An error is a rule that cannot be meant; a warning is one that
 * people should know about before they rely on it.
 */
public final class Linter {

    private Linter() {}

    /**
     * @param at the instant to look from: reviews and treaties depend on it
     * @return errors first, then by place
     */
    public static List<Finding> check(Rulebook rulebook, Instant at) {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(new GrantLint(rulebook, at).findings());
        findings.addAll(ObligationsLint.findings(rulebook.grants()));
        findings.addAll(CoverageLint.findings(rulebook));
        findings.addAll(SourceLint.findings(rulebook, at));
        HoldLint holds = new HoldLint(rulebook, at);
        Map<String, Hold> byPlace = holds(rulebook);
        byPlace.forEach((place, hold) -> findings.addAll(holds.findings(place, hold)));
        findings.addAll(HoldLint.ambiguous(byPlace));
        findings.sort(Comparator.comparing(Finding::severity)
                .thenComparing(Finding::where)
                .thenComparing(Finding::sentence));
        return List.copyOf(findings);
    }

    private static Map<String, Hold> holds(Rulebook rulebook) {
        Map<String, Hold> holds = new TreeMap<>();
        rulebook.startHolds().forEach(hold -> holds.put("holds/" + hold.id(), hold));
        for (String posture : rulebook.postures()) {
            rulebook.posture(posture)
                    .orElseThrow()
                    .forEach(hold -> holds.put("postures/" + posture + "/" + hold.id(), hold));
        }
        return holds;
    }
}
