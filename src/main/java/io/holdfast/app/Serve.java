package io.holdfast.app;

import io.holdfast.cli.DevelopmentIssuer;
import io.holdfast.cli.ExitCode;
import io.holdfast.cli.ServeOptions;
import io.holdfast.store.DataFolder;
import io.quarkus.runtime.Quarkus;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts the server with what the command line says, and waits for its end. */
final class Serve {

    private Serve() {}

    static int run(ServeOptions options) {
        DataFolder.create(options.data()); // the database is opened before anything of ours runs
        set("holdfast.data", options.data().toAbsolutePath().toString());
        options.database().ifPresent(url -> set("holdfast.database", url));
        set("holdfast.policies", options.policies().toAbsolutePath().toString());
        options.authorities()
                .ifPresent(path ->
                        set("holdfast.authorities", path.toAbsolutePath().toString()));
        set("holdfast.holds", options.holds());
        options.continues()
                .ifPresent(
                        path -> set("holdfast.continues", path.toAbsolutePath().toString()));
        set("quarkus.http.host", options.host());
        set("quarkus.http.port", Integer.toString(options.port()));
        options.store().ifPresent(url -> set("holdfast.store.url", url));
        options.announce()
                .ifPresent(
                        file -> set("holdfast.announce", file.toAbsolutePath().toString()));
        if (options.development()) {
            trustDevelopmentIssuer(options);
        }
        AtomicInteger code = new AtomicInteger(ExitCode.UNREACHABLE);
        Quarkus.run(null, (exitCode, failure) -> {
            code.set(failure == null ? exitCode : ExitCode.UNREACHABLE);
            if (failure != null) {
                System.err.println("the gateway did not start: " + root(failure));
            }
        });
        return code.get();
    }

    private static Throwable root(Throwable failure) {
        return failure.getCause() == null ? failure : root(failure.getCause());
    }

    private static void trustDevelopmentIssuer(ServeOptions options) {
        DevelopmentIssuer issuer = new DevelopmentIssuer(options.data());
        issuer.create();
        set("holdfast.development", "true");
        set(IssuerKeysSource.ISSUER, DevelopmentIssuer.NAME);
        set(IssuerKeysSource.LOCATION, issuer.publicKey().toUri().toString());
        issuer.warning().forEach(System.err::println);
    }

    private static void set(String name, String value) {
        System.setProperty(name, value);
    }
}
