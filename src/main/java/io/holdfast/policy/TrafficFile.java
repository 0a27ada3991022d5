package io.holdfast.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an operator says of the calls that come to a guarded address: which of them are not for law enforcement, and pass without a
 * grant. Like {@link RouteFile} it is no part of a rulebook.
 *
 * <pre>
 * schema: holdfast/v1
 * kind: Traffic
 * guarded:
 *   - id: exports
 *     route: {paths: [/export]}
 *   - id: case-numbers
 *     header: {name: X-Case-Number}
 * ordinary:
 *   - id: mail-frontend
 *     route: {methods: [GET], paths: ["/users/{id}/profile", "/messages/&#42;&#42;"]}
 *     mtls: NfOYVpWZTaQzEpgkLO6xtOYTGlTF14FQyLcF8-ogUGM
 *   - id: support-desk
 *     route: {methods: [GET], paths: ["/users/{id}/profile"]}
 *     jwt: {claim: azp, value: support-desk}
 * </pre>
 *
 * All conditions of a rule hold together. An ordinary rule says who calls, by a certificate or a token, and where to: a header is
 * what anybody can send, and can make a call guarded, but never alone make it ordinary.
 */
public final class TrafficFile {

    private static final String BELOW = "/**";
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[!-+\\--~]([ -+\\--~]{0,253}[!-+\\--~])?");
    private static final Pattern CLAIM = Pattern.compile("[A-Za-z0-9_.:/-]{1,128}");
    private static final Pattern CLAIM_VALUE = Pattern.compile("[!-~]([ -~]{0,253}[!-~])?");

    /** 32 bytes; the last letter stands for four bits, and the two after them are none. */
    private static final Pattern THUMBPRINT = Pattern.compile("[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]");

    /** What is in every token of an issuer, or is about the token and not about who has it. */
    private static final Set<String> NOBODY = Set.of("iss", "aud", "exp", "nbf", "iat", "jti", "cnf", "typ");

    /** What says which call is asked about, or brings what is looked at elsewhere. */
    private static final Set<String> READ_ALREADY = Set.of("holdfast-grant", "client-cert", "authorization", "host");

    private TrafficFile() {}

    /** @throws PolicyException if it cannot be read, or a rule in it is not to be had; names each line */
    public static Traffic read(Path file) throws PolicyException {
        Problems problems = new Problems();
        try {
            return parse(String.valueOf(file.getFileName()), Files.readAllBytes(file));
        } catch (IOException e) {
            problems.add(file.toString(), 1, 1, "cannot be read: " + e.getMessage());
        }
        problems.throwIfAny();
        return Traffic.ALL_GUARDED;
    }

    /** The same of a file of this name. */
    public static Traffic parse(String name, byte[] bytes) throws PolicyException {
        Problems problems = new Problems();
        List<TrafficRule> guarded = new ArrayList<>();
        List<TrafficRule> ordinary = new ArrayList<>();
        StrictYaml.read(name, bytes, "Traffic", problems).ifPresent(root -> {
            root.allow("guarded", "ordinary");
            Set<String> ids = new HashSet<>();
            root.find("guarded").ifPresent(list -> rules(list, false, ids, guarded));
            root.find("ordinary").ifPresent(list -> rules(list, true, ids, ordinary));
            if (root.find("guarded").isEmpty() && root.find("ordinary").isEmpty()) {
                root.problem("says nothing; without rules everything is guarded, and no file is needed");
            }
        });
        problems.throwIfAny();
        return new Traffic(guarded, ordinary);
    }

    private static void rules(Value list, boolean isOrdinary, Set<String> ids, List<TrafficRule> into) {
        for (Value one : list.list()) {
            Section section = one.section();
            if (section != null) {
                rule(section, isOrdinary, ids).ifPresent(into::add);
            }
        }
    }

