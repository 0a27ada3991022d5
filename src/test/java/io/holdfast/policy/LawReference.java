package io.holdfast.policy;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldsInForce;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Term;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes docs/reference/law from the rules themselves: a page for each pack, and one that leads to them. The rules are asked
 * as of noon of the last day on which a source was read, so that the pages do not change by the passing of time.
 */
final class LawReference {

    private static final String INDEX = "README.md";
    private static final String NOTHING = "–";
    private static final List<DataCategory> CATEGORIES =
            Stream.of(DataCategory.values()).filter(Term::isKnown).toList();

    private final Rulebook rulebook;
    private final GrantWords words;
    private final Instant at;
    private final SortedMap<String, List<Matrix>> byPosture = new TreeMap<>();

    private LawReference(Rulebook rulebook) {
        this.rulebook = rulebook;
        this.words = new GrantWords(rulebook.vocabulary());
        this.at = sources(rulebook)
                .flatMap(source -> source.verifiedOn().stream())
                .max(LocalDate::compareTo)
                .orElseThrow()
                .atTime(LocalTime.NOON)
                .toInstant(ZoneOffset.UTC);
        for (String posture : rulebook.postures()) {
            byPosture.put(posture, under(rulebook.posture(posture).orElseThrow()));
        }
    }

    /** File name to text. */
    static SortedMap<String, String> write(Rulebook rulebook) {
        LawReference reference = new LawReference(rulebook);
        List<Matrix> law = reference.under(List.of());
        SortedMap<String, String> pages = new TreeMap<>();
        pages.put(INDEX, reference.index());
        for (int i = 0; i < law.size(); i++) {
            pages.put(law.get(i).pack().id() + ".md", reference.page(law.get(i), i));
        }
        return pages;
    }

    private List<Matrix> under(List<Hold> holds) {
        return Matrix.of(rulebook, new HoldsInForce(0, holds), at);
    }

    private static Stream<Source> sources(Rulebook rulebook) {
        return Stream.of(
                        rulebook.packs().stream().map(Pack::source),
                        rulebook.grants().stream().map(Grant::source),
                        rulebook.packs().stream()
                                .flatMap(pack -> pack.notServed().stream())
                                .map(NotServed::source),
                        rulebook.treaties().stream().map(Treaty::source))
                .flatMap(all -> all);
    }

    private String index() {
        StringBuilder out = new StringBuilder();
        out.append("# The law, as the rules have it\n\n")
                .append(generated("policies/"))
                .append(
                        "Not legal advice: a model that lawyers can read and correct. `READ` says that somebody read it in\n")
                .append(
                        "a source, which may be a secondary one; `UNVERIFIED` that nobody has yet. What is on no page is\n")
                .append("refused. `holdfast policy matrix` shows the same for any rulebook, stance and time.\n\n")
                .append(
                        "An answer is to a request about one category, one place, one offence. A request about several places is\n")
                .append("stopped where any of them is, and permitted only where all of them are.\n\n")
                .append("| pack | | grants | not served | of these sources READ |\n|---|---|---|---|---|\n");
        for (Pack pack : rulebook.packs()) {
            List<Source> sources = Stream.concat(
                            pack.grants().stream().map(Grant::source),
                            pack.notServed().stream().map(NotServed::source))
                    .toList();
            long read = sources.stream()
                    .filter(source -> source.status() == Source.Status.READ)
                    .count();
            row(
                    out,
                    "[" + pack.id() + "](" + pack.id() + ".md)",
                    pack.title(),
                    String.valueOf(pack.grants().size()),
                    String.valueOf(pack.notServed().size()),
                    read + " of " + sources.size());
        }
        out.append("\n## Groups of places\n\n| group | places |\n|---|---|\n");
        rulebook.vocabulary()
                .groups()
                .forEach((name, places) -> row(
                        out,
                        name,
                        places.stream().map(Jurisdiction::code).sorted().collect(Collectors.joining(", "))));
        out.append("\n## Channels between States\n\n")
                .append("A channel that is not here, or not active, refuses (`CHANNEL_SUSPENDED`). As of ")
                .append(day())
                .append(".\n\n| channel | between | now | since | source |\n|---|---|---|---|---|\n");
        for (Treaty treaty : rulebook.treaties()) {
            Treaty.Turn turn = treaty.history().get(0);
            for (Treaty.Turn later : treaty.history()) {
                turn = later.since().isAfter(at) ? turn : later;
            }
            row(
                    out,
                    treaty.id() + ", " + treaty.channel().code(),
                    treaty.parties().stream().map(Jurisdiction::code).sorted().collect(Collectors.joining(", ")),
                    turn.status().name(),
                    turn.since().toString(),
                    GrantWords.source(treaty.source()));
        }
        return out.toString();
    }

