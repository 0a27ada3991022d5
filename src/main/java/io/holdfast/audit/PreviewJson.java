package io.holdfast.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.policy.Tally;

/**
 * How what a change would do is written: {@code {"all":true,"at":"2026-11-23T12:00:00Z","entries":7,"met":[{"from":{"fate":"HELD"},
 * "more":5,"requests":5,"to":{"approvals":2,"fate":"RELEASED"}}]}}.
 */
public final class PreviewJson {

    private static final String RECORDED = "recorded";
    private static final String UNDER_HOLDS = "under-holds";

    private PreviewJson() {}

    /** Adds {@code under-holds} and {@code recorded}. */
    public static void write(HoldPreview preview, ObjectNode json) {
        RulebookChangeJson.write(preview.underHolds(), json.putArray(UNDER_HOLDS));
        write(preview.recorded(), json);
    }

    /** Adds {@code recorded}. */
    public static void write(PastRequests recorded, ObjectNode json) {
        ObjectNode counted = json.putObject(RECORDED);
        counted.put("all", recorded.all());
        counted.put("at", recorded.at().toString());
        counted.put("entries", recorded.entries());
        ArrayNode met = counted.putArray("met");
        for (Tally.Row row : recorded.rows()) {
            ObjectNode one = met.addObject();
            RulebookChangeJson.write(row.from(), one.putObject("from"));
            RulebookChangeJson.write(row.to(), one.putObject("to"));
            one.put("requests", row.requests());
            one.put("more", row.more());
        }
    }

    /** Proposals of a gateway from before there were previews have none. */
    static boolean isThere(Claims json) {
        return json.has(RECORDED);
    }

    static HoldPreview preview(Claims json) {
        return new HoldPreview(RulebookChangeJson.moves(json, UNDER_HOLDS), recorded(json));
    }

    static PastRequests recorded(Claims json) {
        Claims counted = json.object(RECORDED);
        return new PastRequests(
                counted.instant("at"),
                counted.number("entries"),
                counted.flag("all"),
                counted.objects("met").stream()
                        .map(row -> new Tally.Row(
                                RulebookChangeJson.fate(row.object("from")),
                                RulebookChangeJson.fate(row.object("to")),
                                row.number("requests"),
                                row.number("more")))
                        .toList());
    }
}
