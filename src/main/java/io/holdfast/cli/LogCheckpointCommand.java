package io.holdfast.cli;

import io.holdfast.note.Checkpoint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "checkpoint",
        description = {
            "Prints the log's last checkpoint as it was signed: keep it, and compare it with those of others.",
            "Nothing is checked: `holdfast log verify` does that."
        })
final class LogCheckpointCommand implements Runnable {

    @Mixin
    private LogPlace place;

    @Mixin
    private Output output;

    @Override
    public void run() {
        LogEntries log = new LogEntries(place.open());
        Checkpoint checkpoint = log.checkpoint();
        String note = new String(log.note(), StandardCharsets.UTF_8);
        List<String> lines = note.lines().map(Terminal::safe).toList();
        output.print(
                lines,
                Json.object()
                        .put("origin", checkpoint.origin())
                        .put("size", checkpoint.size())
                        .put("root", checkpoint.root().base64())
                        .put("note", note));
    }
}
