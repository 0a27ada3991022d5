package io.holdfast.enforce;

import io.holdfast.policy.Route;
import io.holdfast.policy.Traffic;
import io.holdfast.policy.TrafficRule;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which calls are not for law enforcement, so that they pass without a grant. A call is ordinary if it is wholly as some ordinary
 * rule says, and no guarded rule could be meant; in every doubt it is guarded. So ordinary rules are read strictly and guarded ones
 * generously, and who calls is proved or is nobody. Safe for many threads.
 */
public final class OrdinaryCalls {

    /** Everything is guarded. */
    public static final OrdinaryCalls NONE = new OrdinaryCalls(Traffic.ALL_GUARDED, BearerTokens.NOBODYS, false);

    private static final String AUTHORIZATION = "authorization";
    private static final String GRANT = "holdfast-grant";

    /** A second place for a token, RFC 6750 section 2.3: nobody could say which of them the store takes. */
    private static final String TOKEN_PARAMETER = "access_token";

    /** What makes a store, or what is before it, take a call for another than the one that was asked about. */
    private static final List<String> OTHER_CALL = List.of(
            "upgrade",
            "http2-settings",
            "x-http-method-override",
            "x-http-method",
            "x-method-override",
            "x-original-url",
            "x-rewrite-url");

    private static final int MOST_CHARS = 16_384;
    private static final Pattern BEARER =
            Pattern.compile("(?i:bearer) ([A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+)");

    private final Traffic traffic;
    private final BearerTokens tokens;
    private final boolean isHeaderVouched;
    private final Map<String, LongAdder> counts = new LinkedHashMap<>();

    /**
     * @param tokens what tokens say
     * @param isHeaderVouched whether every proxy that asks overwrites {@code Client-Cert} with what it saw on the client's connection;
     *     if not, only certificates that are told otherwise say who calls
     */
    public OrdinaryCalls(Traffic traffic, BearerTokens tokens, boolean isHeaderVouched) {
        this.traffic = traffic;
        this.tokens = tokens;
        this.isHeaderVouched = isHeaderVouched;
        traffic.ordinary().forEach(rule -> counts.put(rule.id(), new LongAdder()));
    }

    /** Whether a call is ordinary; counts it if so. */
    boolean take(GuardedCall call) {
        Optional<String> rule = rule(call);
        rule.ifPresent(id -> counts.get(id).increment());
        return rule.isPresent();
    }

    /** The rules that make calls ordinary. */
    public Set<String> ids() {
        return counts.keySet();
    }

    /** How many calls were ordinary by this rule, since the start. */
    public long count(String id) {
        return counts.get(id).sum();
    }

    /** By which rule it is ordinary; nothing if it is guarded. */
    public Optional<String> rule(GuardedCall call) {
        if (traffic.ordinary().isEmpty() || !isPlain(call)) {
            return Optional.empty();
        }
        return CallTarget.parse(call.target().get(0))
                .filter(target -> !target.query().containsKey(TOKEN_PARAMETER))
                .flatMap(target -> caller(call).flatMap(caller -> rule(call, target, caller)));
    }

    private Optional<String> rule(GuardedCall call, CallTarget target, Caller caller) {
        if (traffic.guarded().stream().anyMatch(rule -> couldBe(rule, call, target, caller))) {
            return Optional.empty();
        }
        return traffic.ordinary().stream()
                .filter(rule -> is(rule, call, target, caller))
                .map(TrafficRule::id)
                .findFirst();
    }

    /** One call, of which everything that is looked at is there once, and which brings no grant. */
    private static boolean isPlain(GuardedCall call) {
        return call.method().size() == 1
                && call.target().size() == 1
                && call.grants().isEmpty()
                && !call.headers().has(GRANT)
                && call.certificates().size() <= 1
                && call.headers().each(AUTHORIZATION).size() <= 1
                && OTHER_CALL.stream().noneMatch(call.headers()::has);
    }

    /**
     * Who calls, as far as it is proved.
     *
     * @param certificate the SHA-256 of the client's, also if only the client says so
     * @param isProved whether it is proved
     * @param claims of the token
     */
    private record Caller(Optional<String> certificate, boolean isProved, Map<String, Set<String>> claims) {

        boolean holds(String thumbprint) {
            return certificate.equals(Optional.of(thumbprint));
        }

        boolean has(TrafficRule.Claim claim) {
            return claims.getOrDefault(claim.name(), Set.of()).contains(claim.value());
        }
    }

