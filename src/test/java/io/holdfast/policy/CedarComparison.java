package io.holdfast.policy;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldsInForce;
import io.holdfast.legal.Outcome;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Scope;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One request, decided by the rulebook and by Cedar. What Cedar says of each category is put together as the fixed order of
 * evaluation says, and must then be what the rulebook decided: outcome, categories, grants, exceptions, reasons of holds and of papers.
 * Approvals are no matter of permission, so released and referred are one here.
 */
final class CedarComparison {

    /** What became of a request, as far as Cedar can say. */
    enum Kind {
        PERMITTED,
        NARROWED,
        HELD,
        REFUSED_BY_HOLD,
        REFUSED_BY_PAPER,
        REFUSED_BY_SILENCE,
        RETURNED
    }

    private static final Set<String> PAPER =
            Set.of(CedarTranslation.CHANNEL, CedarTranslation.NOT_YET, CedarTranslation.EXPIRED);

    private final Scene scene;
    private final HoldsInForce holds;
    private final CedarTranslation translation;
    private final CedarOracle oracle;

    private CedarComparison(Scene scene, CedarTranslation translation) throws Exception {
        this.scene = scene;
        this.holds = new HoldsInForce(0, scene.holds());
        this.translation = translation;
        this.oracle = new CedarOracle(translation);
    }

    static CedarComparison of(String name, Rulebook rulebook, List<Hold> holds) throws Exception {
        return of(Scene.of(name, rulebook, holds), new CedarTranslation(rulebook, holds));
    }

    /** Against a translation of something else: for finding out whether a mistake would be noticed. */
    static CedarComparison of(Scene scene, CedarTranslation translation) throws Exception {
        return new CedarComparison(scene, translation);
    }

    CedarOracle oracle() {
        return oracle;
    }

    /** @throws AssertionError with both answers, where they are not the same */
    Kind compare(Facts facts, Instant at) throws Exception {
        Map<DataCategory, CedarOracle.Answer> answers = oracle.ask(facts, at);
        Decision decision = scene.rulebook().decide(facts, holds, at);
        Evaluation evaluation = scene.evaluate(facts, at);
        evaluation.decision();
        Evaluation.Verdict verdict = scene.evaluate(facts, at).verdict();
        try {
            return new OnePoint(answers).compare(decision, evaluation.cells(), verdict);
        } catch (Differ e) {
            throw new AssertionError(
                    e.getMessage() + "\nunder " + scene.name() + " at " + at + "\n" + facts + "\nCedar: " + answers
                            + "\nrulebook: " + decision + "\ncells: " + evaluation.cells() + "\nverdict: " + verdict,
                    e);
        }
    }

    private static final class Differ extends Exception {
        private static final long serialVersionUID = 1;

        Differ(String what, Object cedar, Object rulebook) {
            super(what + ": Cedar says " + cedar + ", the rulebook " + rulebook);
        }
    }

    private static void same(String what, Object cedar, Object rulebook) throws Differ {
        if (!cedar.equals(rulebook)) {
            throw new Differ(what, cedar, rulebook);
        }
    }

    /** What Cedar says about all categories of one request. */
    private final class OnePoint {

        private final Map<DataCategory, CedarOracle.Answer> answers;
        private final Map<DataCategory, Reason> byHold = new EnumMap<>(DataCategory.class);
        private final Set<DataCategory> allowed = EnumSet.noneOf(DataCategory.class);
        private final EnumSet<Reason> paper = EnumSet.noneOf(Reason.class);

        OnePoint(Map<DataCategory, CedarOracle.Answer> answers) {
            this.answers = answers;
            answers.forEach((category, answer) -> {
                if (answer.isAllowed()) {
                    allowed.add(category);
                    return;
                }
                for (String id : answer.policies()) {
                    Reason reason = translation.reason(id);
                    if (CedarTranslation.isHold(id)) {
                        // Never beats deny, deny beats hold: that is the order of the reasons.
                        byHold.merge(category, reason, (one, other) -> one.compareTo(other) < 0 ? one : other);
                    } else if (PAPER.contains(id)) {
                        paper.add(reason);
                    }
                }
            });
        }

