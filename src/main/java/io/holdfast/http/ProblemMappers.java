package io.holdfast.http;

import io.holdfast.audit.LedgerException;
import io.holdfast.gate.NoPreviewException;
import io.holdfast.gate.StaleRulebookException;
import io.holdfast.gate.VaultUnavailableException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every exception as a problem document. What is not known here is a bug: refused, with an incident id and no detail. */
final class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    Response problem(ProblemException e) {
        return e.problem().response();
    }

    @ServerExceptionMapper
    Response unauthorized(UnauthorizedException e) {
        return unauthenticated();
    }

    @ServerExceptionMapper
    Response failedAuthentication(AuthenticationFailedException e) {
        return unauthenticated();
    }

    private static Response unauthenticated() {
        Problem problem = Problem.of(
                "unauthenticated", 401, "The caller is not known.", "Send a valid bearer token in Authorization.");
        return Response.status(401)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .type(Problem.MEDIA_TYPE)
                .entity(problem)
                .build();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException e) {
        return Problem.forbidden("The token does not carry the role that this needs.")
                .response();
    }

    @ServerExceptionMapper
    Response ledger(LedgerException e) {
        return switch (e.what()) {
            case CONFLICT ->
                Problem.of(
                                "idempotency-key-reused",
                                409,
                                "This idempotency key was used for another request.",
                                "Use a new key for a new request. Nothing was recorded.")
                        .response();
            case UNKNOWN_OUTCOME -> {
                LOG.error("an entry has an unknown outcome", e);
                yield Problem.of(
                                "unknown-outcome",
                                503,
                                "It is not known whether the decision was recorded.",
                                "Nothing was released. Send the same request again with the same Idempotency-Key.")
                        .response();
            }
            case BUSY, UNAVAILABLE -> {
                LOG.errorf("an entry was refused: %s", e.getMessage());
                yield Problem.unavailable().response();
            }
        };
    }

    @ServerExceptionMapper
    Response stale(StaleRulebookException e) {
        LOG.error(e.getMessage());
        return Problem.unavailable().response();
    }

    @ServerExceptionMapper
    Response vault(VaultUnavailableException e) {
        LOG.errorf("nothing can be sealed or opened: %s", e.getMessage());
        return Problem.of(
                        "vault-unavailable",
                        503,
                        "Nothing can be sealed or opened now.",
                        "Nothing was recorded, released or shown. Try again later.")
                .response();
    }

    @ServerExceptionMapper
    Response preview(NoPreviewException e) {
        LOG.errorf("a proposal was not made: %s", e.getMessage());
        return Problem.of(
                        "no-preview",
                        503,
                        "It could not be found out what the proposal would do, so it was not made.",
                        "Nothing was recorded: " + e.getMessage() + ".")
                .response();
    }

    @ServerExceptionMapper
    Response completion(CompletionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof LedgerException ledger) {
            return ledger(ledger);
        }
        if (cause instanceof StaleRulebookException stale) {
            return stale(stale);
        }
        if (cause instanceof VaultUnavailableException vault) {
            return vault(vault);
        }
        if (cause instanceof NoPreviewException preview) {
            return preview(preview);
        }
        return bug(cause == null ? e : cause);
    }

    /** What JAX-RS itself throws: no such path, method or media type. */
    @ServerExceptionMapper
    Response http(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        if (status >= 500) {
            return bug(e);
        }
        return Problem.of("http-" + status, status, "The call does not fit the interface.", "See /q/openapi.")
                .response();
    }

    @ServerExceptionMapper
    Response bug(Throwable e) {
        String incident = UUID.randomUUID().toString();
        // Only the kind and the place: a message may quote what somebody sent.
        LOG.errorf("incident %s: %s at %s", incident, e.getClass().getName(), place(e));
        return Problem.of(
                        "internal-error",
                        500,
                        "The gateway failed, and refused.",
                        "Nothing was released. Tell the operator the incident " + incident + ".")
                .response();
    }

    private static String place(Throwable e) {
        StringBuilder places = new StringBuilder();
        for (StackTraceElement element : e.getStackTrace()) {
            if (element.getClassName().startsWith("io.holdfast.")) {
                places.append(places.isEmpty() ? "" : " < ").append(element);
            }
        }
        return places.isEmpty() && e.getStackTrace().length > 0 ? e.getStackTrace()[0].toString() : places.toString();
    }
}
