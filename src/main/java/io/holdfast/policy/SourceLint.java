package io.holdfast.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether anybody has looked at the law lately. Laws move. */
final class SourceLint {

    private static final int OLD_AFTER_YEARS = 1;

    private SourceLint() {}

    static List<Finding> findings(Rulebook rulebook, Instant at) {
        Map<String, Source> sources = new TreeMap<>();
        for (Grant grant : rulebook.grants()) {
            sources.put(grant.id(), grant.source());
            grant.unencrypted().ifPresent(source -> sources.put(grant.id() + "/unencrypted", source));
        }
        for (Pack pack : rulebook.packs()) {
            pack.notServed().forEach(power -> sources.put(pack.id() + "/" + power.instrument(), power.source()));
        }
        rulebook.treaties().forEach(treaty -> sources.put(treaty.id(), treaty.source()));
        LocalDate oldest = LocalDate.ofInstant(at, ZoneOffset.UTC).minusYears(OLD_AFTER_YEARS);
        List<Finding> findings = new ArrayList<>();
        List<String> unverified = new ArrayList<>();
        sources.forEach((id, source) -> {
            if (source.status() == Source.Status.UNVERIFIED) {
                unverified.add(id);
            }
            source.verifiedOn()
                    .filter(day -> day.isBefore(oldest))
                    .ifPresent(day -> findings.add(
                            Finding.warning(id, "was last compared with its source on " + day + ": " + source.cite())));
        });
        if (!unverified.isEmpty()) {
            findings.add(Finding.warning(
                    "sources",
                    unverified.size() + " of " + sources.size() + " are UNVERIFIED: " + String.join(", ", unverified)));
        }
        return findings;
    }
}
