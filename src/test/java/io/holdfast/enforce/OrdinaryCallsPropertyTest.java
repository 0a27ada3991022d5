package io.holdfast.enforce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.fixture.CallerIssuer;
import io.holdfast.http.CallerTokens;
import io.holdfast.policy.Route;
import io.holdfast.policy.Traffic;
import io.holdfast.policy.TrafficRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Over random rules and random calls: whoever passes without a grant has proved who they are. */
class OrdinaryCallsPropertyTest {

    private static final CallerIssuer ISSUER = new CallerIssuer();

    /** What the tokens say that are to be believed, written down by hand. */
    private static final Map<String, Set<String>> AZP = Map.of(
            "good", Set.of("support-desk"),
            "billing", Set.of("billing"),
            "listed", Set.of("other", "support-desk"),
            "staff", Set.of("support-desk"),
            "investigators", Set.of("support-desk"),
            "bound", Set.of("support-desk"),
            "otherclaim", Set.of("other"));

    private static final List<byte[]> CERTIFICATES = List.of(CallerIssuer.CERTIFICATE, CallerIssuer.OTHER_CERTIFICATE);
    private static final List<String> PATHS =
            List.of("/a", "/a", "/a/b", "/a/b", "/a/b/c", "/A/b", "/a/b/c", "/x/b", "/a//b", "/a/%62", "/a/b?p=q");
    private static final List<String> HEADERS = List.of("x-one", "X-One", "x_one", "x-two");
    private static final List<String> VALUES = List.of("v", "V", "v,w", "w", "");

    private final Random random;

    OrdinaryCallsPropertyTest() {
        long seed = Long.getLong("holdfast.seed", 20_261_126L);
        System.out.println("OrdinaryCallsPropertyTest: seed " + seed);
        random = new Random(seed);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private <T> Optional<T> maybe(T value) {
        return random.nextBoolean() ? Optional.of(value) : Optional.empty();
    }

    private TrafficRule rule(String id, boolean isOrdinary) {
        List<Route.Segment> segments = new ArrayList<>(List.of(new Route.Segment("a", false)));
        if (random.nextBoolean()) {
            segments.add(new Route.Segment("b", random.nextBoolean()));
        }
        TrafficRule.Where where = new TrafficRule.Where(
                random.nextBoolean() || !isOrdinary && random.nextBoolean() ? Set.of("GET") : Set.of("GET", "POST"),
                List.of(new TrafficRule.Paths(segments, random.nextBoolean())));
        Optional<TrafficRule.Header> header = random.nextInt(8) == 0
                ? Optional.of(new TrafficRule.Header("x-one", Optional.of(one(List.of("v", "w")))))
                : Optional.empty();
        Optional<String> mtls = maybe(CallerIssuer.thumbprint(one(CERTIFICATES)));
        Optional<TrafficRule.Claim> jwt = mtls.isEmpty() || random.nextInt(3) == 0
                ? Optional.of(new TrafficRule.Claim("azp", one(List.of("support-desk", "billing"))))
                : Optional.empty();
        return new TrafficRule(id, isOrdinary ? Optional.of(where) : maybe(where), header, mtls, jwt);
    }

    private Traffic traffic() {
        List<TrafficRule> guarded = new ArrayList<>();
        List<TrafficRule> ordinary = new ArrayList<>();
        for (int i = random.nextInt(2); i > 0; i--) {
            guarded.add(rule("g" + i, false));
        }
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            ordinary.add(rule("o" + i, true));
        }
        return new Traffic(guarded, ordinary);
    }

    /** A call, and what it was made of. */
    private record Made(
            GuardedCall call,
            Optional<String> token,
            List<Map.Entry<String, String>> lines,
            Optional<byte[]> certificate) {}

