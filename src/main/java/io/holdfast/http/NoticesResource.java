package io.holdfast.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.gate.NoticeWatch;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;

/** Whom somebody has to tell: requests only, never people. */
@Path("/v1/notices")
@Produces(MediaType.APPLICATION_JSON)
class NoticesResource {

    private static final int USUAL = 100;
    private static final int MOST = 1000;
    private static final String LIMIT = "limit";
    private static final String AFTER = "after";

    private final Gateway gateway;

    NoticesResource(Gateway gateway) {
        this.gateway = gateway;
    }

    /** What is due first, then what waits, by when. */
    @GET
    @RolesAllowed({Caller.LEGAL_OPERATOR, Caller.LEGAL_APPROVER, Caller.REVIEWER, Caller.AUDITOR})
    @Blocking
    public ObjectNode list(@Context UriInfo uri) {
        StrictQuery query = StrictQuery.read(uri, Set.of(LIMIT, AFTER));
        NoticeWatch.Page page = gateway.parts()
                .noticeWatch()
                .page(query.text(AFTER), query.number(LIMIT, 1, MOST, USUAL))
                .orElseThrow(() -> StrictQuery.wrong(
                        AFTER, "must be the last request of a page; this one is on the list no more, so begin again"));
        ObjectNode json = StrictJson.MAPPER.createObjectNode();
        ArrayNode notices = json.putArray("notices");
        page.lines().forEach(line -> notices.add(Notices.line(line)));
        json.put("due", page.due());
        json.put("more", page.more());
        return json;
    }
}
