package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.RecordKey;
import io.holdfast.note.VerifierKey;
import io.holdfast.store.KeyFolder;
import io.holdfast.tlog.MalformedException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = {
            "Shows the public halves of a gateway's keys. That of the log is what `holdfast log verify --key` takes.",
            "Makes no keys: where there are none, it says so."
        })
final class KeyListCommand implements Runnable {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "holdfast-data",
            description = "The gateway's data folder; default ${DEFAULT-VALUE}.")
    private Path data;

    @Option(
            names = "--origin",
            paramLabel = "NAME",
            defaultValue = "${env:HOLDFAST_ORIGIN:-" + ServeOptions.ORIGIN + "}",
            description =
                    "The log's name, as holdfast.origin; default $HOLDFAST_ORIGIN, else " + ServeOptions.ORIGIN + ".")
    private String origin;

    @Mixin
    private Output output;

    @Override
    public void run() {
        KeyFolder keys = existing();
        VerifierKey log = verifierKey(keys);
        RecordKey.Public records = new RecordKey(keys.recordKey()).publicKey();
        ObjectNode json = Json.object();
        json.putObject("log").put("id", log.label().hexId()).put("verifier-key", log.toString());
        json.putObject("record").put("id", records.id()).put("x", records.x());
        output.print(
                new Table("key", "id", "public half")
                        .row("log", log.label().hexId(), log)
                        .row("record", records.id(), records.x())
                        .lines(),
                json);
    }

    /** Asked for a key, a folder without any makes all of them. */
    private KeyFolder existing() {
        KeyFolder keys = new KeyFolder(data.resolve("keys"));
        if (!keys.exists()) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    data + " holds no keys; give the data folder of a gateway that has been started once");
        }
        return keys;
    }

    private VerifierKey verifierKey(KeyFolder keys) {
        try {
            return VerifierKey.of(origin, keys.logKey().publicKey());
        } catch (MalformedException e) {
            throw new CommandFailure(ExitCode.USAGE, "--origin: " + e.getMessage());
        }
    }
}
