package io.holdfast.policy;

import io.holdfast.legal.Channel;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Exit;
import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldException;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Mode;
import io.holdfast.legal.Term;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What can be wrong with one hold. */
final class HoldLint {

    private final Rulebook rulebook;
    private final Instant at;

    HoldLint(Rulebook rulebook, Instant at) {
        this.rulebook = rulebook;
        this.at = at;
    }

    List<Finding> findings(String place, Hold hold) {
        List<Finding> findings = new ArrayList<>();
        hold.reviewBy()
                .filter(reviewBy -> !reviewBy.isAfter(at))
                .ifPresent(reviewBy -> findings.add(Finding.warning(
                        place, "its review was due by " + reviewBy + "; it goes on until people lift it")));
        Set<Term> issuers = hold.applies().accepted().getOrDefault(Dimension.ISSUER_JURISDICTION, Set.of());
        boolean isClosed = !issuers.isEmpty() && issuers.stream().noneMatch(this::hasActiveTreaty);
        if (hold.mode() == Mode.TREATY_ONLY && isClosed) {
            findings.add(Finding.warning(
                    place,
                    "accepts requests through treaties only, and no treaty of " + codes(issuers)
                            + " is active, so it refuses everything"));
        }
        if (hold.exit() instanceof Exit.ExternalEvent event) {
            findings.add(Finding.warning(
                    place, "ends only with an event that the platform cannot bring about: " + event.event()));
        }
        for (HoldException exception : hold.exceptions()) {
            for (Dimension dimension : Dimension.values()) {
                Set<Term> beyond = beyond(hold, exception, dimension);
                if (!beyond.isEmpty()) {
                    findings.add(Finding.warning(
                            place + "/" + exception.id(),
                            "is wider than its hold: the hold does not cover " + dimension.code() + " "
                                    + codes(beyond)));
                }
            }
        }
        return findings;
    }

    /** The words that the exception names and its hold does not: there is nothing there to be excepted from. */
    private static Set<Term> beyond(Hold hold, HoldException exception, Dimension dimension) {
        Set<Term> held = hold.applies().accepted().get(dimension);
        Set<Term> excepted = exception.when().accepted().get(dimension);
        // Where one user in a held place stops a request, an exception must name the other users' places as well.
        boolean namesOthersToo =
                dimension == Dimension.USER_JURISDICTION || dimension == Dimension.SUBJECT_JURISDICTION;
        if (held == null || excepted == null || namesOthersToo) {
            return Set.of();
        }
        Set<Term> beyond = new HashSet<>(excepted);
        beyond.removeAll(held);
        return beyond;
    }

    private boolean hasActiveTreaty(Term place) {
        return place instanceof Jurisdiction party
                && rulebook.treaties().stream()
                        .filter(treaty -> treaty.channel() == Channel.TREATY && treaty.isActiveAt(at))
                        .anyMatch(treaty -> treaty.parties().contains(party));
    }

    /** A log names a hold by id and version, so the same name must not stand for two texts. */
    static List<Finding> ambiguous(Map<String, Hold> byPlace) {
        List<Finding> findings = new ArrayList<>();
        Map<String, String> firstPlace = new TreeMap<>();
        byPlace.forEach((place, hold) -> {
            String first = firstPlace.putIfAbsent(hold.reference(), place);
            if (first != null && !byPlace.get(first).equals(hold)) {
                findings.add(Finding.error(
                        place,
                        hold.reference() + " says something else in " + first + "; give one of them an id of its own"));
            }
        });
        return findings;
    }

    private static String codes(Set<Term> terms) {
        Set<String> codes = new TreeSet<>();
        terms.forEach(term -> codes.add(term.code()));
        return String.join(", ", codes);
    }
}
