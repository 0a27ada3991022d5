package io.holdfast.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.CaseClock;
import io.holdfast.audit.CaseClocks;
import io.holdfast.audit.DecisionJson;
import io.holdfast.audit.Event;
import io.holdfast.audit.FactsJson;
import io.holdfast.audit.HoldJson;
import io.holdfast.audit.ReasonJson;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Stored;
import io.holdfast.gate.Case;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Hold;
import io.holdfast.legal.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** How the REST interface shows what the log holds. Made from entries only, so that every view of a thing agrees. */
final class Views {

    private Views() {}

    /** A decision with its record and, where there is one, its proof. */
    static ObjectNode decision(
            Stored stored, Event.RequestDecided decided, List<Hold> holds, Optional<Receipt> receipt) {
        ObjectNode json = StrictJson.MAPPER.createObjectNode();
        Decision decision = decided.decision();
        json.put("request", stored.entry().envelope().subject());
        json.put("outcome", decision.outcome().name());
        ArrayNode reasons = json.putArray("reasons");
        decision.basis().reasons().forEach(reason -> reasons.add(ReasonJson.write(reason)));
        json.set("decision", DecisionJson.write(decision));
        if (decision.outcome() == Outcome.HELD || decision.outcome() == Outcome.REFUSED) {
            ArrayNode statements = json.putArray("statements");
            holds.stream()
                    .filter(hold -> decision.basis().holds().contains(hold.reference()))
                    .forEach(hold -> {
                        ObjectNode statement = statements.addObject();
                        hold.statement().forEach(statement::put);
                    });
        }
        json.set("record", record(stored));
        receipt.ifPresent(it -> json.put("proof", new String(it.proof().print(), StandardCharsets.UTF_8)));
        return json;
    }

    /** An entry by its place, its kind and its bytes. */
    static ObjectNode record(Stored stored) {
        ObjectNode json = StrictJson.MAPPER.createObjectNode();
        json.put("index", stored.index());
        json.put("kind", stored.entry().kind().code());
        json.put("at", stored.entry().envelope().at().toString());
        json.put("epoch", stored.entry().envelope().epoch());
        json.put("rulebook", stored.entry().envelope().rulebook());
        json.put("version", stored.entry().leaf().hash().hex());
        json.put("leaf", stored.entry().leaf().text());
        return json;
    }

    /** A request with everything that was recorded of it. */
    static ObjectNode request(Case found, List<Hold> holds, Optional<Receipt> receipt) {
        ObjectNode json = decision(found.decided(), found.event(), holds, receipt);
        json.put("state", found.state().name());
        json.set("facts", FactsJson.write(found.event().facts()));
        ObjectNode checks = json.putObject("checks");
        found.event().checks().forEach((check, result) -> checks.put(check.code(), result.code()));
        json.put("approvals", found.approvedBy().size());
        ArrayNode confirm = json.putArray("to-confirm");
        found.toConfirm().forEach(duty -> {
            ObjectNode one = confirm.addObject();
            one.put("duty", duty.code());
            one.put("sentence", duty.sentence());
        });
        json.put("delivered", found.isDelivered());
        found.shredded().ifPresent(stored -> json.put("shredded", stored.index()));
        ArrayNode clocks = json.putArray("clocks");
        for (CaseClock clock : CaseClocks.of(found.entries()).running()) {
            ObjectNode shown = clocks.addObject();
            shown.put("clock", clock.name().code());
            shown.put("from", clock.from().toString());
            shown.put("due", clock.due().toString());
            shown.put("state", clock.told().name());
        }
        ArrayNode entries = json.putArray("entries");
        for (Stored stored : found.entries()) {
            ObjectNode entry = entries.addObject();
            entry.put("index", stored.index());
            entry.put("kind", stored.entry().kind().code());
            entry.put("at", stored.entry().envelope().at().toString());
        }
        return json;
    }

    static ObjectNode hold(Hold hold) {
        ObjectNode json = StrictJson.MAPPER.createObjectNode();
        json.setAll(HoldJson.write(hold));
        return json;
    }
}
