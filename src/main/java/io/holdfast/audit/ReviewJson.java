package io.holdfast.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.legal.Missing;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Review;
import java.util.HashSet;

/** What a person said about a request, as claims of an entry. */
final class ReviewJson {

    private ReviewJson() {}

    static void write(Review review, ObjectNode json) {
        json.put("verdict", review.verdict().name());
        if (review instanceof Review.Narrowed narrowed) {
            json.set("granted", DecisionJson.codes(narrowed.granted()));
        } else if (review instanceof Review.Refused refused) {
            json.set(
                    "reasons",
                    Claims.list(refused.reasons().stream().map(Reason::code).toList()));
        } else if (review instanceof Review.Returned returned) {
            json.set(
                    "missing",
                    Claims.list(returned.missing().stream().map(Missing::code).toList()));
        }
    }

    static Review read(Claims json) {
        try {
            return switch (verdict(json)) {
                case NARROWED -> new Review.Narrowed(new HashSet<>(json.words("granted", DecisionJson::category)));
                case REFUSED -> new Review.Refused(json.words("reasons", Reason::valueOf));
                case RETURNED -> new Review.Returned(json.words("missing", Missing::new));
            };
        } catch (IllegalArgumentException e) {
            throw json.wrong("verdict", "followed by at least one of the known words");
        }
    }

    static Review.Verdict verdict(Claims json) {
        return json.word("verdict", Review.Verdict::valueOf);
    }
}
