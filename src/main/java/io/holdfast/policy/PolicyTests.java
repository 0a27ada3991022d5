package io.holdfast.policy;

import io.holdfast.legal.Decision;
import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldsInForce;
import io.holdfast.legal.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Runs the tables that lie beside the rules, and says which rules no case has exercised. */
public final class PolicyTests {

    /**
     * What came of one case.
     *
     * @param line where the case begins in the file
     * @param differences one sentence for each part that is not as expected; empty when the case passed
     */
    public record Result(String file, int line, String name, Decision decision, List<String> differences) {
        public Result {
            differences = List.copyOf(differences);
        }

        /** {@code file:line} */
        public String where() {
            return file + ":" + line;
        }

        public boolean passed() {
            return differences.isEmpty();
        }
    }

    /** Rules of one kind: those that some case exercised, and those that none did. */
    public record Coverage(SortedSet<String> fired, SortedSet<String> silent) {}

    /**
     * What came of all.
     *
     * @param grants a grant fires where it takes part in a referral or a release
     * @param holds by file, for example {@code holds/hk-nsl-2020} or {@code postures/withdraw/hk-wind-down}
     * @param exceptions by hold, for example {@code holds/hk-nsl-2020/hk-life-threat}
     */
    public record Report(List<Result> results, Coverage grants, Coverage holds, Coverage exceptions) {
        public Report {
            results = List.copyOf(results);
        }

        public List<Result> failures() {
            return results.stream().filter(result -> !result.passed()).toList();
        }
    }

    private final Rulebook rulebook;
    private final List<Result> results = new ArrayList<>();
    private final Set<String> grants = new TreeSet<>();
    private final Set<String> holds = new TreeSet<>();
    private final Set<String> exceptions = new TreeSet<>();

    private PolicyTests(Rulebook rulebook) {
        this.rulebook = rulebook;
    }

    public static Report run(Rulebook rulebook) {
        PolicyTests run = new PolicyTests(rulebook);
        for (TestTable table : rulebook.tests()) {
            table.cases().forEach(testCase -> run.run(table, testCase));
        }
        return run.report();
    }

    /** Whether any case does not come out as expected. */
    static boolean anyFails(Rulebook rulebook) {
        for (TestTable table : rulebook.tests()) {
            for (TestTable.Case testCase : table.cases()) {
                Decision decision = rulebook.decide(
                        testCase.facts(),
                        new HoldsInForce(0, rulebook.holds(testCase.holds()).orElseThrow()),
                        testCase.at());
                if (!testCase.expect().differences(decision).isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    private void run(TestTable table, TestTable.Case testCase) {
        List<Hold> inForce = rulebook.holds(testCase.holds()).orElseThrow();
        Decision decision = rulebook.decide(testCase.facts(), new HoldsInForce(0, inForce), testCase.at());
        results.add(new Result(
                table.file(),
                testCase.line(),
                testCase.name(),
                decision,
                testCase.expect().differences(decision)));
        if (decision.outcome() == Outcome.REFERRED || decision.outcome() == Outcome.RELEASED) {
            grants.addAll(decision.basis().grants());
        }
        String prefix = prefix(testCase.holds());
        for (Hold hold : inForce) {
            if (decision.basis().holds().contains(hold.reference())) {
                holds.add(prefix + hold.id());
            }
        }
        decision.basis().exceptions().forEach(exception -> exceptions.add(prefix + exception));
    }

    private static String prefix(String holds) {
        return holds.equals(TestTable.START) ? "holds/" : "postures/" + holds + "/";
    }

    private Report report() {
        SortedSet<String> allGrants = new TreeSet<>();
        rulebook.grants().forEach(grant -> allGrants.add(grant.id()));
        SortedSet<String> allHolds = new TreeSet<>();
        SortedSet<String> allExceptions = new TreeSet<>();
        List<String> sets = new ArrayList<>(rulebook.postures());
        sets.add(TestTable.START);
        for (String set : sets) {
            for (Hold hold : rulebook.holds(set).orElseThrow()) {
                String name = prefix(set) + hold.id();
                allHolds.add(name);
                hold.exceptions().forEach(exception -> allExceptions.add(name + "/" + exception.id()));
            }
        }
        return new Report(
                results, coverage(allGrants, grants), coverage(allHolds, holds), coverage(allExceptions, exceptions));
    }

    private static Coverage coverage(Set<String> all, Set<String> fired) {
        SortedSet<String> silent = new TreeSet<>(all);
        silent.removeAll(fired);
        return new Coverage(new TreeSet<>(fired), silent);
    }
}
