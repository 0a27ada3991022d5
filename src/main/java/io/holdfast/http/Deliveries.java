package io.holdfast.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.holdfast.audit.Event;
import io.holdfast.audit.Receipt;
import io.holdfast.gate.Case;
import io.holdfast.gate.Delivery;
import io.holdfast.legal.Decision;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** How the ends of a delivery are told. */
final class Deliveries {

    private Deliveries() {}

    static ObjectNode json(Delivery.Result.Delivered delivered) {
        ObjectNode json = StrictJson.MAPPER.createObjectNode();
        json.put("request", delivered.receipt().stored().entry().envelope().subject());
        json.putRawValue("package", new RawValue(delivered.content()));
        json.set("record", Views.record(delivered.receipt().stored()));
        json.put("proof", new String(delivered.receipt().proof().print(), StandardCharsets.UTF_8));
        return json;
    }

    /** @param found the request as it was before */
    static Problem problem(Delivery.Result result, Case found) {
        if (result instanceof Delivery.Result.NotReleased refused) {
            return notReleased(refused.decision(), refused.receipt());
        }
        if (result instanceof Delivery.Result.AlreadyDelivered) {
            return Problem.of("already-delivered", 409, "It was handed over before.", "A delivery is made once.");
        }
        if (result instanceof Delivery.Result.NothingToDeliver) {
            return Problem.of(
                    "nothing-to-deliver",
                    409,
                    "There is nothing to hand over.",
                    "What was released is not a disclosure.");
        }
        Delivery.Result.Failed failed = (Delivery.Result.Failed) result;
        if (failed.blocked() == Event.Blocked.SHREDDED && found.shredded().isPresent()) {
            return Erasures.shredded(found.shredded().get(), Optional.of(failed.receipt()));
        }
        if (failed.blocked() == Event.Blocked.OBJECTED) {
            return Problem.of(
                    "not-released",
                    403,
                    "Nothing is released for this request.",
                    "An objection or a ground for refusal stands on it. It is record "
                            + failed.receipt().stored().index() + ".");
        }
        if (failed.blocked() == Event.Blocked.NOTICE_NOT_GIVEN) {
            return noticeNotGiven(failed.receipt());
        }
        if (failed.blocked() == Event.Blocked.SERVED_UNDER_GRANTS) {
            return Problem.of(
                    "already-delivered",
                    409,
                    "It was handed over before.",
                    "Data of it was let through under grants; what is left is asked for with grants, too. It is record "
                            + failed.receipt().stored().index() + ".");
        }
        if (failed.blocked() == Event.Blocked.NOT_WITNESSED) {
            return Problem.notWitnessed("Nothing was read or handed over. It is record "
                    + failed.receipt().stored().index()
                    + ". Try again later; the operator reads in /q/health/ready which witness is missing.");
        }
        return Problem.of(
                "delivery-failed",
                502,
                "Nothing was handed over.",
                "The reason is " + failed.blocked() + ". It is record "
                        + failed.receipt().stored().index() + ".");
    }

    /** @param receipt of the decision that says so, if there is a new one */
    static Problem notReleased(Decision decision, Optional<Receipt> receipt) {
        String record =
                receipt.map(it -> " It is record " + it.stored().index() + ".").orElse("");
        return Problem.of(
                "not-released",
                403,
                "Nothing is released for this request.",
                "Its decision is " + decision.outcome() + ", because of "
                        + decision.basis().reasons().get(0).code() + "." + record);
    }

    /** @param receipt of the entry that says so */
    static Problem noticeNotGiven(Receipt receipt) {
        return Problem.of(
                "notice-not-given",
                409,
                "The person concerned has to be told first.",
                "Nothing was read or handed over. It is record "
                        + receipt.stored().index()
                        + ". Try again once the platform has told them; if an order forbids it, send it to the platform's legal"
                        + " team.");
    }
}
