package io.holdfast.cli;

import io.holdfast.audit.LogExport;
import io.holdfast.audit.LogSource;
import io.holdfast.note.Checkpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        description = {
            "Writes a log out as files, with the rulebooks that it names, so that it can be checked without the gateway.",
            "Reading entries needs the token of an auditor. Nothing is checked: `holdfast log verify DIR` does that."
        })
final class LogExportCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            required = true,
            description = "A folder that is empty or not there yet.")
    private Path to;

    @Mixin
    private LogPlace place;

    @Mixin
    private Output output;

    @Override
    public void run() {
        LogSource log = place.open();
        SortedMap<String, SortedMap<String, byte[]>> rulebooks = new RecordedRulebooks(log).files();
        Checkpoint exported;
        try (ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), Terminal.isThere())) {
            exported = LogExport.write(log, rulebooks, to, progress);
        }
        List<String> lines = new ArrayList<>();
        lines.add("exported " + Counted.of(exported.size(), "entry", "entries") + " of "
                + Terminal.safe(exported.origin()) + " to " + to);
        List<String> missing = rulebooks.keySet().stream()
                .filter(digest -> rulebooks.get(digest).isEmpty())
                .toList();
        missing.forEach(
                digest -> lines.add("rulebook " + Terminal.safe(digest) + " is missing: the log does not have it"));
        lines.add("check it: holdfast log verify " + to + " --key KEY");
        output.print(
                lines,
                Json.object()
                        .put("origin", exported.origin())
                        .put("size", exported.size())
                        .put("root", exported.root().base64())
                        .put("folder", to.toString())
                        .set("missing-rulebooks", Json.texts(missing)));
    }
}
