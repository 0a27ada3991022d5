package io.holdfast.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.Receipt;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;

/** Single entries of the log, their proofs, and the opening of one sealed claim. */
@Path("/v1/records")
@Produces(MediaType.APPLICATION_JSON)
class RecordsResource {

    private final Gateway gateway;
    private final Caller caller;

    RecordsResource(Gateway gateway, Caller caller) {
        this.gateway = gateway;
        this.caller = caller;
    }

    @GET
    @Path("{index: [0-9]{1,18}}")
    @RolesAllowed(Caller.AUDITOR)
    @Blocking
    public ObjectNode record(@PathParam("index") long index) {
        return Views.record(gateway.parts()
                .ledger()
                .entry(index)
                .orElseThrow(() -> Problem.notFound("record").exception()));
    }

    /** A tlog-proof file: hand it to {@code holdfast log verify} together with the record. */
    @GET
    @Path("{index: [0-9]{1,18}}/proof")
    @Produces(MediaType.TEXT_PLAIN)
    @RolesAllowed(Caller.AUDITOR)
    @Blocking
    public String proof(@PathParam("index") long index) {
        Receipt receipt = gateway.parts()
                .ledger()
                .receipt(index)
                .orElseThrow(() -> Problem.notFound("record").exception());
        return new String(receipt.proof().print(), StandardCharsets.UTF_8);
    }

    /** Opens one sealed claim. That it was opened is in the log before the answer is. */
    @POST
    @Path("{index: [0-9]{1,18}}/claims/{claim: [a-z-]{1,40}}/opening")
    @RolesAllowed(Caller.AUDITOR)
    @Blocking
    public ObjectNode open(@PathParam("index") long index, @PathParam("claim") String claim) {
        String disclosure = gateway.parts()
                .claims()
                .open(index, claim, caller.person())
                .orElseThrow(() -> Problem.notFound("sealed claim").exception())
                .toCompletableFuture()
                .join()
                .text();
        return StrictJson.MAPPER.createObjectNode().put("disclosure", disclosure);
    }
}
