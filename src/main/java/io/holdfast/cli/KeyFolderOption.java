package io.holdfast.cli;

import io.holdfast.store.DataFolder;
import io.holdfast.store.KeyFolder;
import io.holdfast.store.KeyForm;
import io.holdfast.store.KeyMove;
import io.holdfast.store.KeyName;
import io.holdfast.store.KeyProtection;
import io.holdfast.store.Passphrase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = {
                "A file with the passphrase of the keys, which only its owner may read; default",
                "$HOLDFAST_KEYS_PASSPHRASE_FILE. Or put the passphrase itself into $HOLDFAST_KEYS_PASSPHRASE."
            })
    private Path passphraseFile;

    private Passphrase passphrase() {
        Optional<Path> file = Optional.ofNullable(passphraseFile)
                .or(() -> Optional.ofNullable(System.getenv("HOLDFAST_KEYS_PASSPHRASE_FILE"))
                        .filter(text -> !text.isEmpty())
                        .map(LocalFile::path));
        return Passphrase.of(System.getenv(), file);
    }

    private KeyFolder keys(Path folder) {
        return new KeyFolder(folder, new KeyProtection(Optional.empty(), passphrase()));
    }

    /** The keys to look at. Asked for a key, a folder without any makes all of them; so there must be some. */
    KeyFolder open() {
        KeyFolder keys = keys(data.resolve("keys"));
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
        lock(folder -> change.accept(keys(folder)));
    }

    /** The same for another form of them, in which a first try may have left them in two. */
    List<KeyName> move(KeyForm form) {
        if (!Files.isDirectory(data.resolve("keys"))) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    data + " holds no keys; give the data folder of a gateway that has been started once");
        }
        List<KeyName> moved = new ArrayList<>();
        lock(folder -> moved.addAll(new KeyMove(folder, passphrase()).into(form)));
        return moved;
    }

    private void lock(Consumer<Path> change) {
        try (DataFolder locked = DataFolder.lock(data)) {
            change.accept(locked.keys());
        } catch (DataFolder.InUseException e) {
            throw new CommandFailure(ExitCode.CONFLICT, data + " is in use by a running gateway; stop it first");
        }
    }
}
