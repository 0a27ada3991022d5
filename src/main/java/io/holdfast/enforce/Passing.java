package io.holdfast.enforce;

import io.holdfast.audit.Event.PassageEnd;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Passes on one answer of the store. It ends in one of two ways, once: complete, when the entry that says so is durable and only
 * then with its last bytes; or cut off, which is recorded when nothing more can leave. On one event loop.
 */
final class Passing {

    private static final Logger LOG = Logger.getLogger(Passing.class);
    private static final long LOOK_MILLIS = 250;

    private final Vertx vertx;
    private final Context context;
    private final HttpServerRequest client;
    private final HttpServerResponse to;
    private final Passage passage;
    private final Minimiser minimiser;
    private final long mostBytes;
    private final Consumer<PassageEnd> ended;
    private final long looking;
    private final long deadline;
    private Optional<HttpClientRequest> call = Optional.empty();
    private Optional<HttpClientResponse> from = Optional.empty();
    private boolean isOver = false;
    private boolean isDeciding = false;
    private long items = 0;
    private long bytes = 0;

    /** @param ended told once, how */
    Passing(
            Vertx vertx,
            HttpServerRequest client,
            Passage passage,
            GuardingProxy.Limits limits,
            Consumer<PassageEnd> ended) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.client = client;
        this.to = client.response();
        this.passage = passage;
        this.minimiser = passage.minimiser();
        this.mostBytes = limits.mostBytes();
        this.ended = ended;
        this.looking = vertx.setPeriodic(LOOK_MILLIS, id -> look());
        this.deadline = vertx.setTimer(limits.longest().toMillis(), id -> cutOff(Denial.UPSTREAM));
        to.exceptionHandler(gone -> cutOff(Denial.NO_CALL)).closeHandler(gone -> cutOff(Denial.NO_CALL));
        if (to.closed()) {
            cutOff(Denial.NO_CALL);
        }
    }

    void send(HttpClientRequest request) {
        if (isOver) {
            request.exceptionHandler(reset -> {});
            request.reset();
            return;
        }
        call = Optional.of(request);
        request.exceptionHandler(broken -> cutOff(Denial.UPSTREAM));
        request.response().onSuccess(this::begin).onFailure(failure -> cutOff(Denial.UPSTREAM));
        request.end();
    }

    private void begin(HttpClientResponse response) {
        response.exceptionHandler(broken -> cutOff(Denial.UPSTREAM));
        if (isOver) {
            return;
        }
        boolean canBeJudged = response.statusCode() == 200
                && AnswerForm.canBeJudged(
                        response.headers().getAll("Content-Type"),
                        response.headers().getAll("Content-Encoding"));
        if (!canBeJudged) {
            cutOff(Denial.UPSTREAM);
            return;
        }
        from = Optional.of(response);
        response.handler(chunk -> whileItStands(response, () -> take(response, chunk)))
                .endHandler(end -> whileItStands(response, this::end));
    }

    /** Time passes also while the store says nothing. */
    private void look() {
        if (!isDeciding) {
            from.ifPresent(response -> whileItStands(response, () -> {}));
        }
    }

    private void whileItStands(HttpClientResponse response, Runnable then) {
        if (isOver) {
            return;
        }
        if (isDeciding) {
            cutOff(Denial.UPSTREAM); // it was paused, so nothing should come; and nothing leaves out of its order
            return;
        }
        if (!passage.hasMoved()) {
            then.run();
            return;
        }
        isDeciding = true;
        response.pause();
        passage.stillStands()
                .thenAccept(stands -> context.runOnContext(ignored -> {
                    isDeciding = false;
                    if (!stands) {
                        cutOff(Denial.STOPPED);
                    } else if (!isOver) {
                        then.run();
                        flow(response);
                    }
                }));
    }

    /** No more is read than the client takes, and nothing while it is being decided. */
    private void flow(HttpClientResponse response) {
        if (isOver || isDeciding) {
            return;
        }
        if (to.writeQueueFull()) {
            response.pause();
            to.drainHandler(drained -> flow(response));
        } else {
            response.resume();
        }
    }

    private void take(HttpClientResponse response, Buffer chunk) {
        byte[] leaves = minimiser.take(chunk.getBytes());
        if (minimiser.withheld().isPresent()) {
            cutOff(Denial.UPSTREAM);
            return;
        }
        bytes += leaves.length;
        if (bytes > mostBytes) {
            cutOff(Denial.TOO_LONG);
            return;
        }
        if (leaves.length > 0) {
            begin();
            items = minimiser.values();
            to.write(Buffer.buffer(leaves));
            flow(response);
        }
    }

    private void begin() {
        if (!to.headWritten()) {
            to.setChunked(true)
                    .putHeader("Content-Type", "application/json")
                    .putHeader("X-Content-Type-Options", "nosniff")
                    .putHeader("Cache-Control", "no-store");
        }
    }

    /** The entry first: a crash between the two says that more left than did, and never less. */
    private void end() {
        byte[] last = minimiser.end();
        if (minimiser.withheld().isPresent()) {
            cutOff(Denial.UPSTREAM);
            return;
        }
        over();
        passage.ended(minimiser.values(), PassageEnd.COMPLETE)
                .whenComplete((receipt, failure) -> context.runOnContext(ignored -> {
                    if (failure != null) {
                        LOG.error("an answer is cut off at its end, since the log does not take the entry for it");
                        close(Denial.OUT_OF_SERVICE);
                        ended.accept(PassageEnd.CUT_OFF);
                    } else if (!to.closed()) {
                        begin();
                        to.end(Buffer.buffer(last));
                        ended.accept(PassageEnd.COMPLETE);
                    } else {
                        ended.accept(PassageEnd.CUT_OFF);
                    }
                }));
    }

    /** Nothing more leaves; and the log says so. */
    void cutOff(Denial why) {
        if (isOver) {
            return;
        }
        over();
        call.ifPresent(HttpClientRequest::reset);
        close(why);
        ended.accept(PassageEnd.CUT_OFF);
        passage.ended(items, PassageEnd.CUT_OFF).exceptionally(failure -> {
            LOG.error(
                    "an answer was cut off, and the log does not take the entry for it; it cannot be known what left");
            return null;
        });
    }

    private void over() {
        isOver = true;
        vertx.cancelTimer(looking);
        vertx.cancelTimer(deadline);
    }

    private void close(Denial why) {
        if (to.headWritten()) {
            client.connection().close();
        } else if (!to.closed() && !to.ended()) {
            to.setChunked(false)
                    .setStatusCode(why == Denial.UPSTREAM || why == Denial.TOO_LONG ? 502 : 403)
                    .putHeader("Cache-Control", "no-store")
                    .putHeader("Holdfast-Denied", why.name())
                    .end()
                    .onComplete(told -> client.connection().close());
        }
    }
}