    private String page(Matrix matrix, int number) {
        Pack pack = matrix.pack();
        StringBuilder out = new StringBuilder();
        out.append("# ").append(pack.title()).append("\n\n");
        out.append(generated("policies/packs/"))
                .append("Pack `")
                .append(pack.id())
                .append("`. ")
                .append(GrantWords.valid(pack.valid()))
                .append(" Not legal advice. [All packs](README.md), [what the reasons mean](../reasons.md).\n\n");
        out.append("## What it reaches\n\n")
                .append("As of ")
                .append(day())
                .append(
                        ", with no hold in force and every approval given. `yes`: released. `people`: permitted, and people\n")
                .append("answer, never the gateway itself. `")
                .append(NOTHING)
                .append("`: out of reach, refused. A star: something changes it, see the grant.\n\n");
        header(out, "instrument", "grant");
        for (Matrix.Row row : matrix.rows()) {
            List<String> cells = new ArrayList<>(List.of(
                    row.instrument().code(),
                    "[" + row.grant().id() + "](#" + row.grant().id() + ")"));
            CATEGORIES.forEach(
                    category -> cells.add(row.reach(category).map(Reach::brief).orElse(NOTHING)));
            row(out, cells.toArray(String[]::new));
        }
        for (NotServed power : pack.notServed()) {
            List<String> cells = new ArrayList<>(List.of(power.instrument().code(), "[not served](#not-served)"));
            CATEGORIES.forEach(category -> cells.add(NOTHING));
            row(out, cells.toArray(String[]::new));
        }
        stances(out, matrix, number);
        matrix.rows().forEach(row -> grant(out, row));
        notServed(out, pack);
        sources(out, pack);
        return out.toString();
    }

    /** Only the stances that touch this pack have something to say. Grants with the same answers are named together. */
    private void stances(StringBuilder out, Matrix law, int number) {
        out.append("\n## What the stances make of it\n\n");
        List<String> untouched = new ArrayList<>();
        StringBuilder rows = new StringBuilder();
        byPosture.forEach((posture, matrices) -> {
            Map<String, List<String>> changed = new LinkedHashMap<>();
            for (int i = 0; i < law.rows().size(); i++) {
                Matrix.Row row = matrices.get(number).rows().get(i);
                if (!row.equals(law.rows().get(i))) {
                    changed.computeIfAbsent(answers(row), same -> new ArrayList<>())
                            .add(row.grant().id());
                }
            }
            if (changed.isEmpty()) {
                untouched.add("`" + posture + "`");
            }
            changed.forEach((answers, grants) -> row(rows, posture, String.join(", ", grants), answers));
        });
        if (rows.length() > 0) {
            out.append(
                            "Where the answer differs from that of the law alone. Of the answers that fit a request, the one with\n")
                    .append("the most conditions counts; `another` is what no answer names.\n\n")
                    .append("| stance | grants | answers |\n|---|---|---|\n")
                    .append(rows)
                    .append('\n');
        }
        out.append(
                untouched.isEmpty()
                        ? "Every stance changes something.\n"
                        : "As before: " + String.join(", ", untouched) + ".\n");
    }

    private void grant(StringBuilder out, Matrix.Row row) {
        out.append("\n## ").append(row.grant().id()).append("\n\n");
        out.append(row.instrument().code())
                .append(": ")
                .append(rulebook.vocabulary().label(Dimension.INSTRUMENT, row.instrument()))
                .append(".\n\n| | |\n|---|---|\n");
        words.of(row.grant()).forEach(line -> row(out, line.name(), String.join("<br>", line.says())));
        row(out, "answers", answers(row));
    }

    /** Categories with the same answers are named together, and not at all where there is no other. */
    private static String answers(Matrix.Row row) {
        Map<String, List<String>> categories = new LinkedHashMap<>();
        row.reaches()
                .forEach((category, reach) -> categories
                        .computeIfAbsent(reach.words(), same -> new ArrayList<>())
                        .add(category.code()));
        return categories.size() == 1
                ? categories.keySet().iterator().next()
                : categories.entrySet().stream()
                        .map(same -> String.join(", ", same.getValue()) + ": " + same.getKey())
                        .collect(Collectors.joining("<br>"));
    }

    private void notServed(StringBuilder out, Pack pack) {
        out.append("\n## Not served\n\n");
        if (pack.notServed().isEmpty()) {
            out.append("No power of this law is left out.\n");
            return;
        }
        out.append(
                "Refused, because no grant covers them. They are here so that leaving one out cannot be an oversight.\n\n");
        out.append("| instrument | why | more |\n|---|---|---|\n");
        for (NotServed power : pack.notServed()) {
            String more = words.of(power).stream()
                    .filter(line -> !line.name().equals("why"))
                    .map(line -> line.name() + ": " + String.join(" ", line.says()))
                    .collect(Collectors.joining("<br>"));
            String label = rulebook.vocabulary().label(Dimension.INSTRUMENT, power.instrument());
            row(out, power.instrument().code() + ": " + label, power.why(), more);
        }
    }

    private static void sources(StringBuilder out, Pack pack) {
        out.append("\n## Sources\n\n| for | provision | source | status |\n|---|---|---|---|\n");
        row(out, "the pack", NOTHING, pack.source().cite(), GrantWords.status(pack.source()));
        pack.grants()
                .forEach(grant ->
                        row(out, grant.id(), grant.basis(), grant.source().cite(), GrantWords.status(grant.source())));
        pack.notServed()
                .forEach(power -> row(
                        out,
                        power.instrument().code(),
                        power.basis(),
                        power.source().cite(),
                        GrantWords.status(power.source())));
    }

    private static String generated(String from) {
        return "Generated from `" + from + "`; `LawReferenceTest` says how to write it again.\n\n";
    }

    private LocalDate day() {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    private static void header(StringBuilder out, String... first) {
        List<String> names = new ArrayList<>(List.of(first));
        CATEGORIES.forEach(category -> names.add(category.code()));
        row(out, names.toArray(String[]::new));
        out.append("|").append("---|".repeat(names.size())).append('\n');
    }

    private static void row(StringBuilder out, String... cells) {
        out.append("| ")
                .append(Stream.of(cells).map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ")))
                .append(" |\n");
    }
}
