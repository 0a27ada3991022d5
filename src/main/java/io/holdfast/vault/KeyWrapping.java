package io.holdfast.vault;

/**
 * Wraps the keys of cases under a master key, and unwraps them. The only thing that the vault asks of whoever keeps the
 * master key: a file on this machine ({@link MasterKeys}), or a key service that never gives it away.
 *
 * <p>An implementation promises: what it wrapped opens only bound to the same text, and under the key that it names. It
 * keeps nothing of what passes through. It answers within a time limit of its own or throws; a caller has no other.
 *
 * <p>Called once for each new case, on the thread of whoever asks, before anything is appended; never by the thread that
 * writes the log. Safe for many threads.
 */
public interface KeyWrapping {

    /** The id of the key that {@link #wrap} uses now; see {@link WrappedKey} for what an id may be. */
    String newest();

    /**
     * @param boundTo what the secret belongs to, such as the id of a case; it opens for nothing else
     * @throws KeyUnavailableException if the newest key cannot be used now
     */
    WrappedKey wrap(String boundTo, byte[] secret);

    /**
     * @throws KeyUnavailableException if the key that wrapped it cannot be used now
     * @throws CannotOpenException if it was changed, belongs to something else, or was wrapped under a key that is not here
     */
    byte[] unwrapSecret(String boundTo, WrappedKey wrapped);
}
