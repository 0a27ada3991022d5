package io.holdfast.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.KeyHistory;
import io.holdfast.audit.KeyJson;
import io.holdfast.audit.KeyPurpose;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;

/**
 * Where the log is, and what it says about its own keys and witnesses; for everybody. It is how an auditor learns what to
 * compare with what came to him another way, and never what to trust.
 */
@Path("/.well-known/holdfast")
@Produces(MediaType.APPLICATION_JSON)
class WellKnownResource {

    private final Gateway gateway;

    WellKnownResource(Gateway gateway) {
        this.gateway = gateway;
    }

    @GET
    @Blocking
    public Response description() {
        Gateway.Parts parts = gateway.parts();
        KeyHistory keys = parts.ledger().standing().keys();
        ObjectNode json = StrictJson.MAPPER.createObjectNode();
        json.put("origin", parts.origin());
        ArrayNode inForce = json.putArray("keys");
        for (KeyPurpose purpose : KeyPurpose.values()) {
            keys.inForce(purpose).forEach(key -> KeyJson.write(key, inForce.addObject()));
        }
        json.put("policy", new String(parts.published().policy().print(), StandardCharsets.UTF_8));
        json.put(
                "quorum-awaited",
                gateway.witnessing().filter(Witnessing::isAwaited).isPresent());
        json.put("checkpoint", "/log/checkpoint");
        json.put("tiles", "/log/tile/");
        json.put("entries", "/log/tile/entries/");
        json.put("entries-public", parts.limits().entriesArePublic());
        return Response.ok(json).header(HttpHeaders.CACHE_CONTROL, "no-cache").build();
    }
}
