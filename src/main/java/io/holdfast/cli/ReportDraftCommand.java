package io.holdfast.cli;

import io.holdfast.audit.LogReader;
import io.holdfast.note.Checkpoint;
import io.holdfast.report.LogHead;
import io.holdfast.report.ReportCsv;
import io.holdfast.report.ReportJson;
import io.holdfast.report.ReportTable;
import io.holdfast.report.TransparencyReport;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "draft",
        description = {
            "Counts the requests of a period into a transparency report. Anybody with the log gets the same bytes.",
            "Nothing is checked: `holdfast log verify` does that. Reading entries needs the token of an auditor."
        })
final class ReportDraftCommand implements Runnable {

    enum Format {
        TABLE,
        JSON,
        CSV;

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

    @Spec
    private CommandSpec spec;

    @Mixin
    private PeriodOption period;

    @Mixin
    private LogPlace place;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            defaultValue = "table",
            converter = FormatReader.class,
            description = "'table' for people, 'json' for programs, 'csv' for spreadsheets; default ${DEFAULT-VALUE}.")
    private Format format;

    @Override
    public void run() {
        LocalDate from = period.from();
        LocalDate to = period.to();
        LogReader log = LogReader.of(place.open());
        TransparencyReport report = TransparencyReport.fold(
                log.entries(),
                from.atStartOfDay().toInstant(ZoneOffset.UTC),
                to.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        Checkpoint checkpoint = log.checkpoint();
        LogHead head = new LogHead(
                checkpoint.origin(), checkpoint.size(), checkpoint.root().base64());
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case TABLE ->
                ReportTable.write(report, head).stream().map(Terminal::safe).forEach(out::println);
            case JSON -> out.print(new String(ReportJson.write(report, head), StandardCharsets.UTF_8));
            case CSV -> out.print(new String(ReportCsv.write(report), StandardCharsets.UTF_8));
        }
        out.flush();
    }
}
