package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.UnreadableException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;

/** An answer that is no success, as a sentence and an exit code. Problem documents (RFC 9457) speak for themselves. */
final class Refusal {

    private Refusal() {}

    /** @param isKnown whether a token was sent */
    static CommandFailure of(String base, int status, byte[] body, boolean isKnown) {
        StringBuilder message = new StringBuilder(sentence(base, status, body));
        if (status == 401 && !isKnown) {
            message.append("\ngive a token: --token-file, --token or $HOLDFAST_TOKEN");
        }
        return new CommandFailure(exitCode(status), message.toString());
    }

    static int exitCode(int status) {
        return switch (status) {
            case 400, 413, 415, 422 -> ExitCode.USAGE;
            case 401, 403 -> ExitCode.NOT_ALLOWED;
            case 409, 410 -> ExitCode.CONFLICT;
            default -> ExitCode.UNREACHABLE;
        };
    }

    private static String sentence(String base, int status, byte[] body) {
        ObjectNode problem;
        try {
            problem = Json.read("a problem", body);
        } catch (UnreadableException e) {
            problem = Json.object();
        }
        if (!problem.path("title").isTextual()) {
            return base + " answered " + status + "; is it a gateway?";
        }
        StringBuilder text = new StringBuilder(Terminal.safe(
                (problem.path("title").asText() + " " + problem.path("detail").asText("")).strip()));
        for (JsonNode violation : problem.path("violations")) {
            text.append("\n  ").append(Terminal.safe(violation(violation)));
        }
        return text.toString();
    }

    private static String violation(JsonNode violation) {
        return violation.path("field").asText() + " " + violation.path("rule").asText() + ", found "
                + violation.path("value").asText();
    }

    /** Why nothing came back, in words. */
    static String why(Throwable cause) {
        for (Throwable it = cause; it != null; it = it.getCause()) {
            if (it instanceof UnresolvedAddressException) {
                return "its name is not known";
            }
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return "it does not answer";
        }
        if (cause instanceof ConnectException) {
            return "nothing listens there; is the gateway running, and is --url right?";
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : Terminal.safe(cause.getMessage());
    }
}
