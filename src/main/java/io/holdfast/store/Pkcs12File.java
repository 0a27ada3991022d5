package io.holdfast.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;

/**
 * One PKCS#12 store for all keys, readable by its owner only. It is written anew with every change, whole or not at all, and
 * sealed against changes by others: a store that was changed does not open.
 */
final class Pkcs12File implements KeySafe {

    static final String NAME = "keys.p12";

    private final Path file;
    private final Passphrase passphrase;
    private final Pbes2 pbes2;

    Pkcs12File(Path folder, Passphrase passphrase) {
        this.file = folder.resolve(NAME);
        this.passphrase = passphrase;
        this.pbes2 = new Pbes2(passphrase);
    }

    @Override
    public KeyForm form() {
        return KeyForm.PKCS12;
    }

    @Override
    public SortedSet<KeyName> names() throws IOException {
        return new TreeSet<>(read().map(store -> store.keys().keySet()).orElseGet(java.util.Set::of));
    }

    @Override
    public String place(KeyName name) {
        return name + " in " + file;
    }

    private Optional<Pkcs12Store> read() throws IOException {
        try {
            return Optional.of(Pkcs12Store.parse(Files.readAllBytes(file))
                    .orElseThrow(() -> new IllegalStateException(
                            file + " is not a store of Holdfast's keys; restore it from its backup")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The store, once its seal was found whole. */
    private Optional<Pkcs12Store> open() throws IOException {
        Optional<Pkcs12Store> store = read();
        if (store.isPresent()) {
            SecretFile.refuseIfOthersMayUse(file);
            if (!store.get().isSealedWith(passphrase)) {
                throw doesNotOpen();
            }
        }
        return store;
    }

    private IllegalStateException doesNotOpen() {
        return new IllegalStateException(
                file + " does not open with the passphrase that is given: it is another one, or "
                        + "the store is damaged; give the right one, or restore the store from its backup");
    }

    @Override
    public byte[] exposeSecret(KeyName name) throws IOException {
        Pkcs12Store store = open().orElseThrow(() -> new NoSuchFileException(file.toString()));
        EncryptedPrivateKeyInfo sealed = Optional.ofNullable(store.keys().get(name))
                .map(Pkcs12Store.Held::sealed)
                .orElseThrow(() -> new NoSuchFileException(place(name)));
        return pbes2.exposePrivateKey(sealed).flatMap(name.kind()::ofPkcs8).orElseThrow(this::doesNotOpen);
    }

    @Override
    public void add(Map<KeyName, KeySecret> secrets) throws IOException {
        if (secrets.isEmpty()) {
            return;
        }
        DataFolder.create(file.getParent());
        Map<KeyName, Pkcs12Store.Held> keys = held();
        byte[] salt = keys.values().stream()
                .flatMap(held -> Pbes2.salt(held.sealed()).stream())
                .findFirst()
                .orElseGet(Pbes2::newSalt);
        secrets.forEach((name, secret) -> keys.put(
                name,
                new Pkcs12Store.Held(
                        pbes2.seal(name.kind().pkcs8(secret.expose()), salt), KeyCertificate.of(name, secret))));
        write(keys);
    }

    private Map<KeyName, Pkcs12Store.Held> held() throws IOException {
        return new LinkedHashMap<>(open().map(Pkcs12Store::keys).orElseGet(Map::of));
    }

    private void write(Map<KeyName, Pkcs12Store.Held> keys) throws IOException {
        SecretFile.write(file, Pkcs12Store.of(keys, passphrase).bytes());
    }

    @Override
    public void remove(KeyName name) throws IOException {
        Map<KeyName, Pkcs12Store.Held> keys = held();
        keys.remove(name);
        write(keys);
    }

    @Override
    public void removeAll() throws IOException {
        SecretFile.delete(file);
    }
}
