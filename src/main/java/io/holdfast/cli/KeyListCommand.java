package io.holdfast.cli;

import io.holdfast.store.KeyFolder;
import io.holdfast.store.KeyRegister;
import io.holdfast.tlog.MalformedException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = {
            "Shows the keys of a gateway: what they are for, their public halves, and since which entry they are in force.",
            "That of the log is what `holdfast log verify --key` takes. Makes no keys: where there are none, it says so."
        })
final class KeyListCommand implements Runnable {

    @Mixin
    private KeyFolderOption folder;

    @Option(
            names = "--origin",
            paramLabel = "NAME",
            defaultValue = "${env:HOLDFAST_ORIGIN:-" + ServeOptions.ORIGIN + "}",
            description = {
                "The log's name, as holdfast.origin, where the gateway has not been started with its keys yet;",
                "default $HOLDFAST_ORIGIN, else " + ServeOptions.ORIGIN + "."
            })
    private String origin;

    @Mixin
    private Output output;

    @Override
    public void run() {
        KeyFolder keys = folder.open();
        Optional<KeyRegister> register = keys.register();
        List<KeyView> views = views(keys, register);
        Table table = new Table("key", "id", "state", "since", "public half");
        views.forEach(view -> view.addTo(table));
        output.print(table.lines(), Json.object().set("keys", Json.list(views, KeyView::json)));
    }

    private List<KeyView> views(KeyFolder keys, Optional<KeyRegister> register) {
        try {
            return KeyView.all(keys, register.map(KeyRegister::origin).orElse(origin), register);
        } catch (MalformedException e) {
            throw new CommandFailure(ExitCode.USAGE, "--origin: " + e.getMessage());
        }
    }
}
