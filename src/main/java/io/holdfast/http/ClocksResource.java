package io.holdfast.http;

import io.holdfast.audit.ClockName;
import io.holdfast.audit.ClockStep;
import io.holdfast.audit.Event;
import io.holdfast.audit.Receipt;
import io.holdfast.gate.Case;
import io.holdfast.legal.Resumption;
import io.holdfast.legal.Stop;
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
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What people say of the clocks of a request. */
@Path("/v1/requests/{id}/clocks")
@Produces(MediaType.APPLICATION_JSON)
class ClocksResource {

    private static final int LONGEST_QUESTION = 2000;

    private final Gateway gateway;
    private final Caller caller;

    ClocksResource(Gateway gateway, Caller caller) {
        this.gateway = gateway;
        this.caller = caller;
    }

    /** @param from when it began, whole seconds */
    record StartBody(String clock, Instant from) {}

    /** @param question what the issuer is asked, sealed; may be left out */
    record StopBody(String stop, String question) {}

    record ResumptionBody(String stop, String because) {}

    record EndBody(String clock) {}

    @POST
    @Path("start")
    @Consumes(MediaType.APPLICATION_JSON)
    @Authenticated
    @Blocking
    public Response start(@PathParam("id") String id, Body body) {
        StartBody read = StrictJson.read(body.bytes(), StartBody.class);
        if (read.from() == null || !WholeSeconds.Validator.isInRange(read.from())) {
            throw Problem.malformed("from", "must be whole seconds between 1990 and 2100", Problem.Violation.NOT_SHOWN)
                    .exception();
        }
        ClockName clock = word("clock", read.clock(), ClockName.startedByPeople(), ClockName::code);
        return take(id, new ClockStep.Started(clock, read.from()), Optional.empty());
    }

    @POST
    @Path("stop")
    @Consumes(MediaType.APPLICATION_JSON)
    @Authenticated
    @Blocking
    public Response stop(@PathParam("id") String id, Body body) {
        StopBody read = StrictJson.read(body.bytes(), StopBody.class);
        Stop stop = word("stop", read.stop(), Stop.values(), Stop::code);
        Optional<String> question = Optional.ofNullable(read.question());
        boolean isFit = question.isEmpty()
                || stop == Stop.QUESTION
                        && !question.get().isBlank()
                        && question.get().length() <= LONGEST_QUESTION
                        && PlainText.Validator.isPlain(question.get());
        if (!isFit) {
            throw Problem.malformed(
                            "question",
                            "must be 1 to " + LONGEST_QUESTION
                                    + " characters of plain text, and only with stop QUESTION",
                            Problem.Violation.NOT_SHOWN)
                    .exception();
        }
        return take(id, new ClockStep.Stopped(stop), question);
    }

    @POST
    @Path("resumption")
    @Consumes(MediaType.APPLICATION_JSON)
    @Authenticated
    @Blocking
    public Response resume(@PathParam("id") String id, Body body) {
        ResumptionBody read = StrictJson.read(body.bytes(), ResumptionBody.class);
        Stop stop = word("stop", read.stop(), Stop.values(), Stop::code);
        Resumption[] fit =
                Arrays.stream(Resumption.values()).filter(one -> one.ends(stop)).toArray(Resumption[]::new);
        return take(
                id,
                new ClockStep.Resumed(stop, word("because", read.because(), fit, Resumption::code)),
                Optional.empty());
    }

    @POST
    @Path("end")
    @Consumes(MediaType.APPLICATION_JSON)
    @Authenticated
    @Blocking
    public Response end(@PathParam("id") String id, Body body) {
        EndBody read = StrictJson.read(body.bytes(), EndBody.class);
        ClockName clock = word("clock", read.clock(), ClockName.endedByPeople(), ClockName::code);
        return take(id, new ClockStep.Ended(clock), Optional.empty());
    }

    /** Somebody of another role is told so, and the attempt is an entry; of what is there they learn nothing. */
    private Response take(String id, ClockStep step, Optional<String> question) {
        caller.checkIsSomebodyHere();
        Gateway.Parts parts = gateway.parts();
        Optional<Receipt> receipt = RequestsResource.isId(id)
                ? parts.clockSteps()
                        .take(id, step, question, caller.locatedActor())
                        .map(it -> it.toCompletableFuture().join())
                : Optional.empty();
        if (receipt.isEmpty()) {
            throw Problem.notFound("request").exception();
        }
        Case found = parts.gate().find(id).orElseThrow();
        if (receipt.get().stored().entry().event() instanceof Event.ClockStepBlocked blocked) {
            throw problem(blocked, found, receipt.get()).exception();
        }
        return Response.status(201)
                .entity(RequestsResource.view(parts, found, receipt))
                .build();
    }

    private static Problem problem(Event.ClockStepBlocked blocked, Case found, Receipt receipt) {
        String detail = switch (blocked.blocked()) {
            case NO_SUCH_CLOCK -> "The latest decision asks for no such clock, or it does not run.";
            case ALREADY_SAID -> "The log says so already.";
            case NOT_STOPPED -> "Nothing has stopped the clocks that this could end.";
            case TOO_EARLY -> "The time to answer is not over.";
            case NOT_RELEASED -> "Live data are taken only of a request that is released.";
            case WRONG_TIMES -> "It must be after the issue of the paper, and not after now.";
            case LOCATED_THERE ->
                "You are located in a jurisdiction that this request concerns, and let nothing go on for it;"
                        + " somebody else has to.";
            default -> "";
        };
        return switch (blocked.blocked()) {
            case SHREDDED -> Erasures.shredded(found.shredded().orElseThrow(), Optional.of(receipt));
            case NOT_PERMITTED ->
                Problem.forbidden("It takes a reviewer, a legal operator or a legal approver, who sends no requests.");
            case NOT_A_PERSON -> Problem.forbidden("The token names no person.");
            default ->
                Problem.of(
                        "clock-step-blocked",
                        409,
                        "The clock is left as it is.",
                        detail + " The attempt is record " + receipt.stored().index() + ".");
        };
    }

    private static <T> T word(String field, String code, T[] known, Function<T, String> spelling) {
        return Arrays.stream(known)
                .filter(one -> spelling.apply(one).equals(code))
                .findFirst()
                .orElseThrow(() -> Problem.malformed(
                                field,
                                "must be one of "
                                        + Arrays.stream(known).map(spelling).collect(Collectors.joining(", ")),
                                Problem.Violation.NOT_SHOWN)
                        .exception());
    }
}
