package io.holdfast.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Obligations;
import io.holdfast.legal.Outcome;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Scope;
import io.holdfast.legal.Term;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;

/** How a decision is written. Its epoch and rulebook stand in the entry's envelope and are not repeated. */
public final class DecisionJson {

    private DecisionJson() {}

    public static ObjectNode write(Decision decision) {
        ObjectNode json = CanonicalJson.object();
        Decision.Basis basis = decision.basis();
        json.put("outcome", decision.outcome().name());
        json.set(
                "reasons",
                Claims.list(basis.reasons().stream().map(Reason::code).toList()));
        json.set("holds", Claims.list(basis.holds()));
        json.set("exceptions", Claims.list(basis.exceptions()));
        json.set("grants", Claims.list(basis.grants()));
        basis.nextChangeAt().ifPresent(at -> json.put("next-change-at", at.toString()));
        return decision.match(new Decision.Cases<>() {
            @Override
            public ObjectNode held(Decision.Held held) {
                json.put("hold", held.hold());
                held.reviewBy().ifPresent(at -> json.put("review-by", at.toString()));
                return json;
            }

            @Override
            public ObjectNode refused(Decision.Refused refused) {
                return json;
            }

            @Override
            public ObjectNode returned(Decision.Returned returned) {
                json.set("missing", Claims.list(returned.missing()));
                return json;
            }

            @Override
            public ObjectNode referred(Decision.Referred referred) {
                return permitted(referred.scope(), referred.obligations());
            }

            @Override
            public ObjectNode released(Decision.Released released) {
                return permitted(released.scope(), released.obligations());
            }

            private ObjectNode permitted(Scope scope, Obligations obligations) {
                json.set("scope", scope(scope));
                json.set("obligations", ObligationsJson.write(obligations));
                return json;
            }
        });
    }

    private static ObjectNode scope(Scope scope) {
        ObjectNode json = CanonicalJson.object();
        json.set("granted", codes(scope.granted()));
        ObjectNode withheld = json.putObject("withheld");
        scope.withheld().forEach((category, reason) -> withheld.put(category.code(), reason.code()));
        return json;
    }

    static ArrayNode codes(Collection<? extends Term> terms) {
        return Claims.list(terms.stream().map(Term::code).sorted().toList());
    }

    static Decision read(Claims json, String rulebook, long epoch) {
        Decision.Basis basis = new Decision.Basis(
                json.words("reasons", Reason::valueOf),
                json.texts("holds"),
                json.texts("exceptions"),
                json.texts("grants"),
                rulebook,
                epoch,
                json.optionalInstant("next-change-at"));
        return switch (json.word("outcome", Outcome::valueOf)) {
            case HELD -> new Decision.Held(basis, json.text("hold"), json.optionalInstant("review-by"));
            case REFUSED -> new Decision.Refused(basis);
            case RETURNED -> new Decision.Returned(basis, json.texts("missing"));
            case REFERRED ->
                new Decision.Referred(basis, readScope(json), ObligationsJson.read(json.object("obligations")));
            case RELEASED ->
                new Decision.Released(basis, readScope(json), ObligationsJson.read(json.object("obligations")));
        };
    }

    private static Scope readScope(Claims json) {
        Claims scope = json.object("scope");
        Map<DataCategory, Reason> withheld = new EnumMap<>(DataCategory.class);
        Claims reasons = scope.object("withheld");
        for (String category : reasons.names()) {
            withheld.put(category(category), reasons.word(category, Reason::valueOf));
        }
        return new Scope(new HashSet<>(scope.words("granted", DecisionJson::category)), withheld);
    }

    static DataCategory category(String code) {
        return (DataCategory) io.holdfast.legal.Dimension.CATEGORY.vocabulary().term(code);
    }
}
