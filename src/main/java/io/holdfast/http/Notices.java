package io.holdfast.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.CaseNotice;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.NoticeEvent;
import io.holdfast.audit.NoticeStanding;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Stored;
import io.holdfast.gate.Case;
import io.holdfast.gate.NoticeWatch;
import io.holdfast.legal.NoticeGround;
import io.holdfast.legal.NoticeMeans;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How what stands of telling the person concerned is told, and why something about it did not count. */
final class Notices {

    private Notices() {}

    static ObjectNode standing(NoticeStanding standing) {
        ObjectNode json = StrictJson.MAPPER.createObjectNode();
        json.put("state", standing.state().name());
        standing.due().ifPresent(due -> {
            json.put("why", due.why().code());
            json.put("since", due.since().toString());
        });
        standing.ground().ifPresent(ground -> json.put("ground", ground.code()));
        standing.until().ifPresent(until -> json.put("until", until.toString()));
        standing.review().ifPresent(review -> json.put("review", review.toString()));
        standing.told().ifPresent(told -> json.put("told", told.toString()));
        return json;
    }

    static ObjectNode line(NoticeWatch.Line line) {
        ObjectNode json = StrictJson.MAPPER.createObjectNode();
        json.put("request", line.request());
        json.setAll(standing(line.standing()));
        line.proposal().ifPresent(proposal -> json.set("proposed", proposal(proposal)));
        return json;
    }

    private static ObjectNode proposal(CaseNotice.Proposal proposal) {
        ObjectNode json = StrictJson.MAPPER.createObjectNode();
        json.put("entry", proposal.index());
        json.put("ground", proposal.deferral().ground().code());
        proposal.deferral().until().ifPresent(until -> json.put("until", until.toString()));
        json.put("review", proposal.deferral().review().toString());
        json.put(
                "stands-until",
                proposal.at().plus(NoticeEvent.DeferralProposed.STANDS).toString());
        return json;
    }

    /** 202 while it waits for a second person, 201 once it stands. */
    static Response answer(Receipt receipt, NoticeWatch.Line line) {
        ObjectNode json = line(line);
        Stored stored = receipt.stored();
        json.set("record", Views.record(stored));
        json.put("proof", new String(receipt.proof().print(), StandardCharsets.UTF_8));
        boolean isProposed = stored.entry().event() instanceof NoticeEvent.DeferralProposed;
        return Response.status(isProposed ? 202 : 201).entity(json).build();
    }

    static NoticeMeans means(String code) {
        try {
            return NoticeMeans.parse(String.valueOf(code));
        } catch (IllegalArgumentException e) {
            throw oneOf("means", Stream.of(NoticeMeans.values()).map(NoticeMeans::code));
        }
    }

    static NoticeGround ground(String code) {
        try {
            return NoticeGround.parse(String.valueOf(code));
        } catch (IllegalArgumentException e) {
            throw oneOf("ground", Stream.of(NoticeGround.values()).map(NoticeGround::code));
        }
    }

    private static ProblemException oneOf(String field, Stream<String> known) {
        return Problem.malformed(
                        field, "must be one of " + known.collect(Collectors.joining(", ")), Problem.Violation.NOT_SHOWN)
                .exception();
    }

    static Optional<Instant> optionalInstant(String field, String text) {
        return text == null ? Optional.empty() : Optional.of(instant(field, text));
    }

    /** An instant in UTC, in whole seconds: the log writes no shorter times. */
    static Instant instant(String field, String text) {
        try {
            Instant instant = Instant.parse(String.valueOf(text));
            if (instant.equals(instant.truncatedTo(ChronoUnit.SECONDS))
                    && instant.toString().equals(text)) {
                return instant;
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        throw Problem.malformed(
                        field,
                        "must be an instant in UTC in whole seconds, such as 2026-11-23T12:00:00Z",
                        Problem.Violation.NOT_SHOWN)
                .exception();
    }

    static Problem blocked(NoticeEvent.Prevented event, Case found, Receipt receipt) {
        Blocked why = event.blocked();
        if (why == Blocked.SHREDDED) {
            return Erasures.shredded(found.shredded().orElseThrow(), Optional.of(receipt));
        }
        String record = " The attempt is record " + receipt.stored().index() + ".";
        if (why == Blocked.NOT_PERMITTED || why == Blocked.NOT_A_PERSON) {
            return Problem.forbidden(
                    "It takes a legal operator or a legal approver, who sends no requests, and a subject of their own."
                            + record);
        }
        return Problem.of("notice-blocked", 409, "It does not count.", detail(why, event.attempt()) + record);
    }

    private static String detail(Blocked why, NoticeEvent.Attempt attempt) {
        return switch (why) {
            case NO_NOTICE -> "Nobody is to be told of this request as it stands.";
            case NOTICE_GIVEN_ALREADY -> "The person concerned was told before.";
            case ISSUER_NOTIFIES -> "Whoever issued the instrument tells the person concerned, and nobody else may.";
            case NOTICE_FORBIDDEN ->
                attempt == NoticeEvent.Attempt.GIVE
                        ? "Telling the person concerned is forbidden, or dangerous; lift that first, if it is over."
                        : "An order forbids it already, and a risk neither shortens nor replaces that.";
            case NOTICE_NOT_FORBIDDEN -> "Nothing stands in the way of telling the person concerned.";
            case TOO_EARLY -> "Nobody is told before something is released, or handed over.";
            case OTHER_VERSION -> "The decision has changed since; read it again.";
            case NO_EVIDENCE ->
                attempt == NoticeEvent.Attempt.DEFER
                        ? "Give the SHA-256 of the order as evidence; a risk has none."
                        : "Give the SHA-256 of the document that ends the order as evidence.";
            case WRONG_TIMES ->
                attempt == NoticeEvent.Attempt.GIVE
                        ? "The person can have been told between the instant since which it is due, and now."
                        : "The review is later than now and within 180 days; the end is later than now, and that of a risk within"
                                + " 180 days.";
            case SAME_PERSON_TWICE -> "You have proposed it; another person has to agree.";
            case LOCATED_THERE -> "You are located in a jurisdiction that this request concerns; somebody else has to.";
            default -> "Read the request again.";
        };
    }
}
