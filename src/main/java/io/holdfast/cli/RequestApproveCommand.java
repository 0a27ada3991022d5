package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "approve",
        description = {
            "Approves one version of the decision on a request that was referred to people.",
            "Exits with 5 while another person has to approve it too."
        })
final class RequestApproveCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "ID", description = "The request's id.")
    private String id;

    @Option(
            names = "--version",
            paramLabel = "HEX",
            required = true,
            description = "What you have read, and no other version: `holdfast request show` says it.")
    private String version;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        String path = "/v1/requests/" + Names.request(id) + "/approvals";
        if (!version.matches("[0-9a-f]{64}")) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--version must be 64 hex digits; `holdfast request show " + id + "` says it");
        }
        ObjectNode request = server.connect().post(path, Json.object().put("version", version));
        output.print(RequestView.lines(request), request);
        return RequestView.exitCode(request);
    }
}
