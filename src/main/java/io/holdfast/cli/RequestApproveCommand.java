package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
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

    @Option(
            names = "--confirm",
            paramLabel = "DUTY",
            description =
                    "What you have seen to, such as CALL-BACK; can be given again. `holdfast request show` says which.")
    private List<String> confirmed = List.of();

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        String path = "/v1/requests/" + Names.request(id) + "/approvals";
        ObjectNode request = server.connect().post(path, body());
        output.print(RequestView.lines(request), request);
        return RequestView.exitCode(request);
    }

    private ObjectNode body() {
        ObjectNode body = Json.object().put("version", Names.version(version, id));
        if (!confirmed.isEmpty()) {
            ObjectNode checks = body.putObject("checks");
            confirmed.forEach(duty -> checks.put(duty, "CONFIRMED"));
        }
        return body;
    }
}
