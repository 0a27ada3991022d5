package io.holdfast.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Moves the secrets of a gateway that does not run into another form. A secret is removed from where it was once it is
 * durable where it goes and was read back from there. Whatever interrupts the move leaves each secret in one form at least,
 * and a folder that no gateway starts on until the move was run again.
 */
public final class KeyMove {

    private final Path folder;
    private final Passphrase passphrase;

    /** @param passphrase of the form that the keys have and of the one that they get, as far as these need one */
    public KeyMove(Path folder, Passphrase passphrase) {
        this.folder = folder;
        this.passphrase = passphrase;
    }

    /**
     * Moves all of them.
     *
     * @return the names of those that were moved; none if all are there already
     * @throws IllegalStateException if one cannot be opened, or two forms hold different keys under one name; then nothing
     *     was removed
     */
    public List<KeyName> into(KeyForm form) {
        KeyProtection protection = new KeyProtection(Optional.of(form), passphrase);
        KeySafe target = protection.safe(folder, form);
        List<KeySafe> sources = protection.used(folder).stream()
                .filter(safe -> safe.form() != form)
                .toList();
        try {
            Map<KeyName, KeySecret> secrets = new LinkedHashMap<>();
            for (KeySafe source : sources) {
                for (KeyName name : source.names()) {
                    refuseUnlessSame(secrets.putIfAbsent(name, secret(source, name)), source, name);
                }
            }
            if (secrets.isEmpty() && target.names().isEmpty()) {
                throw new IllegalStateException(folder + " holds no keys; the gateway makes them when it is started");
            }
            copy(secrets, target);
            for (KeySafe source : sources) {
                source.removeAll();
            }
            return List.copyOf(secrets.keySet());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot move the keys in " + folder, e);
        }
    }

    private static KeySecret secret(KeySafe safe, KeyName name) throws IOException {
        return KeySecret.of(safe.exposeSecret(name));
    }

    private static void refuseUnlessSame(KeySecret other, KeySafe source, KeyName name) throws IOException {
        if (other != null && !MessageDigest.isEqual(other.expose(), source.exposeSecret(name))) {
            throw new IllegalStateException(source.place(name)
                    + " is another key than the one that another form has under this name; put the wrong one away");
        }
    }

    private static void copy(Map<KeyName, KeySecret> secrets, KeySafe target) throws IOException {
        SortedSet<KeyName> there = target.names();
        Map<KeyName, KeySecret> missing = new LinkedHashMap<>(secrets);
        missing.keySet().removeAll(there);
        target.add(missing);
        for (Map.Entry<KeyName, KeySecret> each : secrets.entrySet()) {
            refuseUnlessSame(each.getValue(), target, each.getKey());
        }
    }
}
