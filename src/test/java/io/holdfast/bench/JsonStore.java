package io.holdfast.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** A user-data store that does nothing but answer, as fast as the gateway's own HTTP server can: JSON of a size that it is asked for. */
public final class JsonStore extends AbstractVerticle {

    /** The names of the sizes, as they stand in the query, and the bytes of the answer, about. */
    static final Map<String, Integer> SIZES = Map.of("small", 1024, "large", 64 * 1024);

    private static final int ROW = 100;

    private final int port;
    private final Buffer small = Buffer.buffer(answer(SIZES.get("small")));
    private final Buffer large = Buffer.buffer(answer(SIZES.get("large")));

    private JsonStore(int port) {
        this.port = port;
    }

    /** @param arguments the port */
    public static void main(String... arguments) {
        int port = Integer.parseInt(arguments[0]);
        int loops = Runtime.getRuntime().availableProcessors();
        Vertx vertx = Vertx.vertx();
        vertx.deployVerticle(() -> new JsonStore(port), new DeploymentOptions().setInstances(loops))
                .onFailure(error -> {
                    error.printStackTrace();
                    System.exit(1);
                });
    }

    /** Everything in it may leave, so that every way in front of the store carries the same. */
    private static String answer(int bytes) {
        StringBuilder json = new StringBuilder("{\"rows\":[");
        for (int i = 0; json.length() < bytes - ROW; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"row\":\"")
                    .append("x".repeat(ROW - 12))
                    .append("\"}");
        }
        return json.append("]}").toString();
    }

    @Override
    public void start(Promise<Void> started) {
        vertx.createHttpServer()
                .requestHandler(call -> call.response()
                        .putHeader("Content-Type", "application/json")
                        .end("large".equals(call.getParam("size")) ? large : small))
                .listen(port, "127.0.0.1")
                .<Void>mapEmpty()
                .onComplete(started);
    }
}
