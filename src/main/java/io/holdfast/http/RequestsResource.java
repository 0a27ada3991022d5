package io.holdfast.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.Event;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Stored;
import io.holdfast.gate.Call;
import io.holdfast.gate.Case;
import io.holdfast.gate.Person;
import io.holdfast.legal.Authority;
import io.holdfast.legal.Duty;
import io.holdfast.legal.ErasureReason;
import io.holdfast.legal.Request;
import io.holdfast.legal.Review;
import io.holdfast.tlog.Hash;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Requests for user data: handing one in, seeing what became of it, approving it, and collecting what was released. */
@Path("/v1/requests")
@Produces(MediaType.APPLICATION_JSON)
class RequestsResource {

    private static final Pattern KEY = Pattern.compile("[!-~]{1,64}");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern VERSION = Pattern.compile("[0-9a-f]{64}");

    private final Gateway gateway;
    private final Intake intake;
    private final Caller caller;
    private final Meters meters;

    RequestsResource(Gateway gateway, Intake intake, Caller caller, Meters meters) {
        this.gateway = gateway;
        this.intake = intake;
        this.caller = caller;
        this.meters = meters;
    }

    /** Stays on the event loop: reading, deciding and signing are pure CPU, and the log answers when it is durable. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Caller.AGENT)
    @NonBlocking
    public Uni<Response> submit(Body body, @HeaderParam("Idempotency-Key") String key) {
        Gateway.Parts parts = gateway.parts();
        Authority sender = caller.authority(parts.gate());
        Optional<Call> call;
        Request request;
        try {
            byte[] bytes = body.bytes();
            call = call(key, sender, bytes);
            request = intake.read(bytes, parts.limits(), parts.vocabulary());
        } catch (ProblemException e) {
            meters.refusedAtTheDoor();
            throw e;
        }
        io.vertx.core.Context eventLoop = Vertx.currentContext();
        return Uni.createFrom()
                .completionStage(() -> parts.gate().submit(request, sender, call))
                // Receipts are handed out by the writer's thread, which has the next batch to write.
                .emitOn(answer -> eventLoop.runOnContext(ignored -> answer.run()))
                .map(receipt -> created(parts, receipt));
    }

    private Response created(Gateway.Parts parts, Receipt receipt) {
        Stored stored = receipt.stored();
        Event.RequestDecided decided = (Event.RequestDecided) stored.entry().event();
        meters.decided(decided.decision().outcome());
        return Response.created(
                        URI.create("/v1/requests/" + stored.entry().envelope().subject()))
                .entity(Views.decision(stored, decided, parts.holds().holds(), Optional.of(receipt)))
                .build();
    }

    private Optional<Call> call(String key, Authority sender, byte[] body) {
        if (key == null) {
            return Optional.empty();
        }
        if (!KEY.matcher(key).matches()) {
            throw Problem.malformed(
                            "Idempotency-Key",
                            "must be 1 to 64 printable ASCII characters",
                            Problem.Violation.NOT_SHOWN)
                    .exception();
        }
        return Optional.of(
                new Call(sender.id() + "\n" + caller.person(), key, new String(body, StandardCharsets.ISO_8859_1)));
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Caller.AGENT, Caller.REVIEWER, Caller.AUDITOR, Caller.LEGAL_OPERATOR, Caller.LEGAL_APPROVER})
    @Blocking
    public ObjectNode show(@PathParam("id") String id) {
        Gateway.Parts parts = gateway.parts();
        Case found = find(parts, id);
        return view(parts, found, parts.ledger().receipt(found.decided().index()));
    }

    /** What the sender is told in plain words, in one language or in those of its papers. */
    @GET
    @Path("{id}/letter")
    @Produces(MediaType.TEXT_PLAIN)
    @RolesAllowed({Caller.AGENT, Caller.LEGAL_OPERATOR, Caller.LEGAL_APPROVER})
    @Blocking
    public Response letter(@PathParam("id") String id, @Context UriInfo uri) {
        Optional<String> language = StrictQuery.read(uri, Set.of("language")).text("language");
        Gateway.Parts parts = gateway.parts();
        Case found = find(parts, id);
        return Posted.letter(
                found,
                language,
                parts.noticeWatch().standing(found),
                parts.holds().holds());
    }

