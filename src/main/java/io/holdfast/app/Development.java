package io.holdfast.app;

import io.holdfast.cli.DevelopmentIssuer;
import io.holdfast.http.IssuerKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * When the development issuer may be trusted: only when that was asked for by name, and then only where nobody else can come or has
 * a share. Whoever can read the issuer's key can be anybody, so its key must not speak for a gateway that others use.
 *
 * @param isOn whether it was asked for
 * @param issuer whose tokens are believed, and {@code location} where the keys are, as set
 * @param host where the gateway listens
 * @param database as set
 */
record Development(
        boolean isOn, Path data, Optional<String> issuer, Optional<String> location, String host, String database) {

    /** Why the gateway must not serve like this, for the operator; nothing if it may. */
    Optional<String> objection(Optional<IssuerKeys> trusted) {
        if (!isOn) {
            return isTrusted(trusted)
                    ? Optional.of(
                            "tokens of the development issuer would be believed, and this gateway was not started with "
                                    + "--development; set " + IssuerKeysSource.ISSUER + " and "
                                    + IssuerKeysSource.LOCATION
                                    + " to those of your identity provider")
                    : Optional.empty();
        }
        if (!isThisMachine(host)) {
            return Optional.of("--development is for this machine alone, and the gateway would listen on " + host
                    + ", where others can reach it; listen on 127.0.0.1, or connect an identity provider");
        }
        return database.equals(DatabaseSettings.EMBEDDED)
                ? Optional.empty()
                : Optional.of(
                        "--development is for a log of its own, and holdfast.database is a server, whose log others may "
                                + "share; use the embedded database, or connect an identity provider");
    }

    /** Whether the development issuer's tokens would be believed. */
    boolean isTrusted(Optional<IssuerKeys> trusted) {
        DevelopmentIssuer own = new DevelopmentIssuer(data);
        return issuer.equals(Optional.of(DevelopmentIssuer.NAME))
                || location.flatMap(Development::file)
                        .filter(DevelopmentIssuer::isPublicKey)
                        .isPresent()
                || own.exists()
                        && trusted.filter(keys -> keys.holds(own.readPublicKey()))
                                .isPresent();
    }

    private static Optional<Path> file(String location) {
        try {
            return Optional.of(location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location));
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            return Optional.empty(); // whoever reads the keys says what is wrong with it
        }
    }

    private static boolean isThisMachine(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (IOException e) {
            return false;
        }
    }
}
