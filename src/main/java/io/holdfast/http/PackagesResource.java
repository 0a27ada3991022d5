package io.holdfast.http;

import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.UnreadableException;
import io.holdfast.bag.PackageException;
import io.holdfast.bag.Sha512;
import io.holdfast.gate.Case;
import io.holdfast.gate.Delivery;
import io.holdfast.gate.Fulfilment;
import io.holdfast.gate.Handover;
import io.holdfast.gate.PackageDesk;
import io.holdfast.gate.Person;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.time.Duration;

/** What was released, for the authority that asked: having it collected and packed, taking it over, and saying so. */
@Path("/v1/requests/{id}")
@Produces(MediaType.APPLICATION_JSON)
class PackagesResource {

    /** RFC 8551 section 3.2.2 and RFC 5083. */
    private static final String ENCRYPTED = "application/pkcs7-mime; smime-type=authEnveloped-data";

    private static final String PLAIN = "application/zip";

    /** So long a call waits for what is collected; after that the gateway goes on by itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Gateway gateway;
    private final Caller caller;
    private final Meters meters;

    PackagesResource(Gateway gateway, Caller caller, Meters meters) {
        this.gateway = gateway;
        this.caller = caller;
        this.meters = meters;
    }

    /** Has the package made. It can be called again, and again, until it is there. */
    @POST
    @Path("delivery")
    @RolesAllowed(Caller.AGENT)
    @Blocking
    public Response deliver(@PathParam("id") String id) {
        Gateway.Parts parts = gateway.parts();
        Case found = own(parts, id);
        Delivery.Result result =
                fulfilment(parts).delivery().deliver(found.id(), PATIENCE).orElseThrow();
        if (result instanceof Delivery.Result.Packed packed) {
            return Response.ok(Deliveries.json(packed)).build();
        }
        if (result instanceof Delivery.Result.Collecting collecting) {
            return Response.accepted(Deliveries.json(found, collecting))
                    .header(HttpHeaders.RETRY_AFTER, "5")
                    .build();
        }
        if (result instanceof Delivery.Result.Failed failed && failed.blocked() == Blocked.NOT_WITNESSED) {
            meters.notWitnessed();
        }
        throw Deliveries.problem(result, found).exception();
    }

    /** Hands the package over. Each call counts, so it is no GET: nothing that looks ahead may use it up. */
    @POST
    @Path("downloads")
    @Produces({"application/pkcs7-mime", PLAIN, MediaType.APPLICATION_JSON})
    @RolesAllowed(Caller.AGENT)
    @Blocking
    public Response download(@PathParam("id") String id) {
        Gateway.Parts parts = gateway.parts();
        Case found = own(parts, id);
        PackageDesk.Result result = fulfilment(parts).desk().open(found.id()).orElseThrow();
        if (!(result instanceof PackageDesk.Result.Open open)) {
            if (result instanceof PackageDesk.Result.Failed failed && failed.blocked() == Blocked.NOT_WITNESSED) {
                meters.notWitnessed();
            }
            throw Deliveries.problem(result, found).exception();
        }
        Handover handover = open.handover();
        StreamingOutput content = out -> {
            try {
                handover.writeTo(out);
            } catch (IOException | PackageException e) {
                throw Deliveries.brokenOff().exception(); // told if nothing has left yet; else the connection breaks
            }
            meters.delivered();
        };
        return Response.ok(content, handover.isEncrypted() ? ENCRYPTED : PLAIN)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + handover.fileName() + "\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Holdfast-Record", open.receipt().stored().index())
                .build();
    }

    /** @param manifest SHA-512 of the file {@code manifest.json}, in hexadecimal */
    record ReceiptBody(String manifest) {}

    /** The sender has opened the package; what the gateway has of it is deleted. */
    @POST
    @Path("receipt")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Caller.AGENT)
    @Blocking
    public Response receive(@PathParam("id") String id, Body body) {
        Gateway.Parts parts = gateway.parts();
        Sha512 manifest =
                sha512(StrictJson.read(body.bytes(), ReceiptBody.class).manifest());
        Case found = own(parts, id);
        PackageDesk.Received received = fulfilment(parts)
                .desk()
                .receive(found.id(), manifest, Person.of(caller.person()))
                .orElseThrow();
        if (received instanceof PackageDesk.Received.Noted noted) {
            return Response.status(201)
                    .entity(Views.record(noted.receipt().stored()))
                    .build();
        }
        throw Deliveries.problem(received, found).exception();
    }

    private static Sha512 sha512(String text) {
        try {
            return new Sha512(String.valueOf(text));
        } catch (UnreadableException e) {
            throw Problem.malformed(
                            "manifest",
                            "must be the SHA-512 of manifest.json, 128 hex digits in small letters",
                            Problem.Violation.NOT_SHOWN)
                    .exception();
        }
    }

    private Case own(Gateway.Parts parts, String id) {
        Case found = RequestsResource.known(parts, id);
        if (found.shredded().isEmpty() && !parts.gate().isFrom(found, caller.authority(parts.gate()))) {
            throw Problem.notFound("request").exception(); // whatever other roles the caller has
        }
        return found;
    }

    private static Fulfilment fulfilment(Gateway.Parts parts) {
        return parts.fulfilment()
                .orElseThrow(() -> Problem.of(
                                "no-store",
                                503,
                                "No user-data store is connected.",
                                "The operator has to set holdfast.store.url.")
                        .exception());
    }
}
