package io.holdfast.gate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.CanonicalJson;
import io.holdfast.gate.UserDataStore.Cursor;
import io.holdfast.legal.Jurisdiction;
import java.util.Optional;

/**
 * What collecting has done, one step after the other. Each is kept sealed, since the store's words are in it and how much there is of
 * an account.
 */
sealed interface CollectStep {

    String ACCOUNT = "account";
    String DONE = "done";

    /** The store knows no such account. @param account its place among the targets, from 0 */
    record Missing(int account) implements CollectStep {}

    /** A page is on the spool. */
    record Kept(int account, Jurisdiction country, int items, Collector.Part part, Optional<Cursor> next)
            implements CollectStep {}

    /** There is no more. */
    record Done() implements CollectStep {}

    default byte[] write() {
        ObjectNode json = CanonicalJson.object();
        if (this instanceof Missing missing) {
            json.put(ACCOUNT, missing.account());
        } else if (this instanceof Kept kept) {
            json.put(ACCOUNT, kept.account());
            json.put("country", kept.country().code());
            json.put("items", kept.items());
            json.put("name", kept.part().name());
            json.put("size", kept.part().size());
            json.put("sha512", kept.part().sha512());
            json.put("place", kept.part().place());
            kept.next().ifPresent(next -> json.put("next", next.text()));
        } else {
            json.put(DONE, true);
        }
        return CanonicalJson.write(json);
    }

    /** What {@link #write} wrote. */
    static CollectStep read(byte[] bytes) {
        ObjectNode json = CanonicalJson.readObject("a step of collecting", bytes);
        if (json.has(DONE)) {
            return new Done();
        }
        int account = json.get(ACCOUNT).intValue();
        if (!json.has("name")) {
            return new Missing(account);
        }
        return new Kept(
                account,
                Jurisdiction.of(json.get("country").textValue()),
                json.get("items").intValue(),
                new Collector.Part(
                        json.get("name").textValue(),
                        json.get("size").longValue(),
                        json.get("sha512").textValue(),
                        json.get("place").textValue()),
                Optional.ofNullable(json.get("next")).map(next -> new Cursor(next.textValue())));
    }
}
