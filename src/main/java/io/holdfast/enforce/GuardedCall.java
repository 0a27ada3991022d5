package io.holdfast.enforce;

import java.util.List;

/**
 * A call that somebody wants to send to the store, as whoever stands in front of it tells. Everything is as it came, and a list
 * of what came more than once.
 *
 * @param method of HTTP
 * @param target in origin form, still encoded
 * @param grants the grants that it brings
 * @param certificates of its client, as RFC 9440 writes them
 * @param isSeen whether the certificates are told beside what the client sent, so that it cannot have written them
 * @param headers all that are told of
 */
public record GuardedCall(
        List<String> method,
        List<String> target,
        List<String> grants,
        List<String> certificates,
        boolean isSeen,
        CallHeaders headers) {

    public GuardedCall {
        method = List.copyOf(method);
        target = List.copyOf(target);
        grants = List.copyOf(grants);
        certificates = List.copyOf(certificates);
    }

    /** Where nobody vouches for what a client writes into its headers. */
    GuardedCall withoutCertificates() {
        return new GuardedCall(method, target, grants, List.of(), false, headers);
    }

    /** Never shows an account. */
    @Override
    public String toString() {
        return "GuardedCall[" + method + "]";
    }
}
