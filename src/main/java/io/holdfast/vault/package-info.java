/**
 * Sealing, opening and shredding the personal part of entries.
 *
 * <p>Each case has a key of its own; the master key wraps it. A sealed box is {@code 0x01 || nonce (12 bytes) ||
 * AES-256-GCM ciphertext and tag}, and is bound to what it belongs to: a box moved to another entry does not open.
 *
 * <p>Nothing here reads or writes a disk: keys and boxes go in and out as bytes. Start with {@link io.holdfast.vault.Vault}.
 */
package io.holdfast.vault;
