package io.holdfast.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.Event;
import io.holdfast.audit.HoldJson;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.RecordedHold;
import io.holdfast.audit.UnreadableException;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Hold;
import io.holdfast.legal.Match;
import io.holdfast.legal.Term;
import io.holdfast.policy.Vocabulary;
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
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Holds: seeing them, placing one, tightening one. Lifting takes two people and is refused here, and recorded. */
@Path("/v1/holds")
@Produces(MediaType.APPLICATION_JSON)
class HoldsResource {

    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+){0,60}");
    private static final int LONGEST_ID = 60;

    /** An entry has room for 65,535 bytes, of which base64 and the other claims take their part. */
    private static final int MOST_BYTES = 40_000;

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
        Hold hold = hold(read, 1);
        if (hold.version() != 1) {
            throw Problem.malformed("hold.version", "must be 1 for a new hold", Integer.toString(hold.version()))
                    .exception();
        }
        return answer(gateway.parts()
                .holds()
                .place(hold, caller.person(), reason(read.reason()))
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
        Hold hold = hold(read, next);
        if (!hold.id().equals(id)) {
            throw Problem.malformed("hold.id", "must be the id in the path", "(not shown)")
                    .exception();
        }
        return answer(gateway.parts()
                .holds()
                .tighten(hold, caller.person(), reason(read.reason()))
                .toCompletableFuture()
                .join());
    }

    /** @param reason why somebody wants it lifted */
    record LiftBody(String reason) {}

    @POST
    @Path("{id}/lift")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Caller.LEGAL_OPERATOR)
    @Blocking
    public Response lift(@PathParam("id") String id, Body body) {
        String reason = reason(StrictJson.read(body.bytes(), LiftBody.class).reason());
        if (!isId(id)) {
            throw Problem.notFound("hold").exception();
        }
        return answer(gateway.parts()
                .holds()
                .lift(id, caller.person(), reason)
                .toCompletableFuture()
                .join());
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
            case NOT_A_TIGHTENING ->
                Problem.of(
                        "needs-two-people",
                        403,
                        "The change would let something through that is stopped now.",
                        "Widening takes two people; this gateway does not offer it yet. Nothing was changed." + record);
            default ->
                Problem.of(
                        "needs-two-people",
                        403,
                        "Lifting a hold takes two people.",
                        "This gateway does not offer it yet. The hold stands." + record);
        };
    }

    private static String reason(String reason) {
        if (reason == null
                || reason.strip().length() < 10
                || reason.length() > 2000
                || !PlainText.Validator.isPlain(reason)) {
            throw Problem.malformed(
                            "reason", "must be 10 to 2000 characters of plain text", Problem.Violation.NOT_SHOWN)
                    .exception();
        }
        return reason;
    }

    private Hold hold(HoldBody body, int version) {
        if (body.hold() == null) {
            throw Problem.malformed("hold", "must be there", "(nothing)").exception();
        }
        ObjectNode json = body.hold();
        if (!json.has("version")) {
            json.put("version", version);
        }
        for (String list : new String[] {"exceptions", "phases"}) {
            if (!json.has(list)) {
                json.putArray(list);
            }
        }
        if (json.path("id").asText().length() > LONGEST_ID) {
            throw Problem.malformed("hold.id", "must be at most " + LONGEST_ID + " long", Problem.Violation.NOT_SHOWN)
                    .exception();
        }
        try {
            Hold hold = HoldJson.read(json);
            checkWords(hold);
            checkDates(hold);
            checkFitsAnEntry(hold);
            return hold;
        } catch (UnreadableException | IllegalArgumentException e) {
            throw Problem.malformed("hold", e.getMessage(), Problem.Violation.NOT_SHOWN)
                    .exception();
        }
    }

    private static boolean isId(String text) {
        return text.length() <= LONGEST_ID && ID.matcher(text).matches();
    }

    /** A hold from the year 30000 on would stop nothing, and look as if it did. */
    private static void checkDates(Hold hold) {
        Stream<Instant> dates = Stream.concat(
                Stream.concat(Stream.of(hold.from()), hold.reviewBy().stream()),
                hold.phases().stream().map(Hold.Phase::from));
        if (!dates.allMatch(WholeSeconds.Validator::isInRange)) {
            throw new IllegalArgumentException("every date must be whole seconds between 1990 and 2100");
        }
    }

    /** What goes into the entry: no free text, and not more than an entry can hold. */
    private static void checkFitsAnEntry(Hold hold) {
        if (!hold.exceptions().stream().allMatch(exception -> isId(exception.id()))) {
            throw new IllegalArgumentException(
                    "exceptions: an id is small letters, digits and single hyphens, at most " + LONGEST_ID + " long");
        }
        if (RecordedHold.textsOf(hold).length > MOST_BYTES) {
            throw new IllegalArgumentException("must be at most " + MOST_BYTES + " bytes in all");
        }
    }

    /** A hold that names a word that does not exist would stop nothing, and look as if it did. */
    private void checkWords(Hold hold) {
        Vocabulary vocabulary = gateway.parts().vocabulary();
        checkWords(hold.applies(), vocabulary);
        hold.exceptions().forEach(exception -> checkWords(exception.when(), vocabulary));
    }

    private static void checkWords(Match match, Vocabulary vocabulary) {
        for (Map.Entry<Dimension, Set<Term>> part : match.accepted().entrySet()) {
            for (Term term : part.getValue()) {
                if (vocabulary.term(part.getKey(), term.code()).isEmpty()) {
                    throw new IllegalArgumentException(
                            part.getKey().code() + ": " + term.code() + " is not in the vocabulary");
                }
            }
        }
    }
}
