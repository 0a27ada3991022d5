package io.holdfast.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * A problem document, RFC 9457.
 *
 * @param type a name under {@code /problems/}, described in docs/reference/problems.md
 * @param title the same sentence for every problem of this type
 * @param detail what to do about this one
 * @param violations the fields that are wrong, for a request that cannot be read
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(String type, String title, int status, String detail, List<Violation> violations) {

    static final String MEDIA_TYPE = "application/problem+json";

    /** @param value what was found; {@code (not shown)} where it could be personal */
    public record Violation(String field, String rule, String value) {
        static final String NOT_SHOWN = "(not shown)";
    }

    static Problem of(String type, int status, String title, String detail) {
        return new Problem("/problems/" + type, title, status, detail, List.of());
    }

    static Problem malformed(String detail, List<Violation> violations) {
        return new Problem(
                "/problems/malformed-request", "The request cannot be read as it should be.", 400, detail, violations);
    }

    static Problem malformed(String field, String rule, String value) {
        return malformed(
                "Mend the field and send the request again. Nothing was recorded.",
                List.of(new Violation(field, rule, value)));
    }

    static Problem unavailable() {
        return of(
                "out-of-service",
                503,
                "The gateway cannot record decisions, so it takes none.",
                "Nothing was released. Try again later.");
    }

    /** @param detail what came of it, and what to do */
    static Problem notWitnessed(String detail) {
        return of("not-witnessed", 503, "Too few witnesses have cosigned the log.", detail);
    }

    static Problem notFound(String what) {
        return of("not-found", 404, "There is no such thing here.", "No " + what + " has this name.");
    }

    static Problem forbidden(String detail) {
        return of("forbidden", 403, "You may not do this.", detail);
    }

    Response response() {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store") // a tile that is not there yet will be
                .entity(this)
                .build();
    }

    ProblemException exception() {
        return new ProblemException(this);
    }
}
