package io.holdfast.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the secrets in a folder of keys are protected: as what is in the folder says, and as the operator expects it. Where
 * the two do not agree nothing is opened: nobody should take plain secrets for protected ones.
 *
 * @param form what the operator expects; nothing if he leaves it to the folder
 * @param passphrase for the forms that need one
 */
public record KeyProtection(Optional<KeyForm> form, Passphrase passphrase) {

    /** Whatever is in the folder, and plain files in a new one. */
    public static KeyProtection none() {
        return new KeyProtection(Optional.empty(), Passphrase.none());
    }

    KeySafe safe(Path folder) {
        List<KeySafe> used = used(folder);
        if (used.size() > 1) {
            throw new IllegalStateException(folder + " holds keys in more than one form, "
                    + used.stream().map(safe -> safe.form().code()).collect(Collectors.joining(" and "))
                    + ": a move was interrupted, or an old file came back; run `holdfast key protect` to end the move");
        }
        if (used.isEmpty()) {
            return safe(folder, expected());
        }
        KeySafe found = used.get(0);
        if (isAnother(found.form())) {
            throw new IllegalStateException("the keys in " + folder + " are "
                    + found.form().code() + ", and "
                    + (form.isPresent() ? "holdfast.keys.form is " + form.get().code() : "a passphrase is given")
                    + "; run `holdfast key protect` to move them, or correct the settings");
        }
        return found;
    }

    private boolean isAnother(KeyForm found) {
        return form.isPresent() ? form.get() != found : found == KeyForm.PLAIN && passphrase.isGiven();
    }

    private KeyForm expected() {
        return form.orElse(passphrase.isGiven() ? KeyForm.PASSPHRASE : KeyForm.PLAIN);
    }

    /** The safes in which there is something. */
    List<KeySafe> used(Path folder) {
        return Arrays.stream(KeyForm.values())
                .map(form -> safe(folder, form))
                .filter(safe -> isUsed(folder, safe))
                .toList();
    }

    private static boolean isUsed(Path folder, KeySafe safe) {
        try {
            // A store that is damaged is there, too.
            return safe.form() == KeyForm.PKCS12
                    ? Files.exists(folder.resolve(Pkcs12File.NAME))
                    : !safe.names().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the keys in " + folder, e);
        }
    }

    KeySafe safe(Path folder, KeyForm form) {
        return switch (form) {
            case PLAIN -> new PemFiles(folder);
            case PASSPHRASE -> new EncryptedPemFiles(folder, passphrase);
            case PKCS12 -> new Pkcs12File(folder, passphrase);
        };
    }
}