    private Made made() {
        List<Map.Entry<String, String>> lines = new ArrayList<>();
        Optional<String> token = random.nextInt(5) == 0
                ? Optional.empty()
                : Optional.of(random.nextBoolean() ? one(List.copyOf(AZP.keySet())) : one(ISSUER.names()));
        token.ifPresent(name -> lines.add(Map.entry("Authorization", "Bearer " + ISSUER.token(name))));
        for (int i = random.nextInt(3); i > 0; i--) {
            lines.add(Map.entry(one(HEADERS), one(VALUES)));
        }
        Optional<byte[]> certificate = maybe(one(CERTIFICATES));
        return new Made(
                new GuardedCall(
                        List.of(one(List.of("GET", "GET", "GET", "GET", "POST", "HEAD", "get"))),
                        List.of(one(PATHS)),
                        List.of(),
                        certificate.map(CallerIssuer::header).stream().toList(),
                        random.nextBoolean(),
                        CallHeaders.of(lines)),
                token,
                lines,
                certificate);
    }

    private static GuardedCall with(Made made, List<String> grants, Stream<Map.Entry<String, String>> lines) {
        GuardedCall call = made.call();
        return new GuardedCall(
                call.method(),
                call.target(),
                grants,
                call.certificates(),
                call.isSeen(),
                CallHeaders.of(lines.toList()));
    }

    /** Whether this is who the rule names, told without the code that is tried. */
    private static boolean isProved(TrafficRule rule, Made made, boolean isHeaderVouched) {
        boolean isCertificateProved = made.call().isSeen() || isHeaderVouched;
        boolean isHolder = rule.mtls().isEmpty()
                || isCertificateProved
                        && made.certificate()
                                .filter(it -> CallerIssuer.thumbprint(it)
                                        .equals(rule.mtls().get()))
                                .isPresent();
        boolean isBoundToOther = made.token().equals(Optional.of("bound"))
                && !(isCertificateProved && made.certificate().equals(Optional.of(CallerIssuer.CERTIFICATE)));
        boolean hasClaim = rule.jwt().isEmpty()
                || !isBoundToOther
                        && made.token()
                                .filter(name -> AZP.getOrDefault(name, Set.of())
                                        .contains(rule.jwt().get().value()))
                                .isPresent();
        return (rule.mtls().isPresent() || rule.jwt().isPresent()) && isHolder && hasClaim;
    }

    @Test
    void whatever_is_ordinary_has_a_proved_identity() {
        CallerTokens tokens = ISSUER.verifier();
        int isOrdinary = 0;
        for (int i = 0; i < 20_000; i++) {
            boolean isHeaderVouched = random.nextInt(4) == 0;
            Traffic traffic = traffic();
            OrdinaryCalls calls = new OrdinaryCalls(traffic, tokens::claims, isHeaderVouched);
            Made made = made();
            Optional<String> rule = calls.rule(made.call());
            if (rule.isEmpty()) {
                continue;
            }
            isOrdinary++;
            TrafficRule by = traffic.ordinary().stream()
                    .filter(it -> it.id().equals(rule.get()))
                    .findFirst()
                    .orElseThrow();
            assertTrue(isProved(by, made, isHeaderVouched), () -> by + " let " + made.token() + " pass");

            // What takes the proof away, or puts it in doubt, takes the rest away.
            Stream<Map.Entry<String, String>> others =
                    made.lines().stream().filter(line -> !line.getKey().equals("Authorization"));
            GuardedCall nobody = with(made, List.of(), others).withoutCertificates();
            assertEquals(Optional.empty(), calls.rule(nobody));
            assertEquals(Optional.empty(), calls.rule(with(made, List.of("x"), made.lines().stream())));
            Map.Entry<String, String> second = Map.entry("authorization", "Bearer " + ISSUER.token("good"));
            Map.Entry<String, String> third = Map.entry("AUTHORIZATION", "Basic YTpi");
            assertEquals(
                    Optional.empty(),
                    calls.rule(with(made, List.of(), Stream.concat(made.lines().stream(), Stream.of(second, third)))));
            // More guarded rules never make more ordinary.
            List<TrafficRule> more = new ArrayList<>(traffic.guarded());
            more.add(rule("more", false));
            Optional<String> then = new OrdinaryCalls(
                            new Traffic(more, traffic.ordinary()), tokens::claims, isHeaderVouched)
                    .rule(made.call());
            assertTrue(then.isEmpty() || then.equals(rule));
        }
        System.out.println("OrdinaryCallsPropertyTest: 20000 calls, " + isOrdinary + " ordinary, each proved");
        assertTrue(isOrdinary > 400);
    }
}
