package io.holdfast.store;

import io.holdfast.audit.KeyPurpose;
import io.holdfast.audit.NamedKey;
import io.holdfast.audit.RecordKey;
import io.holdfast.note.Cosigner;
import io.holdfast.note.Ed25519Key;
import io.holdfast.note.NoteSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The keys of one gateway. Asked for a key, a folder without any makes all of them; one that was lost later is never made
 * anew in silence. The master keys may come from the environment instead, and then none is made. Whatever cannot be used
 * ends in an {@link IllegalStateException} that says what to do.
 *
 * <p>A rotation puts the next key of a purpose beside the old one. Which of them are in force, and in which order they came,
 * the log says and not this folder: see {@link io.holdfast.audit.KeyHistory}.
 */
public final class KeyFolder {

    /** The log's own key last: where it is, all of them are, and one that is not there was lost. */
    private static final List<KeyKind> ORDER_OF_MAKING =
            List.of(KeyKind.VAULT, KeyKind.RECORD, KeyKind.GRANT, KeyKind.LOG_ML_DSA_44, KeyKind.LOG);

    private final Path folder;
    private final KeySafe safe;
    private final EnvironmentKeys environment;

    /** Opening one may take long, on purpose. */
    private final Map<KeyName, KeySecret> opened = new ConcurrentHashMap<>();

    /** In whatever form they are, as long as they need no passphrase. */
    public KeyFolder(Path folder) {
        this(folder, KeyProtection.none(), System.getenv());
    }

    /** @throws IllegalStateException if the keys are not protected so; says what to do */
    public KeyFolder(Path folder, KeyProtection protection) {
        this(folder, protection, System.getenv());
    }

    /** @param environment where {@code HOLDFAST_MASTER_KEY} is looked for */
    KeyFolder(Path folder, KeyProtection protection, Map<String, String> environment) {
        this.folder = folder;
        this.safe = protection.safe(folder);
        this.environment = new EnvironmentKeys(environment);
    }

    /** In which form the secrets are kept. */
    public KeyForm form() {
        return safe.form();
    }

    /** Whether keys have been generated here. */
    public boolean exists() {
        return has(KeyKind.LOG, names());
    }

    /** Signs checkpoints; where a rotation is under way, the first of the keys that do. */
    public Ed25519Key logKey() {
        return all(KeyKind.LOG, KeySecret::ed25519).get(0);
    }

    /** Signs entries; where a rotation is under way, the first of the keys that do. */
    public Ed25519Key recordKey() {
        return all(KeyKind.RECORD, KeySecret::ed25519).get(0);
    }

    /** @param origin the name of the log whose checkpoints they sign */
    public List<NoteSigner> logSigners(String origin) {
        return all(KeyKind.LOG, key -> new NoteSigner(origin, key.ed25519()));
    }

    /** @param origin the name of the log whose checkpoints they sign once more when they are published */
    public List<Cosigner> logCosigners(String origin) {
        return all(KeyKind.LOG_ML_DSA_44, key -> Cosigner.of(origin, key.mlDsa44()));
    }

    public List<RecordKey> recordKeys() {
        return all(KeyKind.RECORD, key -> new RecordKey(key.ed25519()));
    }

    /** The keys that sign grants. */
    public List<Ed25519Key> grantKeys() {
        return all(KeyKind.GRANT, KeySecret::ed25519);
    }

    /**
     * What wraps the keys of cases, 32 bytes each, oldest first: the last one wraps, the others unwrap what they wrapped.
     * One that the environment brings is newer than every file.
     */
    public List<byte[]> exposeMasterKeys() {
        List<byte[]> keys = new ArrayList<>(environment.former());
        keys.addAll(all(KeyKind.VAULT, KeySecret::expose));
        environment.newest().ifPresent(keys::add);
        return keys;
    }

    /**
     * Makes the next master key. It wraps from the gateway's next start on.
     *
     * @return where it is kept
     */
    public KeyName addMasterKey() {
        if (environment.isThere()) {
            throw new IllegalStateException("the master key comes from " + EnvironmentKeys.NEWEST
                    + "; put a new one there, and the one before it into " + EnvironmentKeys.FORMER);
        }
        int last = names().stream()
                .filter(name -> name.kind() == KeyKind.VAULT)
                .mapToInt(KeyName::number)
                .max()
                .orElse(1);
        KeyName name = new KeyName(KeyKind.VAULT, Integer.toString(last + 1));
        add(Map.of(name, KeySecret.generate()));
        return name;
    }

