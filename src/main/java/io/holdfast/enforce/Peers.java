package io.holdfast.enforce;

import io.vertx.core.net.SocketAddress;
import java.util.Set;

/**
 * Who may ask at one place.
 *
 * @param addresses of those who may
 * @param isUnixSocket whoever may open it may ask
 */
record Peers(Set<String> addresses, boolean isUnixSocket) {

    Peers {
        addresses = Set.copyOf(addresses);
    }

    /** An address that is not known is nobody's: only where the server listens makes it a Unix socket. */
    boolean mayAsk(SocketAddress peer) {
        return isUnixSocket || peer != null && peer.hostAddress() != null && addresses.contains(peer.hostAddress());
    }
}
