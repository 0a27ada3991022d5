package io.holdfast.policy;

import io.holdfast.legal.Dimension;
import io.holdfast.legal.Instrument;
import io.holdfast.legal.Term;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Whether every instrument is either granted something or said not to be served, and not both. */
final class CoverageLint {

    private CoverageLint() {}

    static List<Finding> findings(Rulebook rulebook) {
        Map<Term, Grant> granted = new TreeMap<>(Comparator.comparing(Term::code));
        for (Grant grant : rulebook.grants()) {
            Set<Term> instruments = grant.when().accepted().getOrDefault(Dimension.INSTRUMENT, Set.of());
            instruments.forEach(instrument -> granted.putIfAbsent(instrument, grant));
        }
        List<Finding> findings = new ArrayList<>();
        Map<Instrument, String> silent = new TreeMap<>(Comparator.comparing(Instrument::code));
        rulebook.vocabulary()
                .words(Dimension.INSTRUMENT)
                .forEach((code, label) -> silent.put(new Instrument(code), label));
        silent.keySet().removeAll(granted.keySet());
        for (Pack pack : rulebook.packs()) {
            for (NotServed power : pack.notServed()) {
                String where = pack.id() + "/" + power.instrument();
                if (granted.containsKey(power.instrument())) {
                    String grant = granted.get(power.instrument()).id();
                    findings.add(
                            Finding.error(where, "is said not to be served, and the grant " + grant + " serves it"));
                } else if (silent.remove(power.instrument()) == null) {
                    findings.add(Finding.error(where, "is said not to be served by another pack as well"));
                }
            }
        }
        silent.forEach((instrument, label) -> findings.add(Finding.warning(
                instrument.code(),
                "is in the vocabulary, no grant names it, and no pack says why it is not served: " + label)));
        return findings;
    }
}
