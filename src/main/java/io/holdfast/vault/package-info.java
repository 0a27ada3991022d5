/**
 * Sealing, opening and shredding the personal part of entries.
 *
 * <p>Each case has a key of its own; a master key wraps it. A sealed box is {@code 0x01 || nonce (12 bytes) ||
 * AES-256-GCM ciphertext and tag}, and is bound to what it belongs to: a box moved to another entry does not open. A wrapped
 * key names the master key that wrapped it ({@link io.holdfast.vault.WrappedKey}), so that several can be open at once and
 * one can follow another.
 *
 * <p>Who keeps the master key is behind {@link io.holdfast.vault.KeyWrapping}. Secrets of the vault's own are random and kept
 * wrapped on a {@link io.holdfast.vault.Shelf}, so that nothing but wrapped keys depends on a master key.
 *
 * <p>What a case collects waits on a {@link io.holdfast.vault.Spool}, sealed under the key of the case and bound to its place there.
 *
 * <p>Nothing here reads or writes a disk: keys and boxes go in and out as bytes. Start with {@link io.holdfast.vault.Vault}.
 */
package io.holdfast.vault;
