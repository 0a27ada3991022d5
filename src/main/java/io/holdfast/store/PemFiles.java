package io.holdfast.store;

import java.nio.file.Path;
import java.util.Optional;

/** One PEM file for each key. Nothing but the rights of the file system protects it. */
final class PemFiles extends FileForEachKey {

    PemFiles(Path folder) {
        super(folder, ".key");
    }

    @Override
    public KeyForm form() {
        return KeyForm.PLAIN;
    }

    @Override
    String write(KeyName name, KeySecret secret) {
        return Pem.write(name.kind().label(), name.kind().wrap(secret.expose()));
    }

    @Override
    Optional<byte[]> read(KeyName name, String text) {
        return Pem.read(name.kind().label(), text).flatMap(name.kind()::unwrap);
    }
}
