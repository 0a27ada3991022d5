package io.holdfast.cli;

import io.holdfast.audit.UnreadableException;
import io.holdfast.bag.RecipientCertificate;
import io.holdfast.legal.Authority;
import io.holdfast.policy.AuthorityFiles;
import io.holdfast.policy.Finding;
import io.holdfast.policy.Linter;
import io.holdfast.policy.PolicyException;
import io.holdfast.policy.PolicySet;
import io.holdfast.policy.Problem;
import io.holdfast.policy.Rulebook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description = {
            "Reads a rulebook as a gateway would, its lock and its authorities too, and looks for rules that cannot be meant.",
            "Exits with 1 if there is a problem or an error; with 0 if there are warnings only."
        })
final class PolicyCheckCommand implements Callable<Integer> {

    /** Enrolling the next certificate takes people. */
    private static final Duration SOON = Duration.ofDays(30);

    @Parameters(
            index = "0",
            paramLabel = "DIR",
            defaultValue = "policies",
            description = "The rulebook; default ${DEFAULT-VALUE}.")
    private Path folder;

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            description = "Look from this time, such as 2026-11-23T12:00:00Z; default now.")
    private Instant at;

    @Mixin
    private Output output;

    private final List<Problem> problems = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    @Override
    public Integer call() {
        Optional<PolicySet> set = check();
        long errors = findings.stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .count();
        List<String> lines = new ArrayList<>(PolicyFolder.lines(problems));
        findings.forEach(finding -> lines.add(Terminal.safe(finding.toString())));
        lines.add(Counted.of(problems.size(), "problem") + ", " + Counted.of(errors, "error") + ", "
                + Counted.of(findings.size() - errors, "warning"));
        set.ifPresent(read -> lines.add("set " + read.digest()));
        output.print(
                lines,
                Json.object()
                        .put("digest", set.map(PolicySet::digest).orElse(""))
                        .<com.fasterxml.jackson.databind.node.ObjectNode>set("problems", PolicyFolder.json(problems))
                        .set(
                                "findings",
                                Json.list(
                                        findings,
                                        finding -> Json.object()
                                                .put(
                                                        "severity",
                                                        finding.severity().name())
                                                .put("where", finding.where())
                                                .put("sentence", finding.sentence()))));
        return problems.isEmpty() && errors == 0 ? ExitCode.OK : ExitCode.CHECK_FAILED;
    }

    private Optional<PolicySet> check() {
        try {
            PolicySet set = PolicyFolder.read(folder);
            check(set);
            return Optional.of(set);
        } catch (PolicyException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    /** A gateway stays out of service with one that nothing should be encrypted for, and refuses to use one that has expired. */
    private void check(Authority authority) {
        String where = "authorities/" + authority.id();
        authority.certificate().ifPresent(pem -> {
            try {
                RecipientCertificate certificate = RecipientCertificate.parse(pem);
                certificate
                        .objection(at())
                        .or(() -> certificate
                                .objection(at().plus(SOON))
                                .map(soon -> "in " + SOON.toDays() + " days: " + soon))
                        .ifPresent(sentence -> findings.add(new Finding(Finding.Severity.WARNING, where, sentence)));
            } catch (UnreadableException e) {
                findings.add(new Finding(Finding.Severity.ERROR, where, e.getMessage()));
            }
        });
    }

    private Instant at() {
        return at == null ? Clock.systemUTC().instant() : at;
    }

    /** Where only the lock is wrong, the rules can be read all the same, and there is more to tell. */
    private void check(PolicySet set) {
        try {
            set.rulebook();
        } catch (PolicyException e) {
            problems.addAll(e.problems());
        }
        try {
            Rulebook rulebook = set.relocked().rulebook();
            findings.addAll(Linter.check(rulebook, at()));
            Path authorities = folder.resolve("authorities");
            if (Files.isDirectory(authorities)) {
                AuthorityFiles.read(authorities, rulebook.vocabulary())
                        .authorities()
                        .forEach(this::check);
            }
        } catch (PolicyException e) {
            e.problems().stream().filter(problem -> !problems.contains(problem)).forEach(problems::add);
        }
    }
}
