package io.holdfast.cli;

import io.holdfast.store.HeldKey;
import io.holdfast.store.KeyFolder;
import io.holdfast.store.KeyKind;
import io.holdfast.store.KeyName;
import io.holdfast.store.KeyRotation;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "rotate",
        description = {
            "Makes the next key of a purpose beside the one in use. The gateway must be stopped.",
            "At its next start the log names the new key, and from then on it signs; both are in force until `key retire`.",
            "The log does not name master keys: a new one wraps what is sealed from the next start on."
        })
final class KeyRotateCommand implements Runnable {

    @Parameters(
            index = "0",
            paramLabel = "PURPOSE",
            converter = KeyKindReader.class,
            description = "What the key is for: record, log, log-ml-dsa-44, grant or vault.")
    private KeyKind kind;

    @Mixin
    private KeyFolderOption folder;

    @Mixin
    private Output output;

    @Override
    public void run() {
        folder.change(this::rotate);
    }

    private void rotate(KeyFolder keys) {
        if (kind.purpose().isPresent()) {
            HeldKey made = new KeyRotation(keys).rotate(kind.purpose().get());
            tell(made.name(), KeyView.of(made.key(), "new"));
        } else {
            tell(keys.addMasterKey(), KeyView.masterKeys(keys).get(0));
        }
    }

    private void tell(KeyName name, KeyView made) {
        output.print(
                List.of(
                        "made " + kind.code() + " key " + made.id() + ", " + name,
                        "with several gateways on one log, copy it to each; then start them, one after the other"),
                made.json().put("name", name.toString()));
    }
}
