package io.holdfast.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.legal.Reason;

/** How a reason is shown to people and programs. Entries hold its code alone: a sentence may be put better one day. */
public final class ReasonJson {

    private ReasonJson() {}

    public static ObjectNode write(Reason reason) {
        ObjectNode json = CanonicalJson.object();
        json.put("code", reason.code());
        json.put("sentence", reason.sentence());
        json.put("sentence-zh-Hant", reason.chinese());
        reason.ground().ifPresent(ground -> json.put("annex-iii", ground.code()));
        return json;
    }
}
