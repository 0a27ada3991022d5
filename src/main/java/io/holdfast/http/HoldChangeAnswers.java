package io.holdfast.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.HoldChangeBook;
import io.holdfast.audit.HoldChangeJson;
import io.holdfast.audit.HoldProposal;
import io.holdfast.audit.PreviewJson;
import io.holdfast.audit.Receipt;
import io.holdfast.gate.HoldChangeTexts;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How proposed changes of holds are shown, and attempts on them that did not count. */
final class HoldChangeAnswers {

    private HoldChangeAnswers() {}

    /** A proposal as everybody here may see it. Who approved or objects is not in it. */
    static ObjectNode view(HoldProposal proposal) {
        Event.HoldChangeProposed event = proposal.event();
        ObjectNode json = StrictJson.MAPPER.createObjectNode();
        json.put("proposal", proposal.version().hex());
        json.put("state", proposal.state().name());
        json.put("says", HoldChangeTexts.state(proposal));
        json.set("changes", HoldChangeJson.write(event.changes()));
        event.preview().ifPresent(preview -> PreviewJson.write(preview, json));
        json.put("people", event.people());
        json.put("missing", proposal.missing());
        json.put("approvals", proposal.approvedBy().size());
        json.put("objections", proposal.objectedBy().size());
        json.put("proposed", proposal.stored().entry().envelope().at().toString());
        json.put("approve-by", event.approveBy().toString());
        event.effective().ifPresent(at -> json.put("effective", at.toString()));
        json.put("effective-by", event.effectiveBy().toString());
        json.put("epoch", proposal.stored().entry().envelope().epoch());
        json.put("entry", proposal.index());
        return json;
    }

    /**
     * 202 while it waits, 200 once it is in effect or ended.
     *
     * @param receipts of what the attempt wrote
     * @param book as it is after that
     * @throws ProblemException if it was blocked
     */
    static Response answer(List<Receipt> receipts, HoldChangeBook book) {
        Receipt first = receipts.get(0);
        Event event = first.stored().entry().event();
        if (event instanceof Event.HoldChangeBlocked blocked) {
            throw problem(blocked, first).exception();
        }
        long index = event instanceof Event.HoldChangeProposed
                ? first.stored().index()
                : first.stored().entry().envelope().previous().orElseThrow();
        HoldProposal proposal = book.at(index).orElseThrow();
        ObjectNode json = view(proposal);
        Receipt last = receipts.get(receipts.size() - 1);
        json.set("record", Views.record(last.stored()));
        json.put("proof", new String(last.proof().print(), StandardCharsets.UTF_8));
        return Response.status(proposal.isOpen() ? 202 : 200).entity(json).build();
    }

    private static Problem problem(Event.HoldChangeBlocked event, Receipt receipt) {
        Blocked why = event.blocked();
        String record = " The attempt is record " + receipt.stored().index() + ".";
        return switch (why) {
            case NOT_PERMITTED, NOT_A_PERSON -> Problem.forbidden(HoldChangeTexts.why(event) + record);
            case NO_SUCH_HOLD ->
                Problem.of("not-found", 404, "There is no such hold.", "Nothing was changed." + record);
            default ->
                Problem.of(
                        "hold-change-blocked",
                        409,
                        "The change of holds goes no further.",
                        HoldChangeTexts.why(event) + record);
        };
    }
}
