package io.holdfast.vault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Master keys in this process's memory. The newest wraps; all of them unwrap. Never asks anybody, so never unavailable. */
public final class MasterKeys implements KeyWrapping {

    public static final int SECRET_BYTES = 32;

    private final List<MasterKey> keys;
    private final byte[] formerCallKey;

    private MasterKeys(List<MasterKey> keys, byte[] formerCallKey) {
        this.keys = List.copyOf(keys);
        this.formerCallKey = formerCallKey;
    }

    /** @param oldestFirst each 32 secret bytes; the last one wraps */
    public static MasterKeys of(List<byte[]> oldestFirst) {
        List<MasterKey> keys = new ArrayList<>(oldestFirst.size());
        for (byte[] secret : oldestFirst) {
            MasterKey key = new MasterKey(secret);
            keys.removeIf(other -> other.id().equals(key.id())); // the same one from two places
            keys.add(key);
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("there is no master key");
        }
        return new MasterKeys(keys, Mac256.of(oldestFirst.get(0), "holdfast/pseudonym/1"));
    }

    public static MasterKeys of(byte[] secret) {
        return of(List.of(secret));
    }

    /** The ids of all of them, oldest first. */
    public List<String> ids() {
        return keys.stream().map(MasterKey::id).toList();
    }

    /**
     * The secret under which calls were recognised before the vault kept one of its own. It was derived from the one
     * master key that there was, the oldest of these.
     */
    public byte[] exposeFormerCallKey() {
        return formerCallKey.clone();
    }

    @Override
    public String newest() {
        return keys.get(keys.size() - 1).id();
    }

    @Override
    public WrappedKey wrap(String boundTo, byte[] secret) {
        return keys.get(keys.size() - 1).wrap(boundTo, secret);
    }

    @Override
    public byte[] unwrapSecret(String boundTo, WrappedKey wrapped) {
        return wrapped.masterKey().isPresent()
                ? named(wrapped.masterKey().get()).unwrap(boundTo, wrapped)
                : anyThatOpens(boundTo, wrapped);
    }

    private MasterKey named(String id) {
        return keys.stream()
                .filter(key -> key.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new CannotOpenException("it is wrapped under the master key " + id
                        + ", which is not here; the ones here are " + ids()));
    }

    /** A wrapped key without an id is older than the second master key, so it is most likely the oldest one's. */
    private byte[] anyThatOpens(String boundTo, WrappedKey wrapped) {
        Optional<CannotOpenException> refused = Optional.empty();
        for (MasterKey key : keys) {
            try {
                return key.unwrap(boundTo, wrapped);
            } catch (CannotOpenException e) {
                refused = Optional.of(e);
            }
        }
        throw refused.orElseThrow();
    }

    @Override
    public String toString() {
        return "MasterKeys" + ids();
    }
}
