package io.holdfast.policy;

import io.holdfast.legal.Deadline;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldsInForce;
import io.holdfast.legal.Obligations;
import io.holdfast.legal.Preservation;
import io.holdfast.legal.Scope;
import io.holdfast.legal.Stop;
import io.holdfast.legal.Term;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One decision in words, the same wherever it is shown. The sentences come from the run that decides, not from a second
 * reading of the rules.
 */
public final class Explanation {

    private final Rulebook rulebook;
    private final Facts facts;
    private final Evaluation evaluation;
    private final Instant at;

    private Explanation(Rulebook rulebook, Facts facts, HoldsInForce holds, Instant at) {
        this.rulebook = rulebook;
        this.facts = facts;
        this.evaluation = new Evaluation(rulebook, facts, rulebook.masks(holds), at);
        this.at = at;
    }

    /** What was asked, which holds cover it, what becomes of each category, and what comes out. */
    public static List<String> of(Rulebook rulebook, Facts facts, HoldsInForce holds, Instant at) {
        return new Explanation(rulebook, facts, holds, at).sentences();
    }

    private List<String> sentences() {
        Decision decision = evaluation.decision();
        List<String> sentences = new ArrayList<>();
        sentences.add(asked());
        evaluation.covering().forEach(hold -> sentences.add(covers(hold)));
        evaluation.cells().forEach(cell -> sentences.add(cell(cell)));
        sentences.addAll(decision.match(new Outcomes()));
        decision.basis()
                .nextChangeAt()
                .ifPresent(next -> sentences.add("The passing of time alone can change this answer at " + next + "."));
        return List.copyOf(sentences);
    }

    private String asked() {
        String categories = list(new TreeSet<>(facts.categories()), category -> label(Dimension.CATEGORY, category));
        return label(Dimension.ISSUER_JURISDICTION, facts.issuer()) + " asks by "
                + label(Dimension.INSTRUMENT, facts.instrument()) + " to "
                + label(Dimension.ACTION, facts.action()) + ": "
                + (categories.isEmpty() ? "nothing that is known" : categories) + ".";
    }

    private String covers(Hold hold) {
        String review = hold.reviewBy().map(by -> ", to be reviewed by " + by).orElse("");
        return "Hold " + hold.reference() + " covers it (" + hold.title() + "): "
                + hold.modeAt(at).code() + review + ".";
    }

    private String cell(Cell cell) {
        String category = label(Dimension.CATEGORY, cell.category());
        String lifted = cell.lifted().isEmpty() ? "" : ", through the exception " + String.join(", ", cell.lifted());
        return cell.stopped()
                .map(reason -> category + ": no. " + reason.sentence())
                .orElseGet(() -> category + ": permitted by "
                        + list(cell.grants(), grant -> grant.id() + " (" + grant.basis() + ")") + lifted + ".");
    }

    private final class Outcomes implements Decision.Cases<List<String>> {

        @Override
        public List<String> held(Decision.Held decision) {
            return outcome("Held by " + decision.hold() + ".", decision);
        }

        @Override
        public List<String> refused(Decision.Refused decision) {
            return outcome("Refused.", decision);
        }

        @Override
        public List<String> returned(Decision.Returned decision) {
            return outcome("Returned. Missing or unknown: " + String.join(", ", decision.missing()) + ".", decision);
        }

        @Override
        public List<String> referred(Decision.Referred decision) {
            List<String> sentences = outcome("Referred to people" + narrowed(decision.scope()), decision);
            sentences.add(asks(decision.obligations()));
            return sentences;
        }

        @Override
        public List<String> released(Decision.Released decision) {
            List<String> sentences = outcome("Released" + narrowed(decision.scope()), decision);
            sentences.add(asks(decision.obligations()));
            return sentences;
        }
    }

    private static List<String> outcome(String first, Decision decision) {
        List<String> sentences = new ArrayList<>();
        sentences.add(first);
        decision.basis().reasons().forEach(reason -> sentences.add(reason.sentence()));
        return sentences;
    }

    private String narrowed(Scope scope) {
        return scope.isNarrowed()
                ? ", narrowed to " + list(scope.granted(), category -> label(Dimension.CATEGORY, category)) + "."
                : ".";
    }

    private String asks(Obligations obligations) {
        String duties = obligations.duties().isEmpty()
                ? ""
                : "; duties "
                        + String.join(
                                ", ",
                                new TreeSet<>(obligations.duties())
                                        .stream().map(duty -> duty.code()).toList());
        String clocks = obligations.clocks().stream().map(Explanation::runs).collect(Collectors.joining());
        String kept = obligations.preservation().map(Explanation::keeps).orElse("");
        return "Approvals: " + facts.approvals() + " of " + obligations.approvals() + "; notice "
                + obligations.notice().code() + clocks + kept + duties
                + (obligations.unencrypted() ? "; unencrypted where there is no certificate" : "") + ".";
    }

    private static String runs(Deadline clock) {
        String stops = clock.stops().isEmpty()
                ? ""
                : " (stops for "
                        + String.join(
                                ", ",
                                new TreeSet<>(clock.stops())
                                        .stream().map(Stop::code).toList()) + ")";
        return "; " + clock.step().code() + " within " + Deadline.spell(clock.within()) + stops;
    }

    private static String keeps(Preservation preservation) {
        return "; kept for " + Deadline.spell(preservation.period())
                + preservation
                        .extension()
                        .map(extension -> " and once for " + Deadline.spell(extension) + " more")
                        .orElse("");
    }

    private String label(Dimension dimension, Term term) {
        return rulebook.vocabulary().label(dimension, term);
    }

    private static <T> String list(Collection<T> things, Function<T, String> name) {
        return things.stream().map(name).collect(Collectors.joining(", "));
    }
}
