package io.holdfast.bench;

import io.holdfast.proxies.Guard;
import io.holdfast.proxies.Program;
import io.holdfast.proxies.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What standing in front of a store takes: the same client gets the same answers from the store itself, through nginx alone,
 * through nginx that asks the gateway, and through the gateway's own proxy. In rounds: in each every way is measured for a
 * moment, one after the other, so that what else the machine does meanwhile meets all of them.
 */
final class InFront {

    private static final int MANY = 16;

    /** Grants for one repetition, by one caller and by many. */
    private static final Map<Integer, Integer> GRANTS = Map.of(1, 250, MANY, 500);

    private static final int WARM_UP_GRANTS = 600;
    private static final Duration LOOK = Duration.ofMillis(1_500);

    /** Longer than any repetition that ends with its grants. */
    private static final Duration UNTIL_USED = Duration.ofMinutes(2);

    private static final Path ROUTES = Path.of("src/test/resources/enforce/bench.yaml");
    private static final Pattern ASKING = Pattern.compile("(?m)^ *(auth_request|satisfy) .*\n");

    /**
     * One way to an answer.
     *
     * @param request of a target and a grant, if one is needed
     */
    private record Way(
            String name, URI url, boolean takesGrants, int status, BiFunction<String, String, byte[]> request) {}

    /** What one repetition is of. */
    private record Cell(String section, Way way, int callers, String target) {}

    private final Options options;
    private final Sheet sheet;
    private final Map<Cell, List<Series.Repetition>> cells = new LinkedHashMap<>();
    private Guard guard;
    private GrantPool grants;

    InFront(Options options, Sheet sheet) {
        this.options = options;
        this.sheet = sheet;
    }

    void run(Path data) throws Exception {
        if (!options.runs(Options.Part.FLOOR)) {
            new Floor(options, sheet).disk();
        }
        loopback();
        Files.createDirectories(data);
        List<Program> programs = new ArrayList<>();
        try {
            int store = Program.freePort();
            programs.add(store(data, store));
            guard = new Guard(data, "original", ROUTES, Guard.ownProxy(store), options.java());
            grants = new GrantPool(guard);
            programs.add(guard.program());
            List<Way> ways = new ArrayList<>();
            ways.add(new Way("direct to the store", url(store), false, 200, InFront::plain));
            if (Proxy.NGINX.installed().isPresent()) {
                int alone = Program.freePort();
                int asking = Program.freePort();
                programs.add(Proxy.NGINX.start(
                        data.resolve("alone").toAbsolutePath(),
                        alone,
                        guard.port(),
                        store,
                        conf -> ASKING.matcher(conf).replaceAll("")));
                programs.add(Proxy.NGINX.start(data.resolve("asking").toAbsolutePath(), asking, guard.port(), store));
                ways.add(new Way("nginx alone", url(alone), false, 200, InFront::plain));
                ways.add(new Way("nginx that asks", url(asking), true, 200, InFront::granted));
            } else {
                System.err.println("bench: NGINX IS NOT INSTALLED, so nothing is measured through it");
            }
            ways.add(new Way("the gateway's own proxy", url(guard.proxyPort()), true, 200, InFront::granted));
            measure(ways, checks(), programs);
        } finally {
            if (guard != null) {
                guard.close();
            }
            programs.forEach(Program::close);
        }
    }

    private void loopback() throws Exception {
        for (Map.Entry<String, Integer> size : JsonStore.SIZES.entrySet()) {
            double[] p50 = new double[options.repetitions()];
            double[] p99 = new double[options.repetitions()];
            for (int i = 0; i < options.repetitions(); i++) {
                Latencies latencies = Loopback.measure(size.getValue());
                p50[i] = latencies.percentile(0.5) / 1e6;
                p99[i] = latencies.percentile(0.99) / 1e6;
            }
            sheet.row(
                    "floor: loopback, there and back, one caller",
                    size.getValue() + " bytes",
                    List.of(Measure.of("p50", "ms", p50), Measure.of("p99", "ms", p99)));
        }
    }

