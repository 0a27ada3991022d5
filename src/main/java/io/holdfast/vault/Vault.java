package io.holdfast.vault;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Makes and unwraps the keys of cases, and makes keyed digests. Safe for many threads.
 *
 * <p>Promises: a case's boxes open only with its key; a wrapped key opens only for its own case and under the master key
 * that it names. Does not promise that secrets are wiped from memory.
 */
public final class Vault {

    private static final int CASE_KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The secret under which repeated calls are recognised. */
    private static final String CALLS = "calls";

    private final KeyWrapping wrapping;
    private final byte[] callKey;
    private final PseudonymEpochs epochs;

    private Vault(KeyWrapping wrapping, byte[] callKey, PseudonymEpochs epochs) {
        this.wrapping = wrapping;
        this.callKey = callKey;
        this.epochs = epochs;
    }

    /**
     * Opens the vault's own secrets, and makes those that are not there yet.
     *
     * @param former the secret that calls were recognised by in a log that began before the shelf had one; see
     *     {@link MasterKeys#exposeFormerCallKey}
     * @throws KeyUnavailableException if a master key cannot be used now
     * @throws CannotOpenException if a secret was wrapped under a master key that is not here
     */
    public static Vault open(KeyWrapping wrapping, Shelf shelf, Instant now, Optional<byte[]> former) {
        PseudonymEpochs epochs = new PseudonymEpochs(wrapping, shelf);
        epochs.all(); // so that one that does not open is found now, and not when somebody looks for it
        return new Vault(wrapping, new OwnSecrets(wrapping, shelf).getOrMake(CALLS, now, former), epochs);
    }

    /** @throws KeyUnavailableException if the newest master key cannot be used now */
    public CaseKey newCase(String caseId) {
        byte[] key = new byte[CASE_KEY_BYTES];
        RANDOM.nextBytes(key);
        return new CaseKey(caseId, key, wrapping.wrap(caseId, key).bytes());
    }

    /**
     * @throws KeyUnavailableException if the master key that wrapped it cannot be used now
     * @throws CannotOpenException if the key was wrapped for another case or under a master key that is not here
     */
    public CaseKey caseKey(String caseId, byte[] wrapped) {
        return new CaseKey(caseId, wrapping.unwrapSecret(caseId, WrappedKey.parse(wrapped)), wrapped);
    }

    /** The id of the master key that wraps now. */
    public String newestMasterKey() {
        return wrapping.newest();
    }

    /**
     * The same key of a case under the newest master key.
     *
     * @throws KeyUnavailableException if a master key cannot be used now
     * @throws CannotOpenException if the key was wrapped for another case or under a master key that is not here
     */
    public WrappedKey rewrapped(String caseId, WrappedKey wrapped) {
        return wrapping.wrap(caseId, wrapping.unwrapSecret(caseId, wrapped));
    }

    /** The same for a secret of the vault's own. */
    public Shelf.Kept rewrapped(Shelf.Kept kept) {
        String boundTo = OwnSecrets.boundTo(kept.name());
        return new Shelf.Kept(kept.name(), kept.since(), rewrapped(boundTo, kept.wrapped()));
    }

    /** Keyed digest of what a caller sent, as base64url: recognises it when it comes again, and shows nothing of it. */
    public String callDigest(String type, String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Mac256.of(callKey, type, text));
    }

    /**
     * What makes the pseudonyms of this instant. The first call in a quarter makes and keeps the key of that quarter; every
     * other one asks nobody.
     *
     * @throws KeyUnavailableException if a master key is needed for it and cannot be used now
     */
    public PseudonymKey pseudonyms(Instant at) {
        return epochs.at(at);
    }

    /**
     * One for each quarter in which there were pseudonyms, oldest first. Reads the shelf.
     *
     * @throws KeyUnavailableException if a master key is needed for it and cannot be used now
     */
    public List<PseudonymKey> allPseudonyms() {
        return epochs.all();
    }

    @Override
    public String toString() {
        return "Vault";
    }
}
