package io.holdfast.cli;

import io.holdfast.audit.ExportTarget;
import io.holdfast.audit.LogExport;
import io.holdfast.audit.LogSource;
import io.holdfast.audit.Progress;
import io.holdfast.note.Checkpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        description = {
            "Writes a log out as files, with what its entries name, so that it can be checked without the gateway.",
            "Two exports of one log at one size are the same bytes. Reading entries needs the token of an auditor.",
            "Nothing is checked: `holdfast log verify` does that."
        })
final class LogExportCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(names = "--to", paramLabel = "DIR", description = "A folder that is empty or not there yet.")
    private Path folder;

    @Option(
            names = "--archive",
            paramLabel = "FILE",
            description = "Instead of a folder one file that is not there yet: .tar.gz, .tar or .zip.")
    private Path archive;

    @Option(
            names = "--size",
            paramLabel = "N",
            description = "The log as it was when it had so many entries, if it has kept its checkpoint of then.")
    private Long size;

    @Option(
            names = "--as-of",
            paramLabel = "FILE",
            description = "The log as it was when it showed this checkpoint, which you have kept.")
    private String asOf;

    @Mixin
    private LogPlace place;

    @Mixin
    private Output output;

    @Override
    public void run() {
        if ((folder == null) == (archive == null)) {
            throw new CommandFailure(ExitCode.USAGE, "give --to or --archive: where to write");
        }
        if (size != null && (asOf != null || size < 0)) {
            throw new CommandFailure(ExitCode.USAGE, "give --size, 0 or more, or --as-of");
        }
        LogExport.Exported exported;
        try (ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), Terminal.isThere());
                ExportTarget target = folder == null ? ExportTarget.archive(archive) : ExportTarget.folder(folder)) {
            exported = export(place.open(), target, progress);
        }
        print(exported, folder == null ? archive : folder);
    }

    private LogExport.Exported export(LogSource log, ExportTarget target, Progress progress) {
        if (asOf != null) {
            return LogExport.write(log, KeptCheckpoint.read(asOf), target, progress);
        }
        return size == null ? LogExport.write(log, target, progress) : LogExport.write(log, size, target, progress);
    }

    private void print(LogExport.Exported exported, Path to) {
        Checkpoint checkpoint = exported.checkpoint();
        List<String> lines = new ArrayList<>();
        lines.add("exported " + Counted.of(checkpoint.size(), "entry", "entries") + " of "
                + Terminal.safe(checkpoint.origin()) + " to " + to);
        exported.missing().forEach(path -> lines.add(Terminal.safe(path) + " is missing: the log does not have it"));
        lines.add("check it: holdfast log verify " + to + " --key KEY");
        output.print(
                lines,
                Json.object()
                        .put("origin", checkpoint.origin())
                        .put("size", checkpoint.size())
                        .put("root", checkpoint.root().base64())
                        .put("to", to.toString())
                        .set("missing", Json.texts(exported.missing())));
    }
}
