package io.holdfast.cli;

import io.holdfast.legal.Jurisdiction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "token",
        description = {
            "Prints a token for a gateway that was started with --development.",
            "For trying things out only: no other gateway accepts it."
        })
final class TokenCommand implements Callable<Integer> {

    private static final long LONGEST_MINUTES = 60;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "holdfast-data",
            description = "The gateway's data folder; default ${DEFAULT-VALUE}.")
    private Path data;

    @Option(names = "--subject", paramLabel = "NAME", required = true, description = "Whom the token speaks for.")
    private String subject;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            required = true,
            split = ",",
            description =
                    "What it may do: le-agent, legal-operator, legal-approver, reviewer, auditor, platform-engineer, report-editor.")
    private Set<String> roles;

    @Option(names = "--authority", paramLabel = "ID", description = "For an le-agent: the enrolled authority.")
    private String authority;

    @Option(
            names = "--located-in",
            paramLabel = "CODE",
            split = ",",
            description =
                    "Where the person is, ISO 3166-1, such as HK; several with commas. They hold no approval for what concerns it.")
    private Set<String> locatedIn = Set.of();

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "15",
            description = "Lifetime, at most 60; default ${DEFAULT-VALUE}.")
    private long minutes;

    @Override
    public Integer call() {
        DevelopmentIssuer issuer = new DevelopmentIssuer(data);
        if (!issuer.exists()) {
            throw new CommandFailure(
                    ExitCode.NOT_ALLOWED,
                    data
                            + " has no development issuer: no gateway was started on it with --development. Real tokens come "
                            + "from your identity provider.");
        }
        if (minutes < 1 || minutes > LONGEST_MINUTES) {
            throw new CommandFailure(ExitCode.USAGE, "--minutes must be 1 to " + LONGEST_MINUTES);
        }
        if (!locatedIn.stream().allMatch(Jurisdiction::isCode)) {
            throw new CommandFailure(ExitCode.USAGE, "--located-in must be two capital letters, such as HK");
        }
        spec.commandLine()
                .getOut()
                .println(issuer.token(
                        subject, roles, Optional.ofNullable(authority), locatedIn, Duration.ofMinutes(minutes)));
        return ExitCode.OK;
    }
}
