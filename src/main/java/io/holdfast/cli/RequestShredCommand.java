package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.legal.ErasureReason;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "shred",
        description = {
            "Destroys the key of a case, so that nothing it has sealed can be read again. It takes two people, and is final.",
            "The first one proposes, and the command exits with 5; it is done when a second one gives the same command."
        })
final class RequestShredCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "ID", description = "The request's id.")
    private String id;

    @Option(
            names = "--reason-code",
            paramLabel = "CODE",
            required = true,
            description = "Why: RETENTION-ENDED, ERASURE-REQUEST or COURT-ORDER. It stays in the log.")
    private String reason;

    @Option(
            names = "--proposal",
            paramLabel = "HEX",
            description = "Agree to this proposal and to no other; the first person's command said it.")
    private String proposal;

    @Mixin
    private ProofOption proof;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        String path = "/v1/requests/" + Names.request(id) + "/erasure";
        ObjectNode body = Json.object().put("reason", checkedReason());
        if (proposal != null) {
            body.put("proposal", checkedProposal());
        }
        ObjectNode answer = proof.keep(() -> server.connect().post(path, body));
        boolean isProposed = answer.path("erasure").asText().equals("PROPOSED");
        Table table = new Table()
                .row("request", id)
                .row("erasure", answer.path("erasure").asText())
                .row("record", answer.path("record").path("index").asText());
        if (isProposed) {
            table.row("proposal", answer.path("proposal").asText());
            table.row("stands until", answer.path("stands-until").asText());
        }
        output.print(table.lines(), answer);
        return isProposed ? ExitCode.WAITING : ExitCode.OK;
    }

    private String checkedReason() {
        try {
            return ErasureReason.parse(reason).code();
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--reason-code must be RETENTION-ENDED, ERASURE-REQUEST or COURT-ORDER");
        }
    }

    private String checkedProposal() {
        if (!proposal.matches("[0-9a-f]{64}")) {
            throw new CommandFailure(ExitCode.USAGE, "--proposal must be 64 hex digits, as the first person was shown");
        }
        return proposal;
    }
}