    private static Optional<TrafficRule> rule(Section section, boolean isOrdinary, Set<String> ids) {
        section.allow("id", "route", "header", "mtls", "jwt");
        String id = section.need("id").id();
        if (id != null && !ids.add(id)) {
            section.problem("the id '" + id + "' is that of an earlier rule; each has its own");
        }
        Optional<TrafficRule.Where> route = section.find("route").map(value -> where(value, isOrdinary));
        Optional<TrafficRule.Header> header = section.find("header").map(value -> header(value, isOrdinary));
        Optional<String> mtls = section.find("mtls")
                .map(value -> matching(
                        value,
                        THUMBPRINT,
                        "must be the SHA-256 of a certificate in base64url without padding, 43 characters"));
        Optional<TrafficRule.Claim> jwt = section.find("jwt").map(TrafficFile::claim);
        if (!section.isSound()) {
            return Optional.empty();
        }
        TrafficRule rule = new TrafficRule(id, route, header, mtls, jwt);
        if (isOrdinary && !rule.hasIdentity()) {
            section.problem("an ordinary rule needs mtls or jwt: anybody can send a header or call a path, "
                    + "so this would make everything ordinary");
            return Optional.empty();
        }
        if (isOrdinary && route.isEmpty()) {
            section.problem("an ordinary rule needs a route: nobody's calls are ordinary wherever they go");
            return Optional.empty();
        }
        if (route.isEmpty() && header.isEmpty() && !rule.hasIdentity()) {
            section.problem("says nothing about a call; give it route, header, mtls or jwt");
            return Optional.empty();
        }
        return Optional.of(rule);
    }

    private static TrafficRule.Where where(Value value, boolean isOrdinary) {
        Section section = value.section();
        if (section == null) {
            return null;
        }
        section.allow("methods", "paths");
        Set<String> methods = isOrdinary
                ? RouteFile.methods(section.need("methods"))
                : section.find("methods").map(RouteFile::methods).orElse(Set.of());
        List<TrafficRule.Paths> paths = new ArrayList<>();
        for (Value path : section.need("paths").list()) {
            TrafficRule.Paths shape = paths(path);
            if (shape != null && shape.segments().stream().allMatch(Route.Segment::isAny)) {
                path.wrong("must have a segment in plain words; else it would be every path");
            } else if (shape != null) {
                paths.add(shape);
            }
        }
        return section.isSound() ? new TrafficRule.Where(methods, paths) : null;
    }

    private static TrafficRule.Paths paths(Value value) {
        String text = value.text();
        if (text == null) {
            return null;
        }
        boolean isOpen = text.endsWith(BELOW);
        List<Route.Segment> segments =
                RouteFile.path(value, isOpen ? text.substring(0, text.length() - BELOW.length()) : text);
        return segments == null ? null : new TrafficRule.Paths(segments, isOpen);
    }

    private static TrafficRule.Header header(Value value, boolean isOrdinary) {
        Section section = value.section();
        if (section == null) {
            return null;
        }
        section.allow("name", "value");
        String name = matching(section.need("name"), HEADER, "must be the name of a header: letters, digits, hyphens");
        if (name != null && READ_ALREADY.contains(name.toLowerCase(Locale.ROOT))) {
            section.need("name")
                    .wrong("is a header that the gateway reads for itself; use mtls, jwt or another header");
        }
        Optional<Value> wanted = isOrdinary ? Optional.of(section.need("value")) : section.find("value");
        Optional<String> exact = wanted.map(
                it -> matching(it, HEADER_VALUE, "must be printable ASCII without a comma, at most 255 characters"));
        return section.isSound() ? new TrafficRule.Header(name.toLowerCase(Locale.ROOT), exact) : null;
    }

    private static TrafficRule.Claim claim(Value value) {
        Section section = value.section();
        if (section == null) {
            return null;
        }
        section.allow("claim", "value");
        String name = matching(section.need("claim"), CLAIM, "must be the name of a claim");
        if (name != null && NOBODY.contains(name)) {
            section.need("claim").wrong("is '" + name + "', which says nothing about who calls");
        }
        String wanted = matching(section.need("value"), CLAIM_VALUE, "must be printable ASCII, at most 255 characters");
        return section.isSound() ? new TrafficRule.Claim(name, wanted) : null;
    }

    private static String matching(Value value, Pattern pattern, String rule) {
        String text = value.text();
        return text == null || pattern.matcher(text).matches() ? text : value.wrong(rule);
    }
}
