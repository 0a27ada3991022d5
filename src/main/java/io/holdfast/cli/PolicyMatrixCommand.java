package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.HoldsInForce;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Term;
import io.holdfast.policy.GrantWords;
import io.holdfast.policy.Matrix;
import io.holdfast.policy.NotServed;
import io.holdfast.policy.PolicyException;
import io.holdfast.policy.Reach;
import io.holdfast.policy.Rulebook;
import io.holdfast.policy.Source;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "matrix",
        description = {
            "Shows what each instrument reaches, by pack and category of data, and says in words who may use it and what it asks for.",
            "Every cell is decided, not read: by requests that satisfy the grant, with all approvals given. The lock need not fit."
        })
final class PolicyMatrixCommand implements Callable<Integer> {

    private static final String OUT_OF_REACH = "-";
    private static final List<DataCategory> CATEGORIES =
            Stream.of(DataCategory.values()).filter(Term::isKnown).toList();

    @Parameters(
            index = "0",
            paramLabel = "DIR",
            defaultValue = "policies",
            description = "The rulebook; default ${DEFAULT-VALUE}.")
    private Path folder;

    @Option(names = "--pack", paramLabel = "ID", description = "This pack only.")
    private String pack;

    @Option(
            names = {"--posture", "--holds"},
            paramLabel = "NAME",
            defaultValue = PolicyFolder.NO_HOLDS,
            description = "The holds in force: '${DEFAULT-VALUE}' for what the law alone gives, '"
                    + ServeOptions.START_HOLDS + "' for those that a new log starts with, or a posture.")
    private String holds;

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            description = "Decide at this time, such as 2026-11-23T12:00:00Z; default now.")
    private Instant at;

    @Mixin
    private Output output;

    private GrantWords words;

    @Override
    public Integer call() {
        try {
            show(PolicyFolder.draft(folder));
            return ExitCode.OK;
        } catch (PolicyException e) {
            throw new CommandFailure(ExitCode.UNREACHABLE, String.join("\n", PolicyFolder.lines(e.problems())));
        }
    }

    private void show(Rulebook rulebook) {
        words = new GrantWords(rulebook.vocabulary());
        Instant when = at == null ? Clock.systemUTC().instant() : at;
        HoldsInForce inForce = new HoldsInForce(0, PolicyFolder.holds(rulebook, holds, "--posture"));
        List<Matrix> matrices = chosen(Matrix.of(rulebook, inForce, when));
        List<String> lines = new ArrayList<>();
        lines.add("rulebook " + rulebook.digest());
        lines.add("holds " + Terminal.safe(holds) + ", at " + when);
        inForce.holds().forEach(hold -> lines.add("  " + Terminal.safe(hold.reference() + ": " + hold.title())));
        matrices.forEach(matrix -> show(matrix, lines));
        ObjectNode json = Json.object()
                .put("rulebook", rulebook.digest())
                .put("at", when.toString())
                .put("holds", holds);
        json.set("packs", Json.list(matrices, this::json));
        output.print(lines, json);
    }

    private List<Matrix> chosen(List<Matrix> all) {
        List<Matrix> chosen = all.stream()
                .filter(matrix -> pack == null || matrix.pack().id().equals(pack))
                .toList();
        if (chosen.isEmpty()) {
            Set<String> ids = new TreeSet<>();
            all.forEach(matrix -> ids.add(matrix.pack().id()));
            throw new CommandFailure(ExitCode.USAGE, "--pack must be one of " + String.join(", ", ids));
        }
        return chosen;
    }

    private void show(Matrix matrix, List<String> lines) {
        lines.add("");
        lines.add(Terminal.safe(matrix.pack().id() + ": " + matrix.pack().title()));
        lines.add(Terminal.safe(GrantWords.valid(matrix.pack().valid()) + " "
                + GrantWords.source(matrix.pack().source())));
        lines.add("");
        lines.addAll(table(matrix).lines());
        matrix.rows().forEach(row -> {
            lines.add("");
            lines.add(Terminal.safe(row.grant().id() + ": " + row.instrument().code()));
            row.reaches()
                    .forEach((category, reach) ->
                            lines.add(Terminal.safe("  " + category.code() + ": " + reach.words())));
            show(words.of(row.grant()), lines);
        });
        matrix.pack().notServed().forEach(power -> {
            lines.add("");
            lines.add(Terminal.safe("not served: " + power.instrument().code()));
            show(words.of(power), lines);
        });
    }

    private static void show(List<GrantWords.Line> about, List<String> lines) {
        Table table = new Table();
        about.forEach(line -> {
            table.row(line.name(), line.says().get(0));
            line.says().stream().skip(1).forEach(more -> table.row("", more));
        });
        table.lines().forEach(line -> lines.add("  " + line));
    }

    private static Table table(Matrix matrix) {
        Table table = new Table(Stream.concat(
                        Stream.of("instrument", "grant"), CATEGORIES.stream().map(DataCategory::code))
                .toArray(String[]::new));
        matrix.rows().forEach(row -> {
            List<String> cells =
                    new ArrayList<>(List.of(row.instrument().code(), row.grant().id()));
            CATEGORIES.forEach(
                    category -> cells.add(row.reach(category).map(Reach::brief).orElse(OUT_OF_REACH)));
            table.row(cells.toArray());
        });
        for (NotServed power : matrix.pack().notServed()) {
            List<String> cells = new ArrayList<>(List.of(power.instrument().code(), "not served"));
            CATEGORIES.forEach(category -> cells.add(OUT_OF_REACH));
            table.row(cells.toArray());
        }
        return table;
    }

    private JsonNode json(Matrix matrix) {
        ObjectNode json = Json.object()
                .put("id", matrix.pack().id())
                .put("title", matrix.pack().title())
                .put("from", matrix.pack().valid().from().toString());
        matrix.pack().valid().until().ifPresent(until -> json.put("until", until.toString()));
        json.set("source", json(matrix.pack().source()));
        json.set("rows", Json.list(matrix.rows(), this::json));
        json.set("not-served", Json.list(matrix.pack().notServed(), this::json));
        return json;
    }

    private JsonNode json(Matrix.Row row) {
        ObjectNode json = Json.object()
                .put("grant", row.grant().id())
                .put("instrument", row.instrument().code());
        json.set("source", json(row.grant().source()));
        ObjectNode cells = json.putObject("cells");
        row.reaches().forEach((category, reach) -> cells.set(category.code(), json(reach)));
        json.set("words", json(words.of(row.grant())));
        return json;
    }

    private JsonNode json(NotServed power) {
        ObjectNode json =
                Json.object().put("instrument", power.instrument().code()).put("why", power.why());
        json.set("source", json(power.source()));
        json.set("words", json(words.of(power)));
        return json;
    }

    private static JsonNode json(Reach reach) {
        ObjectNode json = Json.object();
        json.set("plain", json(reach.plain()));
        json.set("answers", Json.list(reach.answers(), PolicyMatrixCommand::json));
        return json;
    }

    private static JsonNode json(Reach.Answer answer) {
        ObjectNode json = Json.object().put("answer", answer.verdict().word());
        json.set(
                "reasons",
                Json.texts(answer.reasons().stream().map(Reason::code).toList()));
        json.set("when", json(answer.when()));
        return json;
    }

    /** The many that nothing speaks of are {@code ["another"]}. */
    private static ObjectNode json(SortedMap<Dimension, Reach.Band> bands) {
        ObjectNode json = Json.object();
        bands.forEach((dimension, band) -> json.set(
                dimension.code(),
                Json.texts(
                        band.isRest()
                                ? List.of("another")
                                : band.terms().stream().map(Term::code).toList())));
        return json;
    }

    private static ObjectNode json(Source source) {
        ObjectNode json = Json.object()
                .put("cite", source.cite())
                .put("status", source.status().name());
        source.verifiedOn().ifPresent(day -> json.put("verified-on", day.toString()));
        return json;
    }

    private static ObjectNode json(List<GrantWords.Line> about) {
        ObjectNode json = Json.object();
        about.forEach(line -> json.set(line.name(), Json.texts(line.says())));
        return json;
    }
}
