package io.holdfast.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.PublishedProof;
import io.holdfast.gate.SealedClaims;
import io.holdfast.tlog.ProofFile;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Single entries of the log, their proofs, and the opening of one sealed claim. */
@Path("/v1/records")
@Produces(MediaType.APPLICATION_JSON)
class RecordsResource {

    private static final int LONGEST_RECIPIENT = 200;

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

    /** A tlog-proof file, cosigned as far as witnesses go: hand it to {@code holdfast log verify} with the record. */
    @GET
    @Path("{index: [0-9]{1,18}}/proof")
    @Produces(MediaType.TEXT_PLAIN)
    @RolesAllowed(Caller.AUDITOR)
    @Blocking
    public String proof(@PathParam("index") long index) {
        ProofFile proof = PublishedProof.of(
                        gateway.parts().ledger(), gateway.parts().published().checkpoint(), index)
                .orElseThrow(() -> Problem.notFound("record").exception());
        return new String(proof.print(), StandardCharsets.UTF_8);
    }

    /** @param recipient whom the claim is opened for */
    record OpeningBody(String recipient) {}

    /** Opens one sealed claim, for the caller. */
    @POST
    @Path("{index: [0-9]{1,18}}/claims/{claim: [a-z-]{1,40}}/opening")
    @Authenticated
    @Blocking
    public ObjectNode open(@PathParam("index") long index, @PathParam("claim") String claim) {
        caller.checkIsSomebodyHere();
        return open(index, claim, caller.person());
    }

    /** Opens one sealed claim for somebody else, whose name is sealed in the entry that says so. */
    @POST
    @Path("{index: [0-9]{1,18}}/claims/{claim: [a-z-]{1,40}}/opening")
    @Consumes(MediaType.APPLICATION_JSON)
    @Authenticated
    @Blocking
    public ObjectNode openFor(@PathParam("index") long index, @PathParam("claim") String claim, Body body) {
        byte[] bytes = body.bytes();
        if (bytes.length == 0) {
            return open(index, claim); // also what says neither what it has nor of what type comes here
        }
        caller.checkIsSomebodyHere();
        String recipient = StrictJson.read(bytes, OpeningBody.class).recipient();
        if (recipient == null
                || recipient.isBlank()
                || recipient.length() > LONGEST_RECIPIENT
                || !PlainText.Validator.isPlain(recipient)) {
            throw Problem.malformed(
                            "recipient",
                            "must be 1 to " + LONGEST_RECIPIENT + " characters of plain text",
                            Problem.Violation.NOT_SHOWN)
                    .exception();
        }
        return open(index, claim, recipient);
    }

    /** That it was opened, or that it was refused, is in the log before the answer is. */
    private ObjectNode open(long index, String claim, String recipient) {
        SealedClaims claims = gateway.parts().claims();
        if (!caller.is(Caller.AUDITOR)) {
            claims.refuse(index, claim, caller.person())
                    .ifPresent(it -> it.toCompletableFuture().join());
            throw Problem.forbidden("Only an auditor opens sealed claims.").exception();
        }
        SealedClaims.Result result = claims.open(index, claim, caller.person(), recipient)
                .orElseThrow(() -> Problem.notFound("sealed claim").exception())
                .toCompletableFuture()
                .join();
        if (result instanceof SealedClaims.Result.Opened opened) {
            ObjectNode json = StrictJson.MAPPER.createObjectNode();
            json.put("disclosure", opened.disclosure().text());
            json.set("record", Views.record(opened.receipt().stored()));
            json.put("proof", new String(opened.receipt().proof().print(), StandardCharsets.UTF_8));
            return json;
        }
        SealedClaims.Result.Refused refused = (SealedClaims.Result.Refused) result;
        throw Erasures.shredded(refused.shredded().orElseThrow(), Optional.of(refused.receipt()))
                .exception();
    }
}
