package io.holdfast.cli;

import io.holdfast.audit.KeyPurpose;
import io.holdfast.audit.NamedKey;
import io.holdfast.store.KeyFolder;
import io.holdfast.store.KeyKind;
import io.holdfast.store.KeyRotation;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "retire",
        description = {
            "Has a key retired at the next start of its gateway, which must be stopped now.",
            "Then the log says so, and the secret is removed. What was signed with the key stays valid."
        })
final class KeyRetireCommand implements Runnable {

    @Parameters(
            index = "0",
            paramLabel = "PURPOSE",
            converter = KeyKindReader.class,
            description = "What the key is for: record, log, log-ml-dsa-44 or grant.")
    private KeyKind kind;

    @Parameters(
            index = "1",
            paramLabel = "ID",
            description = "Which one, as `holdfast key list` shows it; last and behind -- if it begins with a hyphen.")
    private String id;

    @Mixin
    private KeyFolderOption folder;

    @Mixin
    private Output output;

    @Override
    public void run() {
        KeyPurpose purpose = kind.purpose()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE, "the log names no " + kind.code() + " key, so that it can retire none"));
        folder.change(keys -> retire(keys, purpose));
    }

    private void retire(KeyFolder keys, KeyPurpose purpose) {
        NamedKey marked = new KeyRotation(keys).retire(purpose, id);
        output.print(
                List.of(kind.code() + " key " + marked.id() + " is retired when the gateway is started"),
                KeyView.of(marked, "retiring").json());
    }
}
