package io.holdfast.grant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.Base64Url;
import io.holdfast.audit.CanonicalJson;
import io.holdfast.audit.Claims;
import io.holdfast.audit.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Whether an entry of the log is the one that issued a grant, as far as its open part says. */
final class IssuedEntry {

    static final String TYPE = "holdfast-grant-issued+sd-jwt";

    private IssuedEntry() {}

    /** Whether this entry issued exactly this. */
    static boolean issued(Grant grant) {
        String[] parts = grant.entry().split("\\.", -1);
        if (parts.length != 3) {
            return false;
        }
        try {
            Claims header = claims("the entry's header", parts[0]);
            Claims payload = claims("the entry", parts[1]);
            return header.text("typ").equals(TYPE)
                    && payload.text("iss").equals(grant.issuer())
                    && payload.text("jti").equals(grant.id())
                    && payload.text("sub").equals(grant.request())
                    && payload.number("iat") == grant.from().getEpochSecond()
                    && payload.number("epoch") == grant.epoch()
                    && payload.text("rulebook").equals(grant.rulebook())
                    && payload.text("audience").equals(grant.audience())
                    && payload.instant("until").equals(grant.until())
                    && payload.hash("bound").equals(grant.scope().bound(grant.holder()));
        } catch (UnreadableException e) {
            return false;
        }
    }

    private static Claims claims(String what, String part) {
        ObjectNode json = CanonicalJson.readObject(what, Base64Url.parse(what, part));
        return new Claims(what, json);
    }

    /** The bytes that the log has of it; nothing if it cannot be one. */
    static Optional<byte[]> leaf(Grant grant) {
        byte[] bytes = grant.entry().getBytes(StandardCharsets.UTF_8);
        return bytes.length == grant.entry().length() ? Optional.of(bytes) : Optional.empty();
    }
}