    /** The keys held here that a log names, as it names them. */
    public List<HeldKey> held(String origin) {
        List<HeldKey> held = new ArrayList<>();
        for (KeyPurpose purpose : KeyPurpose.values()) {
            KeyKind kind = KeyKind.of(purpose);
            for (KeyName name : namesOf(kind)) {
                held.add(new HeldKey(name, secret(name).named(purpose, origin)));
            }
        }
        return held;
    }

    /** Makes a key beside those that are there; the log does not know it yet. */
    HeldKey makeNext(KeyPurpose purpose, String origin) {
        KeySecret secret = KeySecret.generate();
        return make(new KeyName(KeyKind.of(purpose), secret.fingerprint(purpose)), secret, purpose, origin);
    }

    /** Makes the first key of a purpose that an older folder did not have. */
    public HeldKey makeFirst(KeyPurpose purpose, String origin) {
        return make(KeyName.first(KeyKind.of(purpose)), KeySecret.generate(), purpose, origin);
    }

    private HeldKey make(KeyName name, KeySecret secret, KeyPurpose purpose, String origin) {
        add(Map.of(name, secret));
        return new HeldKey(name, secret.named(purpose, origin));
    }

    /** Has the key retired at the next start, whether or not it is held here. */
    void mark(NamedKey key) {
        try {
            SecretFile.write(markOf(key), new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + markOf(key), e);
        }
    }

    /** Whether the key is to be retired at the next start. */
    public boolean isMarked(NamedKey key) {
        return Files.exists(markOf(key));
    }

    /** The file that says so. */
    public Path markOf(NamedKey key) {
        return folder.resolve(key.purpose().code() + "-" + key.id() + ".retire");
    }

    /** Once the log has retired the key. */
    public void unmark(NamedKey key) {
        try {
            SecretFile.delete(markOf(key));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + markOf(key), e);
        }
    }

    /** Forgets the secret of a key that the log has retired. */
    public void drop(KeyName name) {
        opened.remove(name);
        try {
            safe.remove(name);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the retired key " + name + " from " + folder, e);
        }
    }

    /** What the log says about the keys; for people, and written anew at each start. */
    public Optional<KeyRegister> register() {
        return KeyRegister.read(folder);
    }

    private <T> List<T> all(KeyKind kind, Function<KeySecret, T> reader) {
        return namesOf(kind).stream().map(this::secret).map(reader).toList();
    }

    /** @throws IllegalStateException if there is none, and should be one */
    private List<KeyName> namesOf(KeyKind kind) {
        makeAllUnlessThere();
        SortedSet<KeyName> names = names();
        if (!has(kind, names) && isNeeded(kind)) {
            throw new IllegalStateException(safe.place(KeyName.first(kind))
                    + " is missing, and a new one would open nothing; restore it from its backup");
        }
        return names.stream().filter(name -> name.kind() == kind).toList();
    }

    /** Folders of older gateways have fewer kinds; the log tells whether one was lost. */
    private boolean isNeeded(KeyKind kind) {
        return switch (kind) {
            case RECORD, LOG -> true;
            case LOG_ML_DSA_44, GRANT -> false;
            case VAULT -> !environment.isThere();
        };
    }

    private static boolean has(KeyKind kind, SortedSet<KeyName> names) {
        return names.stream().anyMatch(name -> name.kind() == kind);
    }

    private void makeAllUnlessThere() {
        // Where a gateway has been started with keys, one that is not there was lost.
        if (exists() || KeyRegister.exists(folder)) {
            return;
        }
        SortedSet<KeyName> there = names();
        Map<KeyName, KeySecret> missing = new LinkedHashMap<>();
        for (KeyKind kind : ORDER_OF_MAKING) {
            boolean isBrought = kind == KeyKind.VAULT && environment.isThere();
            if (!isBrought && !there.contains(KeyName.first(kind))) {
                missing.put(KeyName.first(kind), KeySecret.generate());
            }
        }
        add(missing);
    }

    private void add(Map<KeyName, KeySecret> secrets) {
        try {
            safe.add(secrets);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write keys to " + folder, e);
        }
    }

    private SortedSet<KeyName> names() {
        try {
            return safe.names();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the keys in " + folder, e);
        }
    }

    private KeySecret secret(KeyName name) {
        return opened.computeIfAbsent(name, this::open);
    }

    private KeySecret open(KeyName name) {
        KeySecret secret;
        try {
            secret = KeySecret.of(safe.exposeSecret(name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the key " + name + " in " + folder, e);
        }
        boolean isAnother = name.fingerprint().isPresent()
                && name.kind()
                        .purpose()
                        .filter(purpose -> name.fingerprint().get().equals(secret.fingerprint(purpose)))
                        .isEmpty();
        if (isAnother) {
            throw new IllegalStateException("the key " + name + " in " + folder
                    + " is not the one that its name says; restore the right one from its backup");
        }
        return secret;
    }
}
