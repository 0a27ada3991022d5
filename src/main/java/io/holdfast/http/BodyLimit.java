package io.holdfast.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;

/**
 * Refuses a body that says itself that it is too large, before anything else looks at it: the server's own refusal would be
 * an empty page. Bodies that do not say are counted while they are read.
 */
@ApplicationScoped
class BodyLimit {

    /** Before the server's own limit. */
    private static final int EARLY = 1000;

    private static final long LINGER_MILLIS = 2000;

    /** No number of six digits or more can be within the limit. */
    private static final Pattern SMALL = Pattern.compile("0*[0-9]{1,5}");

    void register(@Observes Filters filters) {
        filters.register(BodyLimit::check, EARLY);
    }

    private static void check(RoutingContext call) {
        String length = call.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || SMALL.matcher(length).matches() && Integer.parseInt(length) <= StrictJson.MOST_BYTES) {
            call.next();
            return;
        }
        Problem problem = StrictJson.tooLarge();
        call.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end(body(problem));
        // Closing while the caller still sends would take the answer from it, so what comes for a moment is thrown
        // away.
        call.request().handler(ignored -> {}).resume();
        call.vertx()
                .setTimer(LINGER_MILLIS, timer -> call.request().connection().close());
    }

    private static Buffer body(Problem problem) {
        try {
            return Buffer.buffer(StrictJson.MAPPER.writeValueAsBytes(problem));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is JSON", e);
        }
    }
}
