package io.holdfast.policy;

import io.holdfast.legal.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads {@code invariants.yaml}. */
final class InvariantsReader {

    private static final Map<String, Invariant.About> ABOUT =
            Spelling.of(Invariant.About.values(), Invariant.About::name);

    private final MatchReader matches;
    private final Ids ids = new Ids();

    InvariantsReader(MatchReader matches) {
        this.matches = matches;
    }

    /** Those that could be read; the rest is noted. */
    List<Invariant> read(Section file) {
        List<Invariant> invariants = new ArrayList<>();
        for (Value value : file.allow("invariants").need("invariants").list()) {
            Section section = value.section();
            if (section != null) {
                invariant(section, invariants);
            }
        }
        return invariants;
    }

    private void invariant(Section section, List<Invariant> invariants) {
        section.allow("id", "sentence", "basis", "about", "where", "only");
        String id = ids.take(section.need("id"));
        String sentence = section.need("sentence").text();
        String basis = section.need("basis").text();
        Invariant.About about =
                section.find("about").map(value -> value.oneOf(ABOUT)).orElse(Invariant.About.PERMITTED);
        Match where = matches.read(section.need("where"));
        List<Match> only = new ArrayList<>();
        section.find("only").ifPresent(list -> list.list().forEach(value -> only.add(matches.read(value))));
        if (!section.isSound()) {
            return;
        }
        try {
            invariants.add(new Invariant(id, sentence, basis, about, where, only));
        } catch (IllegalArgumentException e) {
            section.problem(e);
        }
    }
}
