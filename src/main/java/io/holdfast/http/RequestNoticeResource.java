package io.holdfast.http;

import io.holdfast.audit.NoticeDeferral;
import io.holdfast.audit.NoticeEvent;
import io.holdfast.audit.Receipt;
import io.holdfast.gate.NoticeDesk;
import io.holdfast.legal.NoticeMeans;
import io.holdfast.tlog.Hash;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What people say of telling the person concerned by one request. Who may the desk judges, and records it when somebody may not. */
@Path("/v1/requests/{id}/notice")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class RequestNoticeResource {

    private final Gateway gateway;
    private final Caller caller;

    RequestNoticeResource(Gateway gateway, Caller caller) {
        this.gateway = gateway;
        this.caller = caller;
    }

    /**
     * That the person was told.
     *
     * @param means a code of {@link NoticeMeans}
     * @param told when
     */
    record NoticeBody(String means, String told) {}

    /**
     * Why the person is not told for now.
     *
     * @param ground a code of {@link io.holdfast.legal.NoticeGround}
     * @param until may be left out for an order without an end
     * @param evidence SHA-256 of the order, for an order
     */
    record DeferralBody(String ground, String until, String review, String evidence) {}

    /** @param evidence SHA-256 of the document that ends an order; may be left out for a risk */
    record LiftBody(String evidence) {}

    @POST
    @Authenticated
    @Blocking
    public Response give(@PathParam("id") String id, Body body) {
        NoticeBody read = read(body, NoticeBody.class);
        NoticeMeans means = Notices.means(read.means());
        Instant told = Notices.instant("told", read.told());
        return done(id, desk -> desk.give(id, means, told, caller.locatedActor()));
    }

    @POST
    @Path("deferral")
    @Authenticated
    @Blocking
    public Response defer(@PathParam("id") String id, Body body) {
        DeferralBody read = read(body, DeferralBody.class);
        NoticeDeferral deferral = new NoticeDeferral(
                Notices.ground(read.ground()),
                Notices.optionalInstant("until", read.until()),
                Notices.instant("review", read.review()),
                evidence(read.evidence()));
        return done(id, desk -> desk.defer(id, deferral, caller.locatedActor()));
    }

    @POST
    @Path("lift")
    @Authenticated
    @Blocking
    public Response lift(@PathParam("id") String id, Body body) {
        Optional<Hash> evidence = evidence(read(body, LiftBody.class).evidence());
        return done(id, desk -> desk.lift(id, evidence, caller.locatedActor()));
    }

    private <T> T read(Body body, Class<T> type) {
        caller.checkIsSomebodyHere();
        return StrictJson.read(body.bytes(), type);
    }

    private static Optional<Hash> evidence(String text) {
        return Optional.ofNullable(text)
                .map(digest -> RequestsResource.hash("evidence", digest, "the SHA-256 of the document"));
    }

    private interface Wish {
        Optional<CompletionStage<Receipt>> of(NoticeDesk desk);
    }

    private Response done(String id, Wish wish) {
        Gateway.Parts parts = gateway.parts();
        RequestsResource.known(parts, id);
        Receipt newest = wish.of(parts.notices())
                .orElseThrow(() -> Problem.notFound("request").exception())
                .toCompletableFuture()
                .join();
        if (newest.stored().entry().event() instanceof NoticeEvent.Prevented prevented) {
            throw Notices.blocked(prevented, RequestsResource.known(parts, id), newest)
                    .exception();
        }
        return Notices.answer(newest, parts.noticeWatch().line(id).orElseThrow());
    }
}
