package io.holdfast.policy;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an operator says of the calls that the store takes. Like the registry of authorities it is no part of a rulebook: it says
 * where data is, and never who may have it.
 *
 * <pre>
 * schema: holdfast/v1
 * kind: Routes
 * routes:
 *   - path: /users/{id}/profile
 *     methods: [GET]
 *     account: {kind: USER-ID, path: id}
 *     period: NONE
 *     categories: [SUBSCRIBER]
 *   - path: /messages
 *     methods: [GET]
 *     account: {kind: EMAIL, query: user}
 *     period: {from: since, to: until}
 *     also: [page]
 *     categories: [CONTENT, TRAFFIC]
 *     fields:
 *       /messages/&#42;/body: CONTENT
 *       /messages/&#42;/sent: TRAFFIC
 * </pre>
 */
public final class RouteFile {

    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._~-]+|\\{[a-z][a-z0-9-]*\\}");
    private static final Pattern METHOD = Pattern.compile("GET|HEAD|POST|PUT|PATCH|DELETE");
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z0-9._~-]{1,64}");
    private static final String NO_PERIOD = "NONE";
    private static final Map<String, Request.Target.Kind> KINDS =
            Stream.of(Request.Target.Kind.values()).collect(Collectors.toMap(Request.Target.Kind::code, kind -> kind));
    private static final Map<String, DataCategory> CATEGORIES =
            Stream.of(DataCategory.values()).collect(Collectors.toMap(DataCategory::code, Function.identity()));

    private RouteFile() {}

    /** @throws PolicyException if it cannot be read, or two routes in it can be the same call; names each line */
    public static List<Route> read(Path file) throws PolicyException {
        Problems problems = new Problems();
        String name = String.valueOf(file.getFileName());
        try {
            return parse(name, Files.readAllBytes(file));
        } catch (IOException e) {
            problems.add(file.toString(), 1, 1, "cannot be read: " + e.getMessage());
        }
        problems.throwIfAny();
        return List.of();
    }

    /** The same of a file of this name. */
    public static List<Route> parse(String name, byte[] bytes) throws PolicyException {
        Problems problems = new Problems();
        List<Route> routes = new ArrayList<>();
        StrictYaml.read(name, bytes, "Routes", problems).ifPresent(root -> {
            root.allow("routes");
            for (Value one : root.need("routes").list()) {
                Section section = one.section();
                if (section != null) {
                    route(section).ifPresent(route -> add(route, routes, section));
                }
            }
        });
        problems.throwIfAny();
        return List.copyOf(routes);
    }

    private static void add(Route route, List<Route> routes, Section section) {
        if (routes.stream().anyMatch(route::overlaps)) {
            section.problem("one call can be of this route and of an earlier one; nobody could say what it gives");
        }
        routes.add(route);
    }

    private static Optional<Route> route(Section section) {
        section.allow("path", "methods", "account", "period", "also", "categories", "fields");
        List<Route.Segment> path = path(section.need("path"));
        Set<String> methods = methods(section.need("methods"));
        Route.AccountAt account = account(section.need("account"), path);
        Optional<Route.PeriodAt> period = period(section.need("period"));
        Set<String> also = section.find("also").map(RouteFile::parameters).orElseGet(LinkedHashSet::new);
        Set<DataCategory> categories =
                Value.distinct(section.need("categories").list(), value -> value.oneOf(CATEGORIES));
        List<Field> fields = section.find("fields")
                .map(value -> fields(value.section(), categories))
                .orElseGet(List::of);
        if (!section.isSound()) {
            return Optional.empty();
        }
        Set<String> named = new HashSet<>(also);
        boolean isDistinct = (account.isInPath() || named.add(account.place()))
                && period.map(at -> named.add(at.from()) && named.add(at.to())).orElse(true);
        if (!isDistinct) {
            section.problem("a parameter has two meanings; each name stands once");
            return Optional.empty();
        }
        return Optional.of(new Route(methods, path, account, period, also, categories, fields));
    }

    static Set<String> methods(Value value) {
        return Value.distinct(value.list(), one -> matching(one, METHOD, "must be a method of HTTP"));
    }

    private static List<Route.Segment> path(Value value) {
        String text = value.text();
        return text == null ? new ArrayList<>() : path(value, text);
    }

    /** The segments of a path that stands in this value. */
    static List<Route.Segment> path(Value value, String text) {
        List<Route.Segment> segments = new ArrayList<>();
        String[] parts = text.split("/", -1);
        Set<String> names = new HashSet<>();
        for (int i = 1; i < parts.length; i++) {
            boolean isAny = parts[i].startsWith("{");
            String name = isAny && parts[i].length() > 2 ? parts[i].substring(1, parts[i].length() - 1) : parts[i];
            if (!SEGMENT.matcher(parts[i]).matches() || parts[i].matches("\\.\\.?") || (isAny && !names.add(name))) {
                return value.wrong("must be plain segments, each after a slash, or a name in braces, each once");
            }
            segments.add(new Route.Segment(name, isAny));
        }
        return parts[0].isEmpty() && !segments.isEmpty() ? segments : value.wrong("must begin with a slash");
    }

    private static Route.AccountAt account(Value value, List<Route.Segment> path) {
        Section section = value.section();
        if (section == null) {
            return null;
        }
        section.allow("kind", "path", "query");
        Request.Target.Kind kind = section.need("kind").oneOf(KINDS);
        if (section.find("path").isPresent() == section.find("query").isPresent()) {
            section.problem("says either which segment of the path names it, or which parameter of the query");
            return null;
        }
        boolean isInPath = section.find("path").isPresent();
        String place = isInPath
                ? section.need("path").text()
                : matching(section.need("query"), PARAMETER, "must be the name of a parameter");
        if (isInPath && (path == null || !path.contains(new Route.Segment(place, true)))) {
            section.problem("path: no segment of the path has this name");
        }
        return section.isSound() ? new Route.AccountAt(kind, isInPath, place) : null;
    }

    private static Optional<Route.PeriodAt> period(Value value) {
        if (value.isScalar()) {
            value.expect(NO_PERIOD);
            return Optional.empty();
        }
        Section section = value.section();
        if (section == null) {
            return Optional.empty();
        }
        section.allow("from", "to");
        String from = matching(section.need("from"), PARAMETER, "must be the name of a parameter");
        String to = matching(section.need("to"), PARAMETER, "must be the name of a parameter");
        return section.isSound() ? Optional.of(new Route.PeriodAt(from, to)) : Optional.empty();
    }

    private static List<Field> fields(Section section, Set<DataCategory> categories) {
        List<Field> fields = new ArrayList<>();
        if (section == null) {
            return fields;
        }
        for (String pointer : section.keys()) {
            Value value = section.need(pointer);
            DataCategory category = value.oneOf(CATEGORIES);
            Optional<List<Field.Step>> path = Field.parse(pointer);
            if (path.isEmpty()) {
                value.wrong("must be a JSON pointer such as /messages/*/body, with * for each element of an array");
            } else if (category != null && !categories.contains(category)) {
                value.wrong("is " + category.code() + ", which is not among the categories of the route");
            } else if (category != null) {
                Field field = new Field(path.get(), category);
                if (fields.stream().anyMatch(field::overlaps)) {
                    value.wrong("is in another field, or another is in it; nobody could say which data it is");
                }
                fields.add(field);
            }
        }
        if (section.keys().isEmpty()) {
            section.problem("fields is empty; leave the key out or fill it");
        }
        return fields;
    }

    private static Set<String> parameters(Value value) {
        return Value.distinct(value.list(), part -> matching(part, PARAMETER, "must be the name of a parameter"));
    }

    private static String matching(Value value, Pattern pattern, String rule) {
        String text = value.text();
        return text == null || pattern.matcher(text).matches() ? text : value.wrong(rule);
    }
}
