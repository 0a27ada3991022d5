package io.holdfast.cli;

import io.holdfast.tlog.ProofFile;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "proof",
        description = {
            "Writes the proof of one entry, with the entry in it, to be checked without the log by `holdfast log verify FILE`.",
            "Exits with 1 if the log's own hashes do not prove it."
        })
final class LogProofCommand implements Runnable {

    @Parameters(index = "0", paramLabel = "INDEX", description = "The entry, counted from 0.")
    private long index;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            required = true,
            description = "A file that is not there yet; call it something.tlog-proof.")
    private Path to;

    @Mixin
    private LogPlace place;

    @Mixin
    private Output output;

    @Override
    public void run() {
        try (NewFile file = NewFile.reserve(to)) {
            LogEntries log = new LogEntries(place.open());
            ProofFile proof = log.proof(index);
            file.write(proof.print());
            output.print(
                    new Table()
                            .row("written", to)
                            .row("entry", index)
                            .row(
                                    "log",
                                    log.checkpoint().origin() + ", "
                                            + Counted.of(log.checkpoint().size(), "entry", "entries"))
                            .lines(),
                    Json.object()
                            .put("file", to.toString())
                            .put("index", index)
                            .put("origin", log.checkpoint().origin())
                            .put("size", log.checkpoint().size()));
        }
    }
}