    static ObjectNode view(Gateway.Parts parts, Case found, Optional<Receipt> receipt) {
        return Views.request(found, parts.holds().holds(), parts.noticeWatch().standing(found), receipt);
    }

    /**
     * What an approval says.
     *
     * @param version the leaf hash of the decision that it approves
     * @param checks the code of a duty, and {@code CONFIRMED}; may be left out
     */
    record ApprovalBody(String version, Map<String, String> checks) {}

    @POST
    @Path("{id}/approvals")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Caller.REVIEWER)
    @Blocking
    public Response approve(@PathParam("id") String id, Body body) {
        Gateway.Parts parts = gateway.parts();
        if (caller.is(Caller.AGENT)) {
            throw Problem.forbidden("Whoever sends requests cannot approve any.")
                    .exception();
        }
        ApprovalBody read = StrictJson.read(body.bytes(), ApprovalBody.class);
        Hash version = hash("version", read.version(), "the version of the decision");
        Set<Duty> confirmed = Reviews.confirmed(read.checks());
        find(parts, id);
        List<Receipt> receipts = parts.reviews()
                .approve(id, version, caller.located(), confirmed)
                .orElseThrow(() -> Problem.notFound("request").exception())
                .toCompletableFuture()
                .join();
        Receipt newest = receipts.get(receipts.size() - 1);
        if (newest.stored().entry().event() instanceof Event.ApprovalBlocked blocked) {
            throw blocked(blocked, find(parts, id), newest).exception();
        }
        return Response.status(201)
                .entity(view(parts, find(parts, id), Optional.of(newest)))
                .build();
    }

    /**
     * What is left of a request, what is missing, or why it is refused.
     *
     * @param version the leaf hash of the decision that this is about
     */
    record NarrowingBody(String version, List<String> categories) {}

    record ReturnBody(String version, List<String> missing) {}

    record RefusalBody(String version, List<String> reasons) {}

    @POST
    @Path("{id}/narrowing")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Caller.REVIEWER)
    @Blocking
    public Response narrow(@PathParam("id") String id, Body body) {
        NarrowingBody read = StrictJson.read(body.bytes(), NarrowingBody.class);
        return review(id, read.version(), Reviews.narrowed(read.categories()));
    }

    @POST
    @Path("{id}/return")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Caller.REVIEWER)
    @Blocking
    public Response giveBack(@PathParam("id") String id, Body body) {
        ReturnBody read = StrictJson.read(body.bytes(), ReturnBody.class);
        return review(id, read.version(), Reviews.returned(read.missing()));
    }

    @POST
    @Path("{id}/refusal")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Caller.REVIEWER)
    @Blocking
    public Response refuse(@PathParam("id") String id, Body body) {
        RefusalBody read = StrictJson.read(body.bytes(), RefusalBody.class);
        return review(id, read.version(), Reviews.refused(read.reasons()));
    }

    private Response review(String id, String version, Review review) {
        Gateway.Parts parts = gateway.parts();
        if (caller.is(Caller.AGENT)) {
            throw Problem.forbidden("Whoever sends requests cannot review any.").exception();
        }
        Hash of = hash("version", version, "the version of the decision");
        find(parts, id);
        List<Receipt> receipts = parts.reviews()
                .review(id, of, review, caller.located())
                .orElseThrow(() -> Problem.notFound("request").exception())
                .toCompletableFuture()
                .join();
        Receipt newest = receipts.get(receipts.size() - 1);
        if (newest.stored().entry().event() instanceof Event.ReviewBlocked blocked) {
            throw Reviews.blocked(blocked, find(parts, id), newest).exception();
        }
        return Response.status(201)
                .entity(view(parts, find(parts, id), Optional.of(newest)))
                .build();
    }

    /**
     * What an erasure says.
     *
     * @param reason a code of {@link ErasureReason}
     * @param proposal the leaf hash of the proposal that is agreed to; may be left out
     */
    record ErasureBody(String reason, String proposal) {}

    /** The first call proposes, that of a second person shreds. */
    @POST
    @Path("{id}/erasure")
    @Consumes(MediaType.APPLICATION_JSON)
    @Authenticated
    @Blocking
    public Response erase(@PathParam("id") String id, Body body) {
        caller.checkIsSomebodyHere();
        Gateway.Parts parts = gateway.parts();
        ErasureBody read = StrictJson.read(body.bytes(), ErasureBody.class);
        ErasureReason reason = Erasures.reason(read.reason());
        Optional<Hash> proposal =
                Optional.ofNullable(read.proposal()).map(text -> hash("proposal", text, "the version of the proposal"));
        if (!caller.is(Caller.LEGAL_OPERATOR) || caller.is(Caller.AGENT)) {
            if (ID.matcher(id).matches()) {
                parts.erasures()
                        .refuse(id, reason, Person.of(caller.person()))
                        .ifPresent(it -> it.toCompletableFuture().join());
            }
            throw Problem.forbidden("It takes two legal operators, who send no requests, to shred a case.")
                    .exception();
        }
        Case found = find(parts, id);
        Receipt newest = parts.erasures()
                .shred(found.id(), reason, proposal, caller.located())
                .orElseThrow(() -> Problem.notFound("request").exception())
                .toCompletableFuture()
                .join();
        if (newest.stored().entry().event() instanceof Event.ErasureBlocked blocked) {
            throw Erasures.problem(blocked.blocked(), find(parts, id), newest).exception();
        }
        return Erasures.answer(newest);
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    static Hash hash(String field, String text, String what) {
        if (text == null || !VERSION.matcher(text).matches()) {
            throw Problem.malformed(field, "must be 64 hex digits: " + what, Problem.Violation.NOT_SHOWN)
                    .exception();
        }
        return Hash.of(HexFormat.of().parseHex(text));
    }

    private static Problem blocked(Event.ApprovalBlocked event, Case found, Receipt receipt) {
        Event.Blocked why = event.blocked();
        if (why == Event.Blocked.SHREDDED) {
            return Erasures.shredded(found.shredded().orElseThrow(), Optional.of(receipt));
        }
        String detail = switch (why) {
            case SAME_PERSON_TWICE -> "You have approved this version already; another person has to.";
            case LOCATED_THERE ->
                "You are located in a jurisdiction that this request concerns, and hold no approval for it; somebody else has"
                        + " to.";
            case NOT_A_PERSON -> Person.IS_NOBODY;
            case OTHER_VERSION -> "The decision has changed since; read it again and approve its new version.";
            case UNANSWERED -> "Say in checks that you have seen to " + Reviews.told(event.unanswered());
            default -> "The request does not wait for approval.";
        };
        return Problem.of(
                "approval-blocked",
                409,
                "The approval does not count.",
                detail + " The attempt is record " + receipt.stored().index() + ".");
    }

    /** An agent sees the requests of its own authority, and is not told that others exist. */
    private Case find(Gateway.Parts parts, String id) {
        Case found = known(parts, id);
        boolean staff = caller.is(Caller.REVIEWER)
                || caller.is(Caller.AUDITOR)
                || caller.is(Caller.LEGAL_OPERATOR)
                || caller.is(Caller.LEGAL_APPROVER);
        if (staff) {
            return found;
        }
        if (found.shredded().isPresent()) {
            // Whose it was, nobody can tell any more; so nothing of it is shown to any authority.
            throw Erasures.shredded(found.shredded().get(), Optional.empty()).exception();
        }
        if (!isOwn(parts, found)) {
            throw Problem.notFound("request").exception();
        }
        return found;
    }

    static Case known(Gateway.Parts parts, String id) {
        if (!ID.matcher(id).matches()) {
            throw Problem.notFound("request").exception();
        }
        return parts.gate()
                .find(id)
                .orElseThrow(() -> Problem.notFound("request").exception());
    }

    private boolean isOwn(Gateway.Parts parts, Case found) {
        return parts.gate().isFrom(found, caller.authority(parts.gate()));
    }
}