    private static Program store(Path folder, int port) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                JsonStore.class.getName(),
                String.valueOf(port));
        return Program.start(command, folder, "store", Map.of()).awaitPort(port);
    }

    private static URI url(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static String target(String size) {
        return "/users/" + Guard.ACCOUNT + "/rows?size=" + size;
    }

    private static byte[] plain(String target, String grant) {
        return HttpCallers.request("GET " + target, "", new byte[0]);
    }

    private static byte[] granted(String target, String grant) {
        return HttpCallers.request("GET " + target, "Holdfast-Grant: " + grant + "\r\n", new byte[0]);
    }

    /** As nginx asks. */
    private static byte[] asked(String target, String headers) {
        return HttpCallers.request(
                "GET /", "X-Original-Method: GET\r\nX-Original-URI: " + target + "\r\n" + headers, new byte[0]);
    }

    private List<Way> checks() throws InterruptedException, ExecutionException {
        URI url = url(guard.port());
        String real = grants.issue(1).get(0);
        int middle = real.lastIndexOf('.') + 20;
        String edited =
                real.substring(0, middle) + (real.charAt(middle) == 'A' ? 'B' : 'A') + real.substring(middle + 1);
        return List.of(
                new Way("denied, no grant", url, false, 403, (target, grant) -> asked(target, "")),
                new Way(
                        "denied, a grant whose signature is wrong",
                        url,
                        false,
                        403,
                        (target, grant) -> asked(target, "Holdfast-Grant: " + edited + "\r\n")),
                new Way(
                        "let through: a durable signed entry",
                        url,
                        true,
                        200,
                        (target, grant) -> asked(target, "Holdfast-Grant: " + grant + "\r\n")));
    }

    private void measure(List<Way> ways, List<Way> checks, List<Program> programs) throws Exception {
        List<Cell> all = new ArrayList<>();
        for (int callers : List.of(1, MANY)) {
            checks.forEach(way -> all.add(new Cell("a check alone", way, callers, target("small"))));
            for (String size : List.of("small", "large")) {
                String section = "an answer of " + JsonStore.SIZES.get(size) + " bytes, " + Floor.callers(callers);
                ways.forEach(way -> all.add(new Cell(section, way, callers, target(size))));
            }
        }
        warmUp(Stream.concat(ways.stream(), checks.stream()).toList());
        Series series = Series.against(
                options,
                () -> programs.stream().mapToDouble(Program::cpuSeconds).sum());
        for (int round = 0; round < options.repetitions(); round++) {
            Iterator<String> pool = pool(all);
            for (Cell cell : all) {
                System.err.println(
                        "bench: " + cell.section() + ", " + cell.way().name());
                try (HttpCallers load = load(cell.way(), cell.target(), cell.callers(), pool)) {
                    cells.computeIfAbsent(cell, first -> new ArrayList<>())
                            .add(series.repetition(load, cell.way().takesGrants() ? UNTIL_USED : LOOK));
                }
            }
        }
        cells.forEach((cell, repetitions) -> put(cell, series.measures(repetitions)));
    }

    private Iterator<String> pool(List<Cell> all) throws InterruptedException, ExecutionException {
        int needed = all.stream()
                .filter(cell -> cell.way().takesGrants())
                .mapToInt(cell -> GRANTS.get(cell.callers()))
                .sum();
        System.err.println("bench: issuing " + needed + " grants");
        return grants.issue(needed).iterator();
    }

    /** Each way by itself, with what there is to give. */
    private void warmUp(List<Way> ways) throws InterruptedException, ExecutionException {
        for (Way way : ways) {
            Iterator<String> pool = way.takesGrants()
                    ? grants.issue(2 * WARM_UP_GRANTS).iterator()
                    : List.<String>of().iterator();
            for (String size : List.of("small", "large")) {
                try (HttpCallers load = way.takesGrants()
                        ? new HttpCallers(
                                way.url(), requests(way, target(size), pool, WARM_UP_GRANTS), way.status(), MANY)
                        : load(way, target(size), MANY, pool)) {
                    load.run(way.takesGrants() ? UNTIL_USED : LOOK);
                }
            }
        }
    }

    private static HttpCallers load(Way way, String target, int callers, Iterator<String> pool) {
        return way.takesGrants()
                ? new HttpCallers(way.url(), requests(way, target, pool, GRANTS.get(callers)), way.status(), callers)
                : new HttpCallers(way.url(), List.of(way.request().apply(target, "")), way.status(), callers);
    }

    private static Iterator<byte[]> requests(Way way, String target, Iterator<String> pool, int count) {
        return Stream.generate(pool::next)
                .limit(count)
                .map(grant -> way.request().apply(target, grant))
                .toList()
                .iterator();
    }

    private void put(Cell cell, List<Measure> measures) {
        boolean isCheck = cell.section().equals("a check alone");
        String row = cell.way().name() + (isCheck ? ", " + Floor.callers(cell.callers()) : "");
        sheet.row(cell.section(), row, measures);
        if (isCheck && cell.callers() == 1) {
            goals(cell.way(), measures.get(1), measures.get(2));
        }
    }

    private void goals(Way way, Measure p50, Measure p99) {
        String name = "a check alone, 1 caller, " + way.name();
        if (way.takesGrants()) {
            sheet.goal(Goal.atMost(name + ", p50 at most 3 ms", 3, p50));
            sheet.goal(Goal.atMost(name + ", p99 at most 10 ms", 10, p99));
        } else {
            sheet.goal(Goal.atMost(name + ", p50 at most 0.15 ms", 0.15, p50));
        }
    }
}
