package io.holdfast.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.CaseClock;
import io.holdfast.audit.CaseClocks;
import io.holdfast.audit.DecisionJson;
import io.holdfast.audit.Event;
import io.holdfast.audit.FactsJson;
import io.holdfast.audit.HoldJson;
import io.holdfast.audit.KeptCopy;
import io.holdfast.audit.NoticeStanding;
import io.holdfast.audit.ReasonJson;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Stored;
import io.holdfast.audit.WhatLeft;
import io.holdfast.gate.Case;
import io.holdfast.gate.ReviewQueue;
import io.holdfast.legal.Check;
import io.holdfast.legal.Deadline;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Duty;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Hold;
import io.holdfast.legal.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    /**
     * A request with everything that was recorded of it.
     *
     * @param notice what stands of telling the person concerned
     */
    static ObjectNode request(Case found, List<Hold> holds, NoticeStanding notice, Optional<Receipt> receipt) {
        ObjectNode json = decision(found.decided(), found.event(), holds, receipt);
        json.put("state", found.state().name());
        json.set("facts", FactsJson.write(found.event().facts()));
        checks(found.event().checks(), json);
        json.put("approvals", found.approvedBy().size());
        toConfirm(found.toConfirm(), json);
        json.put("delivered", found.isDelivered());
        found.shredded().ifPresent(stored -> json.put("shredded", stored.index()));
        found.packages().current().ifPresent(current -> json.set("package", Deliveries.json(current)));
        preservation(KeptCopy.of(found.entries()), json);
        clocks(CaseClocks.of(found.entries()).running(), json);
        letThrough(WhatLeft.of(found.entries()), json);
        json.set("notice", Notices.standing(notice));
        ArrayNode entries = json.putArray("entries");
        for (Stored stored : found.entries()) {
            ObjectNode entry = entries.addObject();
            entry.put("index", stored.index());
            entry.put("kind", stored.entry().kind().code());
            entry.put("at", stored.entry().envelope().at().toString());
        }
        return json;
    }

    private static void checks(Map<Check, Check.Result> results, ObjectNode json) {
        ObjectNode checks = json.putObject("checks");
        results.forEach((check, result) -> checks.put(check.code(), result.code()));
    }

    private static void toConfirm(Set<Duty> duties, ObjectNode json) {
        ArrayNode confirm = json.putArray("to-confirm");
        duties.forEach(duty -> {
            ObjectNode one = confirm.addObject();
            one.put("duty", duty.code());
            one.put("sentence", duty.sentence());
        });
    }

    private static void preservation(KeptCopy copy, ObjectNode json) {
        copy.until().ifPresent(until -> {
            ObjectNode kept = json.putObject("preservation");
            kept.put("until", until.toString());
            kept.put("kept", copy.isKept());
            kept.put("extended", copy.isExtended());
            copy.production().ifPresent(request -> kept.put("production", request));
        });
    }

    private static void letThrough(List<WhatLeft> calls, ObjectNode json) {
        ArrayNode all = json.putArray("let-through");
        for (WhatLeft call : calls) {
            ObjectNode one = all.addObject();
            one.put("entry", call.entry());
            one.put("at", call.at().toString());
            one.put("through", call.through().map(Event.Through::name).orElse("PACKAGE"));
            one.put("left", call.known().name());
            call.atMost().ifPresent(most -> one.put("at-most", most));
            one.put("sentence", call.known().sentence());
        }
    }

    private static void clocks(List<CaseClock> running, ObjectNode json) {
        ArrayNode clocks = json.putArray("clocks");
        for (CaseClock clock : running) {
            ObjectNode shown = clocks.addObject();
            shown.put("clock", clock.name().code());
            shown.put("from", clock.from().toString());
            shown.put("due", clock.due().toString());
            shown.put("state", clock.told().name());
            clock.left().ifPresent(left -> shown.put("left", Deadline.spell(left)));
            clock.silence().ifPresent(silence -> shown.put("silence", silence.code()));
        }
    }

    /** One that waits for people: what they need to choose it, and nobody in it. */
    static ObjectNode review(ReviewQueue.Item item) {
        ObjectNode json = StrictJson.MAPPER.createObjectNode();
        Facts facts = item.event().facts();
        json.put("request", item.decided().entry().envelope().subject());
        json.put("version", item.decided().entry().leaf().hash().hex());
        json.put("record", item.decided().index());
        json.put("since", item.place().since().toString());
        item.place().due().ifPresent(due -> json.put("due", due.toString()));
        json.put("issuer-jurisdiction", facts.issuer().code());
        json.put("instrument", facts.instrument().code());
        json.put("emergency", facts.emergency().code());
        json.set("scope", DecisionJson.write(item.decision()).get("scope"));
        checks(item.event().checks(), json);
        json.put("registry", item.event().registry());
        toConfirm(item.decision().obligations().toConfirm(), json);
        json.put("approvals", item.approvals());
        json.put("approvals-needed", item.decision().obligations().approvals());
        json.put("approved-by-you", item.isApprovedByAsker());
        json.put("located-there", item.isAskerLocatedThere());
        clocks(item.clocks(), json);
        return json;
    }

    static ObjectNode hold(Hold hold) {
        ObjectNode json = StrictJson.MAPPER.createObjectNode();
        json.setAll(HoldJson.write(hold));
        return json;
    }
}