        Kind compare(Decision decision, List<Cell> cells, Evaluation.Verdict verdict) throws Differ {
            Kind kind = kind();
            same("the outcome", outcome(kind), plain(decision.outcome()));
            same("the verdict on returning", kind == Kind.RETURNED, verdict.returned());
            same(
                    "the verdict on what is permitted",
                    kind == Kind.REFUSED_BY_PAPER ? 0 : bits(allowed),
                    verdict.permitted());
            boolean isDecidedByRules = kind != Kind.RETURNED && kind != Kind.REFUSED_BY_PAPER;
            same("the verdict on what waits", isDecidedByRules ? bits(paused()) : 0, verdict.waiting());
            if (isDecidedByRules) {
                cells(cells);
                scope(decision);
            }
            if (kind == Kind.REFUSED_BY_PAPER) {
                EnumSet<Reason> reasons = EnumSet.copyOf(paper);
                reasons.addAll(byHold.values());
                reasons.remove(Reason.HELD_PENDING_REVIEW);
                same("the reasons", reasons, Set.copyOf(decision.basis().reasons()));
            }
            return kind;
        }

        private Kind kind() throws Differ {
            long incomplete = answers.values().stream()
                    .filter(answer -> answer.policies().contains(CedarTranslation.FACTS))
                    .count();
            if (incomplete > 0) {
                same("the categories that lack a fact", answers.size(), (int) incomplete);
                return Kind.RETURNED;
            }
            if (!paper.isEmpty()) {
                return Kind.REFUSED_BY_PAPER;
            }
            if (!allowed.isEmpty()) {
                return allowed.size() == answers.size() ? Kind.PERMITTED : Kind.NARROWED;
            }
            if (byHold.isEmpty()) {
                return Kind.REFUSED_BY_SILENCE;
            }
            return byHold.values().stream().allMatch(Reason.HELD_PENDING_REVIEW::equals)
                    ? Kind.HELD
                    : Kind.REFUSED_BY_HOLD;
        }

        private static Outcome outcome(Kind kind) {
            return switch (kind) {
                case PERMITTED, NARROWED -> Outcome.RELEASED;
                case HELD -> Outcome.HELD;
                case REFUSED_BY_HOLD, REFUSED_BY_PAPER, REFUSED_BY_SILENCE -> Outcome.REFUSED;
                case RETURNED -> Outcome.RETURNED;
            };
        }

        private static Outcome plain(Outcome outcome) {
            return outcome == Outcome.REFERRED ? Outcome.RELEASED : outcome;
        }

        private Set<DataCategory> paused() {
            return byHold.entrySet().stream()
                    .filter(entry -> entry.getValue() == Reason.HELD_PENDING_REVIEW)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
        }

        private static int bits(Set<DataCategory> categories) {
            return categories.stream()
                    .mapToInt(category -> 1 << category.ordinal())
                    .sum();
        }

        private void cells(List<Cell> cells) throws Differ {
            same(
                    "the categories",
                    answers.keySet(),
                    cells.stream().map(Cell::category).collect(Collectors.toSet()));
            for (Cell cell : cells) {
                CedarOracle.Answer answer = answers.get(cell.category());
                same(
                        cell.category() + " permitted",
                        answer.isAllowed(),
                        cell.stopped().isEmpty());
                same("the exceptions for " + cell.category(), exceptions(answer), new TreeSet<>(cell.lifted()));
                if (answer.isAllowed()) {
                    same("the grants of " + cell.category(), grants(answer), ids(cell.grants()));
                } else {
                    same(
                            "why a hold stops " + cell.category(),
                            Optional.ofNullable(byHold.get(cell.category())),
                            cell.stopped().filter(this::isOfAHold));
                }
            }
        }

        private boolean isOfAHold(Reason reason) {
            return reason.compareTo(Reason.HELD_PENDING_REVIEW) <= 0;
        }

        private static SortedSet<String> exceptions(CedarOracle.Answer answer) {
            return answer.ways().stream()
                    .map(CedarTranslation::exception)
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        private static SortedSet<String> grants(CedarOracle.Answer answer) {
            return answer.policies().stream()
                    .map(CedarTranslation::grant)
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        private static SortedSet<String> ids(List<Grant> grants) {
            return grants.stream().map(Grant::id).collect(Collectors.toCollection(TreeSet::new));
        }

        private void scope(Decision decision) throws Differ {
            Optional<Scope> scope = decision instanceof Decision.Released released
                    ? Optional.of(released.scope())
                    : decision instanceof Decision.Referred referred ? Optional.of(referred.scope()) : Optional.empty();
            same(
                    "the scope",
                    allowed,
                    scope.<Set<DataCategory>>map(one -> one.granted()).orElse(Set.of()));
        }
    }
}
