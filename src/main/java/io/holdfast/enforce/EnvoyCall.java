package io.holdfast.enforce;

import io.holdfast.extauthz.AttributeContext;
import io.holdfast.extauthz.AttributeContext.HttpRequest;
import io.holdfast.extauthz.CheckRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The call that Envoy asks about, if what it tells has one meaning only. What it tells twice, of the attributes and among the
 * headers, must be the same; what could make the store give something else, a body or another protocol, has no place in it.
 *
 * @param call what is asked
 * @param removed the names of headers that do not go on to the store
 */
record EnvoyCall(GuardedCall call, List<String> removed) {

    private static final String GRANT = "holdfast-grant";
    private static final String CERTIFICATE = "client-cert";
    private static final Set<String> PROTOCOLS = Set.of("HTTP/1.1", "HTTP/2", "HTTP/3");
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:\\[\\]-]{1,255}");

    private static final Set<String> REFUSED = Set.of(
            "connection", "upgrade", "http2-settings", "transfer-encoding", "trailer", "expect", "content-encoding");

    /** What goes on to the store: where it is sent, that it has no body, and in which form the answer is wanted. */
    private static final Set<String> KEPT = Set.of("host", "content-length", "accept");

    EnvoyCall {
        removed = List.copyOf(removed);
    }

    /** Nothing if it is no plain call of HTTP, or nobody can tell. */
    static Optional<EnvoyCall> of(CheckRequest question) {
        AttributeContext attributes = question.getAttributes();
        HttpRequest http = attributes.getRequest().getHttp();
        return EnvoyHeaders.of(http)
                .filter(headers -> isPlain(http) && agree(http, headers) && hasNoBody(http, headers))
                .map(headers -> new EnvoyCall(
                        new GuardedCall(
                                List.of(http.getMethod()),
                                List.of(http.getPath()),
                                headers.each(GRANT),
                                certificates(attributes.getSource(), headers),
                                true,
                                headers.all()),
                        headers.names().stream()
                                .filter(name -> !name.startsWith(":") && !KEPT.contains(name))
                                .toList()));
    }

    private static boolean isPlain(HttpRequest http) {
        return !http.getMethod().isEmpty()
                && PROTOCOLS.contains(http.getProtocol())
                && SCHEMES.contains(http.getScheme())
                && HOST.matcher(http.getHost()).matches()
                // Envoy leaves these two empty, and has the query in the path.
                && http.getQuery().isEmpty()
                && http.getFragment().isEmpty();
    }

    private static boolean agree(HttpRequest http, EnvoyHeaders headers) {
        return headers.isOnly(":method", http.getMethod())
                && headers.isOnly(":path", http.getPath())
                && headers.isOnly(":authority", http.getHost())
                && headers.isOnly("host", http.getHost())
                && headers.isOnly(":scheme", http.getScheme())
                && REFUSED.stream().noneMatch(headers::has);
    }

    private static boolean hasNoBody(HttpRequest http, EnvoyHeaders headers) {
        return http.getSize() <= 0
                && http.getBody().isEmpty()
                && http.getRawBody().isEmpty()
                && headers.isOnly("content-length", "0");
    }

    /** Of the connection, as Envoy saw it. A header is what anybody can write, and makes one that cannot be read. */
    private static List<String> certificates(AttributeContext.Peer client, EnvoyHeaders headers) {
        if (headers.has(CERTIFICATE)) {
            return List.of("");
        }
        return client.getCertificate().isEmpty() ? List.of() : List.of(EscapedPem.rfc9440(client.getCertificate()));
    }

    /** Never shows an account. */
    @Override
    public String toString() {
        return "EnvoyCall[" + call + "]";
    }
}
