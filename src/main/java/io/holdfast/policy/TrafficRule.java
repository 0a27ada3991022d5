package io.holdfast.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which calls one rule is about. What a call must be like for it is said by whoever judges calls: a rule that makes calls ordinary is
 * read strictly, and one that makes them guarded generously.
 *
 * @param id by which operators and meters name it
 * @param route where the call goes; nothing if that does not matter
 * @param header that it has
 * @param mtls the SHA-256 of its client's certificate, in base64url without padding
 * @param jwt what its bearer token says
 */
public record TrafficRule(
        String id, Optional<Where> route, Optional<Header> header, Optional<String> mtls, Optional<Claim> jwt) {

    /**
     * @param methods of HTTP, in capitals; empty for any
     * @param paths at least one
     */
    public record Where(Set<String> methods, List<Paths> paths) {

        public Where {
            methods = Set.copyOf(methods);
            paths = List.copyOf(paths);
        }
    }

    /**
     * Paths of one shape.
     *
     * @param segments one in braces stands for any
     * @param isOpen whether what is below is of it, too
     */
    public record Paths(List<Route.Segment> segments, boolean isOpen) {

        public Paths {
            segments = List.copyOf(segments);
        }
    }

    /**
     * @param name in small letters
     * @param value nothing for any
     */
    public record Header(String name, Optional<String> value) {}

    /** A claim of a token, and what it must be, or have among its values. */
    public record Claim(String name, String value) {}

    /** Whether it says who calls, in a way that somebody else cannot make up. */
    public boolean hasIdentity() {
        return mtls.isPresent() || jwt.isPresent();
    }
}
