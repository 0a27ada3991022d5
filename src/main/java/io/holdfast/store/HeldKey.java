package io.holdfast.store;

import io.holdfast.audit.NamedKey;

/**
 * A key that a gateway holds, without its secret.
 *
 * @param name where the secret is kept
 * @param key the half of it that the log may name
 */
public record HeldKey(KeyName name, NamedKey key) {}
