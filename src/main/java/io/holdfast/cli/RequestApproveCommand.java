package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "approve",
        description = {
            "Approves one version of the decision on a request that was referred to people.",
            "Exits with 5 while another person has to approve it too."
        })
final class RequestApproveCommand implements Callable<Integer> {

    @Mixin
    private ExactVersion exact;

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
        return exact.send("approvals", body(), server, output);
    }

    private ObjectNode body() {
        ObjectNode body = exact.body();
        if (!confirmed.isEmpty()) {
            ObjectNode checks = body.putObject("checks");
            confirmed.forEach(duty -> checks.put(duty, "CONFIRMED"));
        }
        return body;
    }
}
