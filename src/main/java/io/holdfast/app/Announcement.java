package io.holdfast.app;

import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Tells where the gateway listens, in its log and in a file for whoever started it with port 0. */
@ApplicationScoped
class Announcement {

    private static final Logger LOG = Logger.getLogger(Announcement.class);

    private final Optional<Path> file;

    Announcement(Settings settings) {
        this.file = settings.announce();
    }

    /** The port is asked of the server: with port 0 the options do not know it. */
    void listening(@ObservesAsync HttpServerStart start, HttpServer server) throws IOException {
        String url = "http://" + start.options().getHost() + ":" + server.getPort();
        LOG.infof("listening on %s", url);
        if (file.isPresent()) {
            // Whole or not at all: somebody is waiting for the file to appear.
            Path unfinished = file.get().resolveSibling(file.get().getFileName() + ".new");
            Files.writeString(unfinished, url + "\n");
            Files.move(unfinished, file.get(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
