package io.holdfast.cli;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Term;
import io.holdfast.policy.GrantWords;
import io.holdfast.policy.Matrix;
import io.holdfast.policy.NotServed;
import io.holdfast.policy.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A matrix as people read it: the table, then every instrument in words. */
final class MatrixView {

    private static final String OUT_OF_REACH = "-";
    private static final List<DataCategory> CATEGORIES =
            Stream.of(DataCategory.values()).filter(Term::isKnown).toList();

    private MatrixView() {}

    static List<String> lines(Matrix matrix, GrantWords words) {
        List<String> lines = new ArrayList<>();
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
        return lines;
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
}
