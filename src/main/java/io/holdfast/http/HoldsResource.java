package io.holdfast.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.Event;
import io.holdfast.audit.HoldJson;
import io.holdfast.audit.Receipt;
import io.holdfast.gate.HoldChangeDesk;
import io.holdfast.legal.Hold;
import io.holdfast.policy.Vocabulary;
import io.holdfast.tlog.Hash;
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
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Holds: seeing them, placing one, tightening one, proposing to lift one. */
@Path("/v1/holds")
@Produces(MediaType.APPLICATION_JSON)
class HoldsResource {

    private final Gateway gateway;
    private final Caller caller;

    HoldsResource(Gateway gateway, Caller caller) {
        this.gateway = gateway;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({
        Caller.LEGAL_OPERATOR,
        Caller.LEGAL_APPROVER,
        Caller.REVIEWER,
        Caller.AUDITOR,
        Caller.PLATFORM_ENGINEER,
        Caller.REPORT_EDITOR
    })
    @Blocking
    public ObjectNode list() {
        Gateway.Parts parts = gateway.parts();
        ObjectNode json = StrictJson.MAPPER.createObjectNode();
        json.put("epoch", parts.ledger().standing().epoch());
        ArrayNode holds = json.putArray("holds");
        parts.holds().holds().forEach(hold -> holds.add(Views.hold(hold)));
        return json;
    }

    /**
     * @param hold as {@link HoldJson} writes it; version, exceptions and phases may be left out
     * @param reason why; sealed, never in the open part of the log
     */
    record HoldBody(ObjectNode hold, String reason) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Caller.LEGAL_OPERATOR)
    @Blocking
    public Response place(Body body) {
        HoldBody read = StrictJson.read(body.bytes(), HoldBody.class);
        Hold hold = HoldInput.hold(read.hold(), 1, vocabulary());
        if (hold.version() != 1) {
            throw Problem.malformed("hold.version", "must be 1 for a new hold", Integer.toString(hold.version()))
                    .exception();
        }
        return answer(gateway.parts()
                .holds()
                .place(hold, caller.person(), HoldInput.reason(read.reason()))
                .toCompletableFuture()
                .join());
    }

    @POST
    @Path("{id}/versions")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Caller.LEGAL_OPERATOR)
    @Blocking
    public Response tighten(@PathParam("id") String id, Body body) {
        HoldBody read = StrictJson.read(body.bytes(), HoldBody.class);
        int next = gateway.parts()
                .ledger()
                .standing()
                .hold(id)
                .map(hold -> hold.version() + 1)
                .orElse(1);
        Hold hold = HoldInput.hold(read.hold(), next, vocabulary());
        if (!hold.id().equals(id)) {
            throw Problem.malformed("hold.id", "must be the id in the path", "(not shown)")
                    .exception();
        }
        return answer(gateway.parts()
                .holds()
                .tighten(hold, caller.person(), HoldInput.reason(read.reason()))
                .toCompletableFuture()
                .join());
    }

    /**
     * @param reason why somebody wants it lifted
     * @param evidence SHA-256 of the document that the hold's way out asks for, hex
     */
    record LiftBody(String reason, String evidence) {}

    /** Proposes it; another person has to approve. */
    @POST
    @Path("{id}/lift")
    @Consumes(MediaType.APPLICATION_JSON)
    @Authenticated
    @Blocking
    public Response lift(@PathParam("id") String id, Body body) {
        caller.checkIsSomebodyHere();
        LiftBody read = StrictJson.read(body.bytes(), LiftBody.class);
        String reason = HoldInput.someReason(read.reason());
        Optional<Hash> evidence = Optional.ofNullable(read.evidence()).map(hex -> HoldInput.hash("evidence", hex));
        if (!HoldInput.isId(id)) {
            throw Problem.notFound("hold").exception();
        }
        HoldChangeDesk desk = gateway.parts().holds().changes();
        return HoldChangeAnswers.answer(
                desk.proposeLift(id, evidence, caller.actor(), reason)
                        .toCompletableFuture()
                        .join(),
                desk.book());
    }

    private static Response answer(Receipt receipt) {
        Event event = receipt.stored().entry().event();
        if (event instanceof Event.HoldChangeBlocked blocked) {
            throw problem(blocked, receipt).exception();
        }
        ObjectNode json = StrictJson.MAPPER.createObjectNode();
        json.set("record", Views.record(receipt.stored()));
        json.put("epoch", receipt.stored().entry().envelope().epoch() + 1);
        json.put("proof", new String(receipt.proof().print(), StandardCharsets.UTF_8));
        return Response.status(201).entity(json).build();
    }

    private static Problem problem(Event.HoldChangeBlocked blocked, Receipt receipt) {
        String record = " The attempt is record " + receipt.stored().index() + ".";
        return switch (blocked.blocked()) {
            case ALREADY_PLACED ->
                Problem.of(
                        "hold-exists",
                        409,
                        "A hold of this id stands already.",
                        "To tighten it, post its next version." + record);
            case NO_SUCH_HOLD ->
                Problem.of("not-found", 404, "There is no such hold.", "Nothing was changed." + record);
            default ->
                Problem.of(
                        "needs-two-people",
                        403,
                        "The change would let something through that is stopped now.",
                        "Widening takes two people: propose it with POST /v1/hold-changes. Nothing was changed."
                                + record);
        };
    }

    private Vocabulary vocabulary() {
        return gateway.parts().vocabulary();
    }
}
