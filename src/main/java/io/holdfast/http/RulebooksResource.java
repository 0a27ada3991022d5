package io.holdfast.http;

import io.holdfast.gate.Genesis;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Rulebooks by their digest, as far as the log names them: with one of these an auditor decides again. */
@Path("/v1/rulebooks")
class RulebooksResource {

    private final Gateway gateway;

    RulebooksResource(Gateway gateway) {
        this.gateway = gateway;
    }

    /** A JSON object from path to text. */
    @GET
    @Path("{digest: [0-9a-f]{64}}")
    @RolesAllowed({
        Caller.AUDITOR,
        Caller.LEGAL_OPERATOR,
        Caller.LEGAL_APPROVER,
        Caller.REVIEWER,
        Caller.PLATFORM_ENGINEER
    })
    @Blocking
    public Response rulebook(@PathParam("digest") String digest) {
        byte[] files = gateway.parts()
                .ledger()
                .content(Genesis.contentName(digest))
                .orElseThrow(() -> Problem.notFound("rulebook").exception());
        return Response.ok(files, MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "private, max-age=31536000, immutable")
                .build();
    }
}
