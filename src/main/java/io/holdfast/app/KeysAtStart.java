package io.holdfast.app;

import io.holdfast.audit.Envelope;
import io.holdfast.audit.KeyHistory;
import io.holdfast.audit.KeyPurpose;
import io.holdfast.audit.Ledger;
import io.holdfast.audit.NamedKey;
import io.holdfast.gate.KeyDesk;
import io.holdfast.store.HeldKey;
import io.holdfast.store.KeyFolder;
import io.holdfast.store.KeyRegister;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Brings the log and the keys of its gateway together, at each start:
 *
 * <ol>
 *   <li>a key that a rotation has put beside the others is added to the log; nothing was signed with it before
 *   <li>a key that is marked is retired in the log
 *   <li>the secret of a key that the log has retired is removed, once the entry is durable
 * </ol>
 *
 * A crash in between is mended by the next start, for each step looks at what the log says. So does a second gateway on the
 * same log that has the same keys.
 */
final class KeysAtStart {

    private static final Logger LOG = Logger.getLogger(KeysAtStart.class);

    private final Ledger ledger;
    private final KeyDesk desk;
    private final KeyFolder keys;
    private final Path folder;
    private final String origin;

    KeysAtStart(Ledger ledger, KeyDesk desk, KeyFolder keys, Path folder, String origin) {
        this.ledger = ledger;
        this.desk = desk;
        this.keys = keys;
        this.folder = folder;
        this.origin = origin;
    }

    /** @throws IllegalStateException if the keys are not those of this log; says what to do */
    void settle() {
        refuseStrangers();
        makeWhatOlderGatewaysLacked();
        addNew();
        refuseLost();
        retireMarked();
        refuseLost();
        dropRetired();
        KeyRegister.of(origin, ledger.history(Envelope.LOG)).write(folder);
    }

    private void addNew() {
        for (HeldKey held : keys.held(origin)) {
            if (!history().names(held.key())) {
                append(() -> desk.add(held.key()));
                LOG.infof("%s is in force from here on", name(held.key()));
            }
        }
    }

    private void retireMarked() {
        List<NamedKey> held = keys.held(origin).stream().map(HeldKey::key).toList();
        for (KeyPurpose purpose : KeyPurpose.values()) {
            List<NamedKey> inForce = history().inForce(purpose);
            boolean isFollowed = inForce.stream().anyMatch(key -> held.contains(key) && !keys.isMarked(key));
            for (NamedKey marked : inForce.stream().filter(keys::isMarked).toList()) {
                if (!isFollowed) {
                    throw new IllegalStateException(name(marked) + " is marked to be retired, and no other would be "
                            + "left; remove " + keys.markOf(marked));
                }
                append(() -> desk.retire(marked));
                keys.unmark(marked);
                LOG.infof("%s is retired", name(marked));
            }
        }
    }

    private void dropRetired() {
        for (HeldKey held : keys.held(origin)) {
            if (!history().isInForce(held.key())) {
                keys.drop(held.name());
                keys.unmark(held.key());
                LOG.infof("the secret of %s is removed", name(held.key()));
            }
        }
    }

    private static String name(NamedKey key) {
        return key.purpose().code() + " key " + key.id();
    }

    private KeyHistory history() {
        return ledger.standing().keys();
    }

    /**
     * A first key that the log does not name was put there instead of the right one; only rotations make keys that the log
     * learns of, and those have other names.
     */
    private void refuseStrangers() {
        for (HeldKey held : keys.held(origin)) {
            boolean isNew = !history().names(held.key());
            if (isNew && held.name().isFirst() && !neverNamed(held.key().purpose())) {
                throw new IllegalStateException("the " + held.key().purpose().code() + " key in " + folder
                        + " is not one that the log names; restore the right one from its backup");
            }
        }
    }

    private void makeWhatOlderGatewaysLacked() {
        for (KeyPurpose purpose : List.of(KeyPurpose.GRANT, KeyPurpose.LOG_ML_DSA_44)) {
            boolean isHeld =
                    keys.held(origin).stream().anyMatch(held -> held.key().purpose() == purpose);
            if (neverNamed(purpose) && !isHeld) {
                keys.makeFirst(purpose, origin);
            }
        }
    }

    private boolean neverNamed(KeyPurpose purpose) {
        return history().spans().stream().noneMatch(span -> span.key().purpose() == purpose);
    }

    private void refuseLost() {
        List<NamedKey> held = keys.held(origin).stream().map(HeldKey::key).toList();
        for (KeyPurpose purpose : KeyPurpose.values()) {
            if (history().inForce(purpose).stream().noneMatch(held::contains)) {
                throw new IllegalStateException("a " + purpose.code() + " key that the log has in force is not in "
                        + folder + "; restore it from its backup");
            }
        }
    }

    /** Another gateway on this log may have been first; then the log says so, and all is well. */
    private void append(Supplier<CompletionStage<?>> change) {
        KeyHistory before = history();
        try {
            change.get().toCompletableFuture().join();
        } catch (RuntimeException e) {
            if (history().equals(before)) {
                throw e;
            }
        }
    }
}
