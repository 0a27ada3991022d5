package io.holdfast.http;

import io.holdfast.audit.Event;
import io.holdfast.audit.Receipt;
import io.holdfast.gate.Case;
import io.holdfast.gate.Person;
import io.holdfast.gate.PreservationDesk;
import io.holdfast.legal.Authority;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.BiFunction;

/** What the sender of an order to keep data can ask for later, and what people say who carry it out by hand. */
@Path("/v1/requests/{id}/preservation")
@Produces(MediaType.APPLICATION_JSON)
class PreservationsResource {

    private final Gateway gateway;
    private final Caller caller;

    PreservationsResource(Gateway gateway, Caller caller) {
        this.gateway = gateway;
        this.caller = caller;
    }

    /** @param request the id of the sender's request for production */
    record ProductionBody(String request) {}

    /** @param accounts for how many accounts the copy is kept; once it has ended, what was asked for is not counted */
    record ConfirmationBody(int accounts) {}

    @POST
    @Path("extension")
    @RolesAllowed(Caller.AGENT)
    @Blocking
    public Response extend(@PathParam("id") String id) {
        return wish(id, (desk, person) -> desk.extend(id, person));
    }

    @POST
    @Path("production")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Caller.AGENT)
    @Blocking
    public Response link(@PathParam("id") String id, Body body) {
        ProductionBody read = StrictJson.read(body.bytes(), ProductionBody.class);
        if (read.request() == null || !RequestsResource.isId(read.request())) {
            throw Problem.malformed("request", "must be the id of a request", Problem.Violation.NOT_SHOWN)
                    .exception();
        }
        Gateway.Parts parts = gateway.parts();
        // Of another's request nobody is told that it exists.
        Optional<String> own = own(parts, read.request()).map(Case::id).filter(other -> !other.equals(id));
        return wish(id, (desk, person) -> desk.link(id, own, person));
    }

    @POST
    @Path("withdrawal")
    @RolesAllowed(Caller.AGENT)
    @Blocking
    public Response withdraw(@PathParam("id") String id) {
        return wish(id, (desk, person) -> desk.withdraw(id, person));
    }

    /** A copy is kept, or is gone: whichever the log waits for. */
    @POST
    @Path("confirmation")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Caller.LEGAL_OPERATOR, Caller.PLATFORM_ENGINEER})
    @Blocking
    public Response confirm(@PathParam("id") String id, Body body) {
        Gateway.Parts parts = gateway.parts();
        if (caller.is(Caller.AGENT)) {
            throw Problem.forbidden("Whoever sends requests does not say what was done about them.")
                    .exception();
        }
        ConfirmationBody read = StrictJson.read(body.bytes(), ConfirmationBody.class);
        Case found =
                found(parts, id).orElseThrow(() -> Problem.notFound("request").exception());
        int asked = found.event().facts().accounts();
        if (read.accounts() < 0 || read.accounts() > asked) {
            throw Problem.malformed("accounts", "must be 0 to " + asked + ", as many as were asked for", "(another)")
                    .exception();
        }
        Receipt receipt = parts.preservations()
                .confirm(id, read.accounts(), Person.of(caller.person()))
                .filter(it -> it.stored().entry().event() instanceof Event.CopyStepped)
                .orElseThrow(() -> Problem.of(
                                "nothing-to-confirm",
                                409,
                                "There is nothing to confirm.",
                                "No copy is to be made for this request, and none to be dropped; read it again.")
                        .exception());
        return answer(parts, id, receipt);
    }

    private Response wish(String id, BiFunction<PreservationDesk, Person, Receipt> what) {
        Gateway.Parts parts = gateway.parts();
        if (found(parts, id).flatMap(Case::shredded).isEmpty() && own(parts, id).isEmpty()) {
            throw Problem.notFound("request").exception();
        }
        Receipt receipt = what.apply(parts.preservations(), Person.of(caller.person()));
        if (receipt.stored().entry().event() instanceof Event.PreservationBlocked blocked) {
            throw problem(blocked.blocked(), found(parts, id).orElseThrow(), receipt)
                    .exception();
        }
        return answer(parts, id, receipt);
    }

    private static Response answer(Gateway.Parts parts, String id, Receipt receipt) {
        return Response.ok(RequestsResource.view(parts, found(parts, id).orElseThrow(), Optional.of(receipt)))
                .build();
    }

    private static Optional<Case> found(Gateway.Parts parts, String id) {
        return RequestsResource.isId(id) ? parts.gate().find(id) : Optional.empty();
    }

    private Optional<Case> own(Gateway.Parts parts, String id) {
        Authority sender = caller.authority(parts.gate());
        return found(parts, id).filter(it -> parts.gate().isFrom(it, sender));
    }

    private static Problem problem(Event.Blocked why, Case found, Receipt receipt) {
        if (why == Event.Blocked.SHREDDED) {
            return Erasures.shredded(found.shredded().orElseThrow(), Optional.of(receipt));
        }
        String detail = switch (why) {
            case NO_SUCH_COPY -> "No copy is kept for this request, or it has ended.";
            case NOT_EXTENDABLE -> "The law has no extension for it; hand in another request.";
            case ALREADY_SAID -> "It was asked for before, and it is there once.";
            case TOO_LATE -> "The time for which it was kept is over.";
            case NO_SUCH_REQUEST -> "There is no other request of yours by that id that can still lead to data.";
            case NOT_RELEASED -> "The request is not released any more, by a hold or by its dates.";
            default -> "An objection or a ground for refusal stands on it.";
        };
        return Problem.of(
                "preservation-blocked",
                409,
                "The copy is kept as before.",
                detail + " The attempt is record " + receipt.stored().index() + ".");
    }
}
