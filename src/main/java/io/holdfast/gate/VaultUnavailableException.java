package io.holdfast.gate;

import io.holdfast.vault.KeyUnavailableException;

/** Whoever keeps the master key does not answer: nothing can be sealed or opened, so nothing is decided or released. */
public final class VaultUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    VaultUnavailableException(KeyUnavailableException because) {
        super(because.getMessage(), because);
    }
}
