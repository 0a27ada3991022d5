package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.CanonicalJson;
import io.holdfast.audit.Entry;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** An entry as people and programs see it: its place, and what it says in the open. */
final class EntryView {

    /** Said by the rows above the claims, or counted: the digests of what is sealed tell a reader nothing. */
    private static final Set<String> SAID_ELSEWHERE =
            Set.of("iss", "iat", "jti", "sub", "epoch", "rulebook", "prev", "_sd", "_sd_alg");

    private EntryView() {}

    static ObjectNode json(long index, Entry entry) {
        ObjectNode json = Json.object();
        json.put("index", index);
        json.put("kind", entry.kind().code());
        json.put("at", entry.envelope().at().toString());
        json.put("subject", entry.envelope().subject());
        json.put("version", entry.leaf().hash().hex());
        json.put("key", entry.keyId());
        json.set("claims", claims(entry));
        return json.put("leaf", entry.leaf().text());
    }

    static List<String> lines(long index, Entry entry) {
        Table table = new Table();
        table.row("entry", index);
        table.row("kind", entry.kind().code());
        table.row("at", entry.envelope().at());
        table.row("about", entry.envelope().subject());
        entry.envelope().previous().ifPresent(previous -> table.row("answers", "entry " + previous));
        table.row("epoch", entry.envelope().epoch());
        table.row("rulebook", entry.envelope().rulebook());
        table.row("leaf hash", entry.leaf().hash().hex());
        table.row("signed by", entry.keyId());
        if (!entry.sealed().isEmpty()) {
            table.row("sealed", entry.sealed().size() + " digests, decoys among them");
        }
        ObjectNode claims = claims(entry);
        claims.remove(SAID_ELSEWHERE);
        Flat.rows("", claims, table::row);
        return table.lines();
    }

    /** The payload that was signed. An entry that was read has the shape that this relies on. */
    private static ObjectNode claims(Entry entry) {
        String payload = entry.leaf().text().split("\\.")[1];
        return CanonicalJson.readObject("payload", Base64.getUrlDecoder().decode(payload));
    }
}
