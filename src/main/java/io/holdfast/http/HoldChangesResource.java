package io.holdfast.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.HoldChange;
import io.holdfast.audit.HoldProposal;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.RecordedHold;
import io.holdfast.gate.HoldChangeDesk;
import io.holdfast.gate.SealedClaims;
import io.holdfast.gate.WantedChange;
import io.holdfast.legal.Hold;
import io.holdfast.tlog.Hash;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Changes of holds that take two people: proposing one, approving exactly that, objecting, taking back. A proposal is named by
 * its leaf hash, so whoever answers one answers nothing else. Who may do what, the desk judges, which records what it refuses.
 */
@Path("/v1/hold-changes")
@Produces(MediaType.APPLICATION_JSON)
class HoldChangesResource {

    private static final String REASON = "reason";
    private static final String ONE = "{proposal: [0-9a-f]{64}}";

    /** More do not fit into an entry. */
    private static final int MOST_CHANGES = 100;

    private final Gateway gateway;
    private final Caller caller;

    HoldChangesResource(Gateway gateway, Caller caller) {
        this.gateway = gateway;
        this.caller = caller;
    }

    /** Those that can still take effect, oldest first. */
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
        ObjectNode json = StrictJson.MAPPER.createObjectNode();
        json.put("epoch", gateway.parts().ledger().standing().epoch());
        ArrayNode changes = json.putArray("hold-changes");
        desk().book().all().stream()
                .filter(HoldProposal::isOpen)
                .forEach(proposal -> changes.add(HoldChangeAnswers.view(proposal)));
        return json;
    }

    @GET
    @Path(ONE)
    @RolesAllowed({
        Caller.LEGAL_OPERATOR,
        Caller.LEGAL_APPROVER,
        Caller.REVIEWER,
        Caller.AUDITOR,
        Caller.PLATFORM_ENGINEER,
        Caller.REPORT_EDITOR
    })
    @Blocking
    public ObjectNode show(@PathParam("proposal") String proposal) {
        HoldProposal found = desk().book()
                .find(HoldInput.hash("proposal", proposal))
                .orElseThrow(() -> Problem.notFound("proposal").exception());
        ObjectNode json = HoldChangeAnswers.view(found);
        ArrayNode holds = json.putArray("holds"); // whole, so that people can read what they approve
        HoldChange.nextOf(found.event().changes())
                .forEach(hold -> holds.add(Views.hold(gateway.parts().holds().withTexts(hold))));
        json.set("record", Views.record(found.stored()));
        return json;
    }

    /**
     * One of three.
     *
     * @param lift the id of a hold
     * @param version of the hold that is to be lifted; the one in force if it is left out
     * @param replace the next version of a hold, whole
     * @param place a new hold, whole, that is to stand together with the rest
     * @param evidence SHA-256 of the document that the hold's way out asks for, hex
     */
    record ChangeBody(String lift, Integer version, ObjectNode replace, ObjectNode place, String evidence) {

        boolean isOne() {
            return Stream.of(lift, replace, place).filter(Objects::nonNull).count() == 1;
        }
    }

    /**
     * @param approveBy after this instant nobody can approve it; in a week if it is left out
     * @param effective the earliest instant at which it takes effect; as soon as it is approved if it is left out
     * @param effectiveBy after this instant it does not take effect any more; a week after approveBy if it is left out
     * @param reason why; sealed, never in the open part of the log
     */
    record ProposalBody(
            List<ChangeBody> changes,
            @JsonProperty("approve-by") Instant approveBy,
            Instant effective,
            @JsonProperty("effective-by") Instant effectiveBy,
            String reason) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Authenticated
    @Blocking
    public Response propose(Body body) {
        caller.checkIsSomebodyHere();
        ProposalBody read = StrictJson.read(body.bytes(), ProposalBody.class);
        String reason = HoldInput.someReason(read.reason());
        return answer(desk().propose(wanted(read), caller.actor(), reason));
    }

    private WantedChange wanted(ProposalBody read) {
        if (read.changes() == null || read.changes().isEmpty() || read.changes().size() > MOST_CHANGES) {
            throw Problem.malformed("changes", "must be 1 to " + MOST_CHANGES, Problem.Violation.NOT_SHOWN)
                    .exception();
        }
        List<HoldChange> changes = new ArrayList<>();
        List<Hold> texts = new ArrayList<>();
        read.changes().forEach(change -> add(change, changes, texts));
        if (texts.stream().mapToInt(hold -> RecordedHold.textsOf(hold).length).sum() > HoldInput.MOST_BYTES) {
            throw Problem.malformed(
                            "changes",
                            "must have holds of at most " + HoldInput.MOST_BYTES + " bytes in all",
                            Problem.Violation.NOT_SHOWN)
                    .exception();
        }
        Instant approveBy = time("approve-by", read.approveBy()).orElseGet(desk()::approveBy);
        return new WantedChange(
                changes,
                texts,
                approveBy,
                time("effective", read.effective()),
                time("effective-by", read.effectiveBy()).orElse(approveBy.plus(WantedChange.EFFECTIVE_WITHIN)));
    }

    private void add(ChangeBody change, List<HoldChange> changes, List<Hold> texts) {
        if (change == null || !change.isOne()) {
            throw Problem.malformed(
                            "changes", "must each have one of lift, replace and place", Problem.Violation.NOT_SHOWN)
                    .exception();
        }
        Optional<Hash> evidence =
                Optional.ofNullable(change.evidence()).map(hex -> HoldInput.hash("changes.evidence", hex));
        if (change.lift() != null) {
            if (!HoldInput.isId(change.lift())) {
                throw Problem.malformed("changes.lift", "must be the id of a hold", Problem.Violation.NOT_SHOWN)
                        .exception();
            }
            int version = change.version() == null ? version(change.lift()) : Math.max(0, change.version());
            changes.add(new HoldChange.Lift(change.lift(), version, evidence));
            return;
        }
        if (change.place() != null) {
            if (evidence.isPresent()) {
                throw Problem.malformed(
                                "changes.evidence",
                                "is for what a hold's way out asks for, and a new hold has not come to that",
                                Problem.Violation.NOT_SHOWN)
                        .exception();
            }
            Hold hold = HoldInput.hold(change.place(), 1, gateway.parts().vocabulary());
            texts.add(hold);
            changes.add(new HoldChange.Place(RecordedHold.of(hold)));
            return;
        }
        int next = version(change.replace().path("id").asText()) + 1;
        Hold hold = HoldInput.hold(change.replace(), next, gateway.parts().vocabulary());
        texts.add(hold);
        changes.add(new HoldChange.Replace(RecordedHold.of(hold), evidence));
    }

    /** Of the hold in force; of one that is not there, a version that it would have. */
    private int version(String id) {
        return gateway.parts().ledger().standing().hold(id).map(Hold::version).orElse(1);
    }

    private static Optional<Instant> time(String field, Instant at) {
        if (at != null && !WholeSeconds.Validator.isInRange(at)) {
            throw Problem.malformed(field, "must be whole seconds between 1990 and 2100", Problem.Violation.NOT_SHOWN)
                    .exception();
        }
        return Optional.ofNullable(at);
    }

    @POST
    @Path(ONE + "/approval")
    @Authenticated
    @Blocking
    public Response approve(@PathParam("proposal") String proposal) {
        caller.checkIsSomebodyHere();
        return found(desk().approve(HoldInput.hash("proposal", proposal), caller.locatedActor()));
    }

    /** @param reason why; sealed */
    record ObjectionBody(String reason) {}

    @POST
    @Path(ONE + "/objection")
    @Consumes(MediaType.APPLICATION_JSON)
    @Authenticated
    @Blocking
    public Response object(@PathParam("proposal") String proposal, Body body) {
        caller.checkIsSomebodyHere();
        String reason = HoldInput.someReason(
                StrictJson.read(body.bytes(), ObjectionBody.class).reason());
        return found(desk().object(HoldInput.hash("proposal", proposal), caller.actor(), reason));
    }

    @DELETE
    @Path(ONE + "/objection")
    @Authenticated
    @Blocking
    public Response withdrawObjection(@PathParam("proposal") String proposal) {
        caller.checkIsSomebodyHere();
        return found(desk().withdrawObjection(HoldInput.hash("proposal", proposal), caller.actor()));
    }

    @POST
    @Path(ONE + "/withdrawal")
    @Authenticated
    @Blocking
    public Response withdraw(@PathParam("proposal") String proposal) {
        caller.checkIsSomebodyHere();
        return found(desk().withdraw(HoldInput.hash("proposal", proposal), caller.actor()));
    }

    /**
     * Why it was proposed, for those who could approve it. It is sealed, so that it is opened is in the log before the answer
     * is.
     */
    @POST
    @Path(ONE + "/reason")
    @Authenticated
    @Blocking
    public ObjectNode reason(@PathParam("proposal") String proposal) {
        caller.checkIsSomebodyHere();
        Gateway.Parts parts = gateway.parts();
        long index = desk().book()
                .find(HoldInput.hash("proposal", proposal))
                .map(HoldProposal::index)
                .orElseThrow(() -> Problem.notFound("proposal").exception());
        if (!caller.is(Caller.LEGAL_APPROVER) || caller.is(Caller.AGENT)) {
            parts.claims()
                    .refuse(index, REASON, caller.person())
                    .ifPresent(it -> it.toCompletableFuture().join());
            throw Problem.forbidden("Only a legal approver, who sends no requests, is told why.")
                    .exception();
        }
        SealedClaims.Result result = parts.claims()
                .open(index, REASON, caller.person(), caller.person())
                .orElseThrow(() -> new IllegalStateException(
                        "the reason of entry " + index + " is gone; the database was changed by somebody"))
                .toCompletableFuture()
                .join();
        SealedClaims.Result.Opened opened = (SealedClaims.Result.Opened) result; // only a request can be shredded
        ObjectNode json = StrictJson.MAPPER.createObjectNode();
        json.put("proposal", proposal);
        json.set("reason", opened.disclosure().value());
        json.set("record", Views.record(opened.receipt().stored()));
        json.put("proof", new String(opened.receipt().proof().print(), StandardCharsets.UTF_8));
        return json;
    }

    private HoldChangeDesk desk() {
        return gateway.parts().holds().changes();
    }

    private Response found(Optional<CompletionStage<List<Receipt>>> answer) {
        return answer(answer.orElseThrow(() -> Problem.notFound("proposal").exception()));
    }

    private Response answer(CompletionStage<List<Receipt>> receipts) {
        return HoldChangeAnswers.answer(receipts.toCompletableFuture().join(), desk().book());
    }
}
