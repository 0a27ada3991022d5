package io.holdfast.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.policy.Difference.Fate;
import io.holdfast.policy.Difference.Kind;
import io.holdfast.policy.Difference.Move;
import java.util.HashSet;
import java.util.List;

/** How the change of a rulebook is written: {@code {"classes":9,"from":{"fate":"HELD"},"to":{"approvals":2,"fate":"RELEASED"}}}. */
public final class RulebookChangeJson {

    private static final String UNENCRYPTED = "unencrypted";

    private RulebookChangeJson() {}

    public static void write(RulebookChange change, ObjectNode json) {
        json.put("next", change.next());
        json.put("compared-from", change.since().toString());
        write(change.law(), json.putArray("law"));
        write(change.underHolds(), json.putArray("under-holds"));
        json.set("dropped", Claims.list(change.dropped()));
    }

    static void write(List<Move> moves, ArrayNode json) {
        for (Move move : moves) {
            ObjectNode one = json.addObject();
            write(move.from(), one.putObject("from"));
            write(move.to(), one.putObject("to"));
            one.put("classes", move.classes());
        }
    }

    static void write(Fate fate, ObjectNode json) {
        json.put("fate", fate.kind().name());
        if (fate.approvals() > 0) {
            json.put("approvals", fate.approvals());
        }
        if (fate.unencrypted()) {
            json.put(UNENCRYPTED, true);
        }
    }

    static RulebookChange read(Claims json) {
        return new RulebookChange(
                json.text("next"),
                json.instant("compared-from"),
                moves(json, "law"),
                moves(json, "under-holds"),
                new HashSet<>(json.texts("dropped")));
    }

    static List<Move> moves(Claims json, String name) {
        return json.objects(name).stream().map(RulebookChangeJson::move).toList();
    }

    private static Move move(Claims json) {
        return new Move(fate(json.object("from")), fate(json.object("to")), json.number("classes"));
    }

    static Fate fate(Claims json) {
        return new Fate(
                json.word("fate", Kind::valueOf),
                json.has("approvals") ? json.count("approvals") : 0,
                json.has(UNENCRYPTED) && json.flag(UNENCRYPTED));
    }
}
