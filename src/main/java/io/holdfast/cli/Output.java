package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whom a command answers: people or programs. */
final class Output {

    enum Format {
        TABLE,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final class FormatReader implements ITypeConverter<Format> {
        @Override
        public Format convert(String text) {
            return Words.read(Format.values(), text);
        }
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            defaultValue = "table",
            converter = FormatReader.class,
            description = "'table' for people, 'json' for programs; default ${DEFAULT-VALUE}.")
    private Format format;

    /** @param people lines that are safe to show, as {@link Table} and {@link Terminal#safe} make them */
    void print(List<String> people, JsonNode programs) {
        PrintWriter out = command.commandLine().getOut();
        if (format == Format.JSON) {
            out.println(Json.pretty(programs));
        } else {
            people.forEach(out::println);
        }
        out.flush();
    }
}
