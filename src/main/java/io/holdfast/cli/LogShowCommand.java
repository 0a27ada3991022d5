package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.holdfast.audit.Entry;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = {
            "Shows one entry with everything that it says in the open, or the last entries in brief.",
            "Nothing is checked: `holdfast log verify` does that."
        })
final class LogShowCommand implements Runnable {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "INDEX",
            description = "The entry, counted from 0; without it the last entries are listed.")
    private Long index;

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many to list; default ${DEFAULT-VALUE}.")
    private int last;

    @Mixin
    private LogPlace place;

    @Mixin
    private Output output;

    @Override
    public void run() {
        LogEntries log = new LogEntries(place.open());
        if (index == null) {
            list(log);
        } else {
            Entry entry = log.entry(index);
            output.print(EntryView.lines(index, entry), EntryView.json(index, entry));
        }
    }

    private void list(LogEntries log) {
        if (last < 1) {
            throw new CommandFailure(ExitCode.USAGE, "--last must be 1 or more");
        }
        Table table = new Table("entry", "at", "epoch", "kind", "about");
        List<JsonNode> entries = new ArrayList<>();
        long size = log.checkpoint().size();
        for (long i = Math.max(0, size - last); i < size; i++) {
            Entry entry = log.entry(i);
            table.row(
                    i,
                    entry.envelope().at(),
                    entry.envelope().epoch(),
                    entry.kind().code(),
                    entry.envelope().subject());
            entries.add(EntryView.json(i, entry));
        }
        ArrayNode array = Json.list(entries, entry -> entry);
        output.print(table.lines(), Json.object().put("size", size).set("entries", array));
    }
}
