package io.holdfast.cli;

import io.holdfast.store.DataFolder;
import io.holdfast.store.KeyFolder;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Whose keys a command is about. */
final class KeyFolderOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "holdfast-data",
            description = "The gateway's data folder; default ${DEFAULT-VALUE}.")
    private Path data;

    /** The keys to look at. Asked for a key, a folder without any makes all of them; so there must be some. */
    KeyFolder open() {
        KeyFolder keys = new KeyFolder(data.resolve("keys"));
        if (!keys.exists()) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    data + " holds no keys; give the data folder of a gateway that has been started once");
        }
        return keys;
    }

    /** Changes the keys while no gateway can be running on them. */
    void change(Consumer<KeyFolder> change) {
        open();
        try (DataFolder locked = DataFolder.lock(data)) {
            change.accept(new KeyFolder(locked.keys()));
        } catch (DataFolder.InUseException e) {
            throw new CommandFailure(ExitCode.CONFLICT, data + " is in use by a running gateway; stop it first");
        }
    }
}
