package io.holdfast.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.gate.ReviewPlace;
import io.holdfast.gate.ReviewQueue;
import io.holdfast.legal.Jurisdiction;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What waits for people, page by page, with nobody in it. What becomes of one, {@link RequestsResource} does. */
@Path("/v1/reviews")
@Produces(MediaType.APPLICATION_JSON)
class ReviewsResource {

    private static final int USUAL = 50;
    private static final int MOST = 200;

    private static final String LIMIT = "limit";
    private static final String AFTER = "after";
    private static final String JURISDICTION = "jurisdiction";
    private static final String OVERDUE = "overdue";

    private final Gateway gateway;
    private final Caller caller;

    ReviewsResource(Gateway gateway, Caller caller) {
        this.gateway = gateway;
        this.caller = caller;
    }

    /** What is due first comes first. */
    @GET
    @RolesAllowed(Caller.REVIEWER)
    @Blocking
    public ObjectNode list(@Context UriInfo uri) {
        if (caller.is(Caller.AGENT)) {
            throw Problem.forbidden("Whoever sends requests cannot review any.").exception();
        }
        StrictQuery query = StrictQuery.read(uri, Set.of(LIMIT, AFTER, JURISDICTION, OVERDUE));
        int limit = query.number(LIMIT, 1, MOST, USUAL);
        ReviewQueue.Filter filter = new ReviewQueue.Filter(jurisdiction(query), query.isSet(OVERDUE));
        ReviewQueue.Page page = gateway.parts()
                .queue()
                .page(caller.located(), filter, after(query), limit)
                .orElseThrow(() -> Problem.of(
                                "queue-not-ready",
                                503,
                                "The queue is still being read from the log.",
                                "Try again in a minute. Requests can be read and reviewed meanwhile.")
                        .exception());
        return json(page);
    }

    private static Optional<Jurisdiction> jurisdiction(StrictQuery query) {
        return query.text(JURISDICTION).map(code -> {
            if (!Jurisdiction.isCode(code)) {
                throw StrictQuery.wrong(JURISDICTION, "must be an ISO 3166-1 alpha-2 code, such as US");
            }
            return Jurisdiction.of(code);
        });
    }

    private static Optional<ReviewPlace> after(StrictQuery query) {
        return query.text(AFTER)
                .map(cursor -> QueueCursor.read(cursor)
                        .orElseThrow(() -> StrictQuery.wrong(AFTER, "must be what next was in an answer")));
    }

    private static ObjectNode json(ReviewQueue.Page page) {
        ObjectNode json = StrictJson.MAPPER.createObjectNode();
        json.put("size", page.size());
        json.put("waiting", page.waiting());
        ArrayNode reviews = json.putArray("reviews");
        List<ReviewQueue.Item> items = page.items();
        items.forEach(item -> reviews.add(Views.review(item)));
        if (page.hasMore()) {
            json.put("next", QueueCursor.write(items.get(items.size() - 1).place()));
        }
        return json;
    }
}
