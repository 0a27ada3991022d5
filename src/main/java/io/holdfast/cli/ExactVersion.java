package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which request people look at, and which version of its decision: what they do there they do to no other. */
final class ExactVersion {

    @Parameters(index = "0", paramLabel = "ID", description = "The request's id.")
    private String id;

    @Option(
            names = "--version",
            paramLabel = "HEX",
            required = true,
            description = "What you have read, and no other version: `holdfast request show` says it.")
    private String version;

    /** The beginning of what is sent: exactly this. */
    ObjectNode body() {
        return Json.object().put("version", Names.version(version, id));
    }

    /**
     * Sends it and prints what became of the request.
     *
     * @param step the last part of the path
     * @return the exit code
     */
    int send(String step, ObjectNode body, ServerOptions server, Output output) {
        ObjectNode request = server.connect().post("/v1/requests/" + Names.request(id) + "/" + step, body);
        output.print(RequestView.lines(request), request);
        return RequestView.exitCode(request);
    }
}
