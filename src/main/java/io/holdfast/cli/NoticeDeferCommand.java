package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.legal.NoticeGround;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "defer",
        description = {
            "Records that the person concerned is not told for now. One person records an order of a court.",
            "A risk takes two: the first one proposes, and the command exits with 5; it is done when a second one gives the same"
                    + " command."
        })
final class NoticeDeferCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "ID", description = "The request's id.")
    private String id;

    @Option(
            names = "--ground",
            paramLabel = "CODE",
            required = true,
            description = "Why: ORDER, RISK-TO-LIFE, RISK-TO-CHILD or ACCOUNT-UNTRUSTED.")
    private String ground;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "From when on they are told. Only an order can be without one; a risk ends within 180 days.")
    private String until;

    @Option(
            names = "--review",
            paramLabel = "TIME",
            required = true,
            description = "When people look again, within 180 days.")
    private String review;

    @Mixin
    private EvidenceOption evidence;

    @Mixin
    private ProofOption proof;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        try {
            NoticeGround.parse(ground);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--ground must be ORDER, RISK-TO-LIFE, RISK-TO-CHILD or ACCOUNT-UNTRUSTED");
        }
        String path = NoticeView.path(id) + "/deferral";
        ObjectNode body = Json.object().put("ground", ground);
        if (until != null) {
            body.put("until", ZonedTime.parse("--until", until).toString());
        }
        body.put("review", ZonedTime.parse("--review", review).toString());
        evidence.add(body);
        ObjectNode answer = proof.keep(() -> server.connect().post(path, body));
        output.print(NoticeView.lines(answer), answer);
        return answer.has("proposed") ? ExitCode.WAITING : ExitCode.OK;
    }
}
