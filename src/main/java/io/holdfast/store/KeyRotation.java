package io.holdfast.store;

import io.holdfast.audit.KeyPurpose;
import io.holdfast.audit.NamedKey;
import java.util.List;

/**
 * What an operator does to the keys of a gateway that does not run. It changes files only: the log learns of it at the next
 * start, and until then nothing is signed with the new key and nothing is lost of the old one.
 */
public final class KeyRotation {

    private final KeyFolder keys;
    private final KeyRegister register;

    /** @throws IllegalStateException if no gateway has been started with these keys yet */
    public KeyRotation(KeyFolder keys) {
        this.keys = keys;
        this.register = keys.register()
                .orElseThrow(() -> new IllegalStateException("nothing is known of the log that these keys belong to; "
                        + "start the gateway once, and stop it"));
    }

    /**
     * Makes the next key of a purpose beside those that are there.
     *
     * @throws IllegalStateException if there is one already that the log does not know
     */
    public HeldKey rotate(KeyPurpose purpose) {
        for (HeldKey held : held(purpose)) {
            if (register.find(held.key()).isEmpty()) {
                throw new IllegalStateException("there is a " + purpose.code() + " key already that the log does not "
                        + "know, " + held.key().id() + "; start the gateway, so that it takes effect");
            }
        }
        return keys.makeNext(purpose, register.origin());
    }

    /**
     * Has a key retired at the next start, also one that is lost or held elsewhere.
     *
     * @throws IllegalStateException if the log does not have it in force, or none would be left here
     */
    public NamedKey retire(KeyPurpose purpose, String id) {
        NamedKey meant = register.rows().stream()
                .filter(KeyRegister.Row::isInForce)
                .map(KeyRegister.Row::key)
                .filter(key -> key.purpose() == purpose && key.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + purpose.code() + " key " + id
                        + " is in force; `holdfast key list` shows those that are"));
        boolean isFollowed =
                held(purpose).stream().map(HeldKey::key).anyMatch(key -> !key.equals(meant) && !keys.isMarked(key));
        if (!isFollowed) {
            throw new IllegalStateException("no " + purpose.code() + " key would be left; run `holdfast key rotate "
                    + purpose.code() + "` first");
        }
        keys.mark(meant);
        return meant;
    }

    private List<HeldKey> held(KeyPurpose purpose) {
        return keys.held(register.origin()).stream()
                .filter(key -> key.key().purpose() == purpose)
                .toList();
    }
}
