package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "publish",
        description = "Agrees to a report that another person has proposed. From then on everybody can read it.")
final class ReportPublishCommand implements Runnable {

    @Parameters(index = "0", paramLabel = "DIGEST", description = "The report, as `holdfast report propose` said it.")
    private String digest;

    @Mixin
    private ProofOption proof;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public void run() {
        String path = "/v1/reports/" + ReportView.digest(digest) + "/publication";
        ObjectNode answer = proof.keep(() -> server.connect().post(path, Json.object()));
        output.print(ReportView.lines(answer), answer);
    }
}
