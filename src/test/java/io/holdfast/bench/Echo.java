package io.holdfast.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicInteger;

/** The gateway's HTTP server without a gateway: takes a body and answers with so many bytes. */
public final class Echo extends AbstractVerticle {

    /** Any free port, and the same one for all instances. */
    private static final int ANY = -1;

    private static final AtomicInteger PORT = new AtomicInteger();

    private final Buffer answer;

    private Echo(int bytes) {
        this.answer = Buffer.buffer("x".repeat(bytes));
    }

    /** @param arguments bytes of an answer, and the file to write the address to */
    public static void main(String... arguments) {
        int bytes = Integer.parseInt(arguments[0]);
        int loops = 2 * Runtime.getRuntime().availableProcessors();
        Vertx vertx = Vertx.vertx();
        vertx.deployVerticle(() -> new Echo(bytes), new DeploymentOptions().setInstances(loops))
                .onSuccess(id -> announce(Path.of(arguments[1])))
                .onFailure(error -> {
                    error.printStackTrace();
                    System.exit(1);
                });
    }

    @Override
    public void start(Promise<Void> started) {
        vertx.createHttpServer()
                .requestHandler(call -> call.bodyHandler(
                        body -> call.response().setStatusCode(201).end(answer)))
                .listen(ANY, "127.0.0.1")
                .onSuccess(server -> PORT.set(server.actualPort()))
                .<Void>mapEmpty()
                .onComplete(started);
    }

    private static void announce(Path file) {
        try {
            Path unfinished = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(unfinished, "http://127.0.0.1:" + PORT.get() + "\n");
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
