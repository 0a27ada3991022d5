package io.holdfast.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.legal.Hold;
import io.holdfast.tlog.Hash;

/**
 * A hold as entries hold it: with empty texts, and with the digest of the texts that people wrote. Texts decide nothing,
 * and a text that somebody types may name a person; so they are kept beside the log, where they can be erased.
 *
 * @param hold every field that decides; title, statement, and the words of exit and exceptions are empty
 * @param texts SHA-256 of {@link #textsOf}
 */
public record RecordedHold(Hold hold, Hash texts) {

    public static RecordedHold of(Hold whole) {
        ObjectNode json = HoldJson.write(whole);
        return new RecordedHold(HoldJson.read(withoutTexts(json)), Hash.of(RecordKey.sha256(textsOf(whole))));
    }

    /** The texts of a hold: its whole form, canonical. */
    public static byte[] textsOf(Hold whole) {
        return CanonicalJson.write(HoldJson.write(whole));
    }

    /**
     * The hold with its texts again.
     *
     * @throws UnreadableException if these are not the texts of this hold
     */
    public Hold with(byte[] textBytes) {
        if (!Hash.of(RecordKey.sha256(textBytes)).equals(texts)) {
            throw new UnreadableException(
                    "hold " + hold.id() + ": its texts do not have the digest that the log names");
        }
        Hold whole = HoldJson.read(CanonicalJson.readObject("a hold", textBytes));
        if (!of(whole).equals(this)) {
            throw new UnreadableException("hold " + hold.id() + ": its texts belong to another hold");
        }
        return whole;
    }

    static ObjectNode withoutTexts(ObjectNode json) {
        ObjectNode bare = json.deepCopy();
        bare.put("title", "");
        bare.putObject("statement").put("en", "");
        if (bare.get("exit") instanceof ObjectNode exit) {
            for (String word : new String[] {"owner", "deliverable", "party", "event"}) {
                exit.put(word, "");
            }
        }
        for (JsonNode exception : bare.path("exceptions")) {
            if (exception instanceof ObjectNode object) {
                object.put("basis", "");
            }
        }
        return bare;
    }
}
