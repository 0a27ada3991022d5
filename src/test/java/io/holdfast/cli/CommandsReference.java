package io.holdfast.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes docs/reference/commands.md from the commands themselves. */
final class CommandsReference {

    private final StringBuilder out = new StringBuilder();

    static String write(CommandLine root) {
        CommandsReference reference = new CommandsReference();
        reference.begin(root.getCommandSpec());
        root.getSubcommands().values().stream().distinct().forEach(reference::command);
        return reference.out.toString();
    }

    private void begin(CommandSpec root) {
        out.append("# Commands\n\n")
                .append("Generated from the commands; `CommandsReferenceTest` says how to write it again.\n\n")
                .append(
                        "Tables are for people; programs ask for `--output json`. Results go to standard output, everything\n")
                .append("else to standard error. Every command has `--help`.\n\n")
                .append("## Exit codes\n\n| code | means |\n|---|---|\n");
        root.usageMessage()
                .exitCodeList()
                .forEach((code, meaning) -> out.append("| ")
                        .append(code)
                        .append(" | ")
                        .append(meaning)
                        .append(" |\n"));
    }

    private void command(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        if (spec.usageMessage().hidden()) {
            return;
        }
        boolean isGroup = !line.getSubcommands().isEmpty();
        String level = spec.parent() == spec.root() ? "## " : "### ";
        out.append("\n").append(level).append(spec.qualifiedName()).append("\n\n");
        out.append(cell(String.join(" ", text(spec.usageMessage().description()))))
                .append("\n");
        if (!isGroup) {
            arguments(spec);
        }
        line.getSubcommands().values().stream().distinct().forEach(this::command);
    }

    private void arguments(CommandSpec spec) {
        List<String> rows = new ArrayList<>();
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            rows.add(row("`" + parameter.paramLabel() + "`", parameter));
        }
        spec.options().stream()
                .filter(option -> !option.usageHelp() && !option.hidden())
                .sorted(Comparator.comparing(OptionSpec::longestName))
                .forEach(option -> rows.add(row(name(option), option)));
        if (!rows.isEmpty()) {
            out.append("\n| argument | |\n|---|---|\n");
            rows.forEach(out::append);
        }
    }

    private static String name(OptionSpec option) {
        return "`" + option.longestName() + (option.arity().max() == 0 ? "" : " " + option.paramLabel()) + "`";
    }

    private static String row(String name, ArgSpec arg) {
        boolean mustBeGiven = arg.required() && arg.defaultValue() == null;
        String text = cell(String.join(" ", text(arg.description())));
        return "| " + name + " | " + text.replace("${DEFAULT-VALUE}", String.valueOf(arg.defaultValue()))
                + (mustBeGiven ? " Required." : "") + " |\n";
    }

    private static List<String> text(String[] lines) {
        return Stream.of(lines).map(line -> line.replace("%n", "").strip()).collect(Collectors.toList());
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