    /** Nothing if it brings a certificate or a token that proves nothing. */
    private Optional<Caller> caller(GuardedCall call) {
        Optional<String> certificate = Thumbprint.of(call.certificates());
        if (certificate.isEmpty() && !call.certificates().isEmpty()) {
            return Optional.empty();
        }
        boolean isProved = certificate.isPresent() && (call.isSeen() || isHeaderVouched);
        List<String> authorization = call.headers().all(AUTHORIZATION);
        if (authorization.isEmpty() || !traffic.asksForTokens()) {
            return Optional.of(new Caller(certificate, isProved, Map.of()));
        }
        return claims(authorization.get(0))
                // A token that is bound to a certificate is its holder's alone, RFC 8705 section 3.
                .filter(claims -> !claims.containsKey("cnf")
                        || isProved && claims.get("cnf").equals(Set.of(certificate.get())))
                .map(claims -> new Caller(certificate, isProved, claims));
    }

    private Optional<Map<String, Set<String>>> claims(String authorization) {
        Matcher bearer = BEARER.matcher(authorization);
        return authorization.length() <= MOST_CHARS && bearer.matches()
                ? tokens.claims(bearer.group(1))
                : Optional.empty();
    }

    private static boolean is(TrafficRule rule, GuardedCall call, CallTarget target, Caller caller) {
        TrafficRule.Where where = rule.route().orElseThrow();
        boolean isThere = where.methods().contains(call.method().get(0))
                && where.paths().stream().anyMatch(paths -> leadsTo(paths, target.path()));
        boolean isTold = rule.header()
                .map(header -> call.headers()
                        .all(header.name())
                        .equals(List.of(header.value().orElseThrow())))
                .orElse(true);
        boolean isHolder = rule.mtls()
                .map(thumbprint -> caller.isProved() && caller.holds(thumbprint))
                .orElse(true);
        boolean isClaimed = rule.jwt().map(caller::has).orElse(true);
        return rule.hasIdentity() && isThere && isTold && isHolder && isClaimed;
    }

    /** Whether some reader could see what the rule means: in other letters, below the path, as one value of several. */
    private static boolean couldBe(TrafficRule rule, GuardedCall call, CallTarget target, Caller caller) {
        boolean couldBeThere = rule.route()
                .map(where -> couldBe(where.methods(), call.method().get(0))
                        && where.paths().stream()
                                .anyMatch(paths -> begins(paths, target.path(), OrdinaryCalls::couldBe)))
                .orElse(true);
        boolean couldBeTold = rule.header()
                .map(header -> header.value()
                        .map(value -> call.headers().each(header.name()).stream()
                                .anyMatch(one -> folded(one).equals(folded(value))))
                        .orElse(call.headers().has(header.name())))
                .orElse(true);
        boolean couldBeHolder = rule.mtls().map(caller::holds).orElse(true);
        boolean isClaimed = rule.jwt().map(caller::has).orElse(true);
        return couldBeThere && couldBeTold && couldBeHolder && isClaimed;
    }

    /** HEAD is what GET would have said. */
    private static boolean couldBe(Set<String> methods, String method) {
        String capitals = method.toUpperCase(Locale.ROOT);
        return methods.isEmpty() || methods.contains(capitals) || capitals.equals("HEAD") && methods.contains("GET");
    }

    /** With an ending, too: some stores take {@code export.json} for {@code export}. */
    private static boolean couldBe(String word, String segment) {
        String folded = folded(segment);
        return folded.equals(folded(word)) || folded.startsWith(folded(word) + ".");
    }

    /** As a store could read it that does not look closely. */
    private static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .strip();
    }

    private interface Same {
        boolean test(String word, String segment);
    }

    /** Below an open shape, and not at it: whether a folder is what is in it, stores disagree on. */
    private static boolean leadsTo(TrafficRule.Paths paths, List<String> segments) {
        int length = paths.segments().size();
        return (paths.isOpen() ? segments.size() > length : segments.size() == length)
                && begins(paths, segments, String::equals);
    }

    private static boolean begins(TrafficRule.Paths paths, List<String> segments, Same same) {
        List<Route.Segment> shape = paths.segments();
        if (segments.size() < shape.size()) {
            return false;
        }
        for (int i = 0; i < shape.size(); i++) {
            if (!shape.get(i).isAny() && !same.test(shape.get(i).text(), segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Never shows what rules look for. */
    @Override
    public String toString() {
        return "OrdinaryCalls" + counts.keySet().stream().collect(Collectors.joining(", ", "[", "]"));
    }
}
