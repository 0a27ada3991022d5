package io.holdfast.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.Event;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Stored;
import io.holdfast.gate.Case;
import io.holdfast.gate.Person;
import io.holdfast.legal.ErasureReason;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the ends of an erasure are told, and what is told of a case that was shredded. */
final class Erasures {

    private Erasures() {}

    static ErasureReason reason(String code) {
        try {
            return ErasureReason.parse(String.valueOf(code));
        } catch (IllegalArgumentException e) {
            String known =
                    Stream.of(ErasureReason.values()).map(ErasureReason::code).collect(Collectors.joining(", "));
            throw Problem.malformed("reason", "must be one of " + known, Problem.Violation.NOT_SHOWN)
                    .exception();
        }
    }

    /** 202 while it waits for a second person, 200 once the case is shredded. */
    static Response answer(Receipt receipt) {
        ObjectNode json = StrictJson.MAPPER.createObjectNode();
        Stored stored = receipt.stored();
        json.put("request", stored.entry().envelope().subject());
        boolean isProposed = stored.entry().event() instanceof Event.ErasureProposed;
        json.put("erasure", isProposed ? "PROPOSED" : "SHREDDED");
        if (isProposed) {
            json.put("proposal", stored.entry().leaf().hash().hex());
            json.put(
                    "stands-until",
                    stored.entry()
                            .envelope()
                            .at()
                            .plus(Event.ErasureProposed.STANDS)
                            .toString());
        }
        json.set("record", Views.record(stored));
        json.put("proof", new String(receipt.proof().print(), StandardCharsets.UTF_8));
        return Response.status(isProposed ? 202 : 200).entity(json).build();
    }

    static Problem problem(Event.Blocked why, Case found, Receipt receipt) {
        if (why == Event.Blocked.SHREDDED) {
            return shredded(found.shredded().orElseThrow(), Optional.of(receipt));
        }
        String detail = switch (why) {
            case IN_FLIGHT -> "The request waits for people, was released and not collected, or a copy is kept for it.";
            case SAME_PERSON_TWICE -> "You have proposed it; another person has to agree.";
            case LOCATED_THERE ->
                "You are located in a jurisdiction that this request concerns, and hold no approval for it; somebody else has"
                        + " to agree.";
            case NOT_A_PERSON -> Person.IS_NOBODY;
            default -> "What stands is another proposal, or none: read the request again.";
        };
        return Problem.of(
                "erasure-blocked",
                409,
                "The case is not shredded.",
                detail + " The attempt is record " + receipt.stored().index() + ".");
    }

    /** @param receipt of the attempt that found it so */
    static Problem shredded(Stored shredded, Optional<Receipt> receipt) {
        String attempt = receipt.map(
                        it -> " The attempt is record " + it.stored().index() + ".")
                .orElse("");
        return Problem.of(
                "case-shredded",
                410,
                "The case was shredded.",
                "What it had sealed was destroyed with record " + shredded.index() + "." + attempt);
    }
}
