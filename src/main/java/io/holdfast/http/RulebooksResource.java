package io.holdfast.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.Event;
import io.holdfast.audit.PreviewJson;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.RulebookBook;
import io.holdfast.audit.RulebookChangeJson;
import io.holdfast.audit.Stored;
import io.holdfast.gate.Genesis;
import io.holdfast.gate.NextRulebook;
import io.holdfast.gate.Person;
import io.holdfast.gate.PolicyWatch;
import io.holdfast.gate.RulebookDesk;
import io.holdfast.policy.Difference;
import io.holdfast.policy.Rulebook;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;

/** Which rulebook is in force, what the one in the directory would change, and letting it come into force. */
@Path("/v1/rulebooks")
@Produces(MediaType.APPLICATION_JSON)
class RulebooksResource {

    private static final String ONE = "{digest: [0-9a-f]{64}}";

    /** Of each comparison; there is a count of all. */
    private static final int MOST_SENTENCES = 200;

    private final Gateway gateway;
    private final Caller caller;

    RulebooksResource(Gateway gateway, Caller caller) {
        this.gateway = gateway;
        this.caller = caller;
    }

    /** What is in force, and what lies in the directory of policies: the same, something bad, or something that waits. */
    @GET
    @RolesAllowed({
        Caller.AUDITOR,
        Caller.LEGAL_OPERATOR,
        Caller.LEGAL_APPROVER,
        Caller.REVIEWER,
        Caller.PLATFORM_ENGINEER
    })
    @Blocking
    public ObjectNode status() {
        Gateway.Parts parts = gateway.parts();
        Rulebook inForce = parts.rulebooks().watch().inForce();
        PolicyWatch.Seen seen = parts.rulebooks().watch().seen();
        ObjectNode json = StrictJson.MAPPER.createObjectNode();
        json.put("in-force", inForce.digest());
        json.put("epoch", parts.ledger().standing().epoch());
        ObjectNode directory = json.putObject("directory");
        boolean isWaiting = seen.next()
                .filter(next -> !next.digest().equals(inForce.digest()))
                .isPresent();
        if (isWaiting) {
            waiting(parts.rulebooks(), seen.next().orElseThrow(), directory);
        } else if (seen.problems().isEmpty()) {
            directory.put("state", "IN-FORCE");
        } else {
            directory.put("state", "BAD");
            ArrayNode problems = directory.putArray("problems");
            seen.problems()
                    .forEach(problem -> problems.addObject()
                            .put("file", problem.file())
                            .put("line", problem.line())
                            .put("column", problem.column())
                            .put("sentence", problem.sentence()));
        }
        return json;
    }

    private static void waiting(RulebookDesk desk, NextRulebook next, ObjectNode json) {
        json.put("state", "WAITING");
        json.put("digest", next.digest());
        json.put("takes-two", desk.takesTwo(next));
        RulebookChangeJson.write(next.change(), json.putObject("change"));
        told(next.law(), next.rulebook(), json.putArray("told"));
        told(next.underHolds(), next.rulebook(), json.putArray("told-under-holds"));
        desk.proposal(next).ifPresent(proposal -> {
            ObjectNode proposed = json.putObject("proposal");
            proposed.put("entry", proposal.index());
            proposed.put("stands-until", standsUntil(proposal));
            recorded(proposal.entry().event(), proposed);
        });
    }

    private static void recorded(Event event, ObjectNode json) {
        if (event instanceof Event.RulebookProposed proposed) {
            proposed.recorded().ifPresent(recorded -> PreviewJson.write(recorded, json));
        }
    }

    private static void told(Difference difference, Rulebook rulebook, ArrayNode json) {
        difference.told(rulebook.vocabulary()).stream()
                .limit(MOST_SENTENCES)
                .forEach(told -> json.addObject()
                        .put("sentence", told.sentence())
                        .put("opens", told.opens())
                        .put("classes", told.classes()));
    }

    private static String standsUntil(Stored proposal) {
        return proposal.entry().envelope().at().plus(RulebookBook.STANDS).toString();
    }

    /** A JSON object from path to text, as far as the log names it: with one of these an auditor decides again. */
    @GET
    @Path(ONE)
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

    /** Wants the rulebook in the directory in force; another person has to agree. */
    @POST
    @Path(ONE + "/proposal")
    @Authenticated
    @Blocking
    public Response propose(@PathParam("digest") String digest) {
        refuseUnless(
                caller.is(Caller.LEGAL_OPERATOR) || caller.is(Caller.LEGAL_APPROVER),
                digest,
                "Only a legal operator or approver, who sends no requests, proposes a rulebook.");
        Receipt receipt = gateway.parts()
                .rulebooks()
                .propose(digest, caller.person())
                .toCompletableFuture()
                .join();
        ObjectNode json = answer(receipt, "PROPOSED");
        json.put("stands-until", standsUntil(receipt.stored()));
        return Response.status(202).entity(json).build();
    }

    /** Agrees to what another person has proposed; it is in force from the next entry on. */
    @POST
    @Path(ONE + "/activation")
    @Authenticated
    @Blocking
    public ObjectNode activate(@PathParam("digest") String digest) {
        refuseUnless(
                caller.is(Caller.LEGAL_APPROVER),
                digest,
                "Only a legal approver, who sends no requests, agrees to a rulebook.");
        return answer(
                gateway.parts()
                        .rulebooks()
                        .agree(digest, caller.located())
                        .toCompletableFuture()
                        .join(),
                "IN-FORCE");
    }

    private void refuseUnless(boolean hasRole, String digest, String detail) {
        caller.checkIsSomebodyHere();
        if (!hasRole || caller.is(Caller.AGENT)) {
            gateway.parts()
                    .rulebooks()
                    .refuse(digest, caller.person())
                    .toCompletableFuture()
                    .join();
            throw Problem.forbidden(detail).exception();
        }
    }

    private static ObjectNode answer(Receipt receipt, String state) {
        if (receipt.stored().entry().event() instanceof Event.RulebookBlocked blocked) {
            throw problem(blocked.blocked(), receipt).exception();
        }
        ObjectNode json = StrictJson.MAPPER.createObjectNode();
        json.put("state", state);
        change(receipt.stored().entry().event(), json.putObject("change"));
        recorded(receipt.stored().entry().event(), json);
        json.set("record", Views.record(receipt.stored()));
        json.put("proof", new String(receipt.proof().print(), StandardCharsets.UTF_8));
        return json;
    }

    private static void change(Event event, ObjectNode json) {
        if (event instanceof Event.RulebookProposed proposed) {
            RulebookChangeJson.write(proposed.change(), json);
        } else if (event instanceof Event.RulebookActivated activated) {
            RulebookChangeJson.write(activated.change(), json);
        }
    }

    private static Problem problem(Event.Blocked why, Receipt receipt) {
        String detail = switch (why) {
            case IN_FORCE_ALREADY -> "It is in force already.";
            case LOCATED_THERE ->
                "It opens something for requests from where you are located, and you hold no approval for that; somebody else"
                        + " has to.";
            case SAME_PERSON_TWICE -> "You have proposed it; another person has to agree.";
            case NOT_A_PERSON -> Person.IS_NOBODY;
            case OTHER_PROPOSAL ->
                "No proposal of it stands: nobody has made one, it is too old, or something in force has changed since."
                        + " Propose it again.";
            default ->
                "It is not what lies in the directory of policies here, or something in force has changed since it was"
                        + " compared: look again.";
        };
        return Problem.of(
                "rulebook-blocked",
                409,
                "The rulebook does not come into force.",
                detail + " The attempt is record " + receipt.stored().index() + ".");
    }
}
