package io.holdfast.app;

import io.holdfast.enforce.AnswersChecks;
import io.holdfast.enforce.Check;
import io.holdfast.enforce.CheckServer;
import io.holdfast.enforce.Dialect;
import io.holdfast.enforce.GrpcCheckServer;
import io.holdfast.enforce.GuardingProxy;
import io.holdfast.enforce.OrdinaryCalls;
import io.holdfast.gate.Grants;
import io.holdfast.policy.PolicyException;
import io.holdfast.policy.Route;
import io.holdfast.policy.RouteFile;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Answers proxies, from the start on: also while the gateway is out of service, since a proxy that gets no answer obeys its own
 * switches, and one that gets a no does not. What cannot be read lets nothing through.
 */
@Startup
@jakarta.inject.Singleton
class Checks {

    private static final Logger LOG = Logger.getLogger(Checks.class);

    private final List<AnswersChecks> servers = new ArrayList<>();
    private Optional<GuardingProxy> proxy = Optional.empty();

    Checks(Wiring wiring, TrafficWiring traffic, Settings settings, Vertx vertx, MeterRegistry registry) {
        Settings.Check chosen = settings.check();
        List<SocketAddress> places = places(chosen.port(), chosen.socket(), chosen);
        List<SocketAddress> grpcPlaces = places(chosen.grpcPort(), chosen.grpcSocket(), chosen);
        if (places.isEmpty() && grpcPlaces.isEmpty() && settings.proxy().port().isEmpty()) {
            return;
        }
        Optional<List<Route>> routes = routes(chosen);
        Optional<OrdinaryCalls> ordinary = traffic.ordinary();
        Optional<Grants> grants = routes.isPresent() && ordinary.isPresent() ? wiring.grants() : Optional.empty();
        Check check =
                new Check(grants, routes.orElse(List.of()), ordinary.orElse(OrdinaryCalls.NONE), chosen.patience());
        Set<String> peers = Set.copyOf(chosen.peers());
        for (SocketAddress place : places) {
            opened(place, CheckServer.listen(vertx, place, check, Dialect.parse(chosen.dialect()), peers));
        }
        for (SocketAddress place : grpcPlaces) {
            opened(place, GrpcCheckServer.listen(vertx, place, check, peers));
        }
        proxy = settings.proxy().port().map(port -> pass(vertx, port, settings.proxy(), check));
        proxy.ifPresent(it -> count(registry, it));
        count(registry, "let-through", true);
        count(registry, "denied", false);
    }

    private static List<SocketAddress> places(Optional<Integer> port, Optional<Path> socket, Settings.Check chosen) {
        List<SocketAddress> places = new ArrayList<>();
        port.ifPresent(number -> places.add(SocketAddress.inetSocketAddress(number, chosen.host())));
        socket.ifPresent(path -> places.add(SocketAddress.domainSocketAddress(free(path))));
        return places;
    }

    private void opened(SocketAddress place, AnswersChecks server) {
        servers.add(server);
        if (place.isDomainSocket()) {
            closeToOthers(Path.of(place.path()));
        }
        LOG.infof(
                "answering checks%s at %s%s",
                server instanceof GrpcCheckServer ? " over gRPC" : "",
                place,
                place.isInetSocket() ? ", port " + server.port() : "");
    }

    private static GuardingProxy pass(Vertx vertx, int port, Settings.Proxy chosen, Check check) {
        URI upstream = chosen.upstream()
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "holdfast.proxy.port is set, and holdfast.proxy.upstream is not: set it to the address of the store"));
        SocketAddress place = SocketAddress.inetSocketAddress(port, chosen.host());
        GuardingProxy proxy = GuardingProxy.listen(
                vertx,
                place,
                upstream,
                check,
                new GuardingProxy.Limits(
                        chosen.patience(), chosen.longest(), chosen.mostBytes().asLongValue()));
        LOG.infof("passing calls on at %s, port %s", place, proxy.port());
        return proxy;
    }

    private static void count(MeterRegistry registry, GuardingProxy proxy) {
        for (GuardingProxy.Outcome outcome : GuardingProxy.Outcome.values()) {
            FunctionCounter.builder("holdfast.passages", proxy, it -> it.count(outcome))
                    .description("Calls of the gateway's own proxy")
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .register(registry);
        }
    }

    private void count(MeterRegistry registry, String outcome, boolean isAllowed) {
        FunctionCounter.builder(
                        "holdfast.checks",
                        servers,
                        it -> it.stream()
                                .mapToLong(server -> server.count(isAllowed))
                                .sum())
                .description("Calls that proxies asked about")
                .tag("outcome", outcome)
                .register(registry);
    }

    /** A socket that a killed gateway left is nobody's any more: the lock of the data folder says that there is no other. */
    private static String free(Path socket) {
        try {
            if (Files.exists(socket) && !Files.isRegularFile(socket) && !Files.isDirectory(socket)) {
                Files.delete(socket);
            }
            return socket.toString();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the socket " + socket, e);
        }
    }

    private static void closeToOthers(Path socket) {
        try {
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the socket " + socket + " to others", e);
        }
    }

    private static Optional<List<Route>> routes(Settings.Check chosen) {
        if (chosen.routes().isEmpty()) {
            LOG.error(
                    "NOTHING IS LET THROUGH: holdfast.check.routes is not set, so nobody can say what the store gives where");
            return Optional.empty();
        }
        try {
            return Optional.of(RouteFile.read(chosen.routes().get()));
        } catch (PolicyException e) {
            LOG.errorf("NOTHING IS LET THROUGH: the routes are not valid:\n%s", e.getMessage());
            return Optional.empty();
        }
    }

    @PreDestroy
    void stop() {
        servers.forEach(AnswersChecks::close);
        proxy.ifPresent(GuardingProxy::close);
    }
}
