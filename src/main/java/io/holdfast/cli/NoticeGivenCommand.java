package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.legal.NoticeMeans;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "given",
        description = {
            "Records that the person concerned was told. Holdfast tells nobody itself: tell them first.",
            "What is delivered only after that can be collected from then on."
        })
final class NoticeGivenCommand implements Runnable {

    @Parameters(index = "0", paramLabel = "ID", description = "The request's id.")
    private String id;

    @Option(
            names = "--means",
            paramLabel = "CODE",
            required = true,
            description = "How: IN-SERVICE, EMAIL, LETTER, TELEPHONE or COUNSEL.")
    private String means;

    @Option(
            names = "--told",
            paramLabel = "TIME",
            description =
                    "When, such as 2026-12-01T08:00:00Z or 2026-12-01T09:00[Europe/Berlin]; now if it is left out.")
    private String told;

    @Mixin
    private ProofOption proof;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public void run() {
        try {
            NoticeMeans.parse(means);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "--means must be IN-SERVICE, EMAIL, LETTER, TELEPHONE or COUNSEL");
        }
        String path = NoticeView.path(id);
        ObjectNode body = Json.object()
                .put("means", means)
                .put(
                        "told",
                        (told == null
                                        ? Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS)
                                        : ZonedTime.parse("--told", told))
                                .toString());
        ObjectNode answer = proof.keep(() -> server.connect().post(path, body));
        output.print(NoticeView.lines(answer), answer);
    }
}
