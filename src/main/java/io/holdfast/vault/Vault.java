package io.holdfast.vault;

import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and unwraps the keys of cases, and makes keyed digests. Safe for many threads.
 *
 * <p>Promises: a case's boxes open only with its key; a wrapped key opens only for its own case and under this master key.
 * Does not promise that secrets are wiped from memory.
 */
public final class Vault {

    public static final int MASTER_KEY_BYTES = 32;

    private static final int CASE_KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey wrapping;
    private final byte[] pseudonymKey;

    /** @param masterKey 32 secret bytes; separate keys are derived from them for each use */
    public Vault(byte[] masterKey) {
        if (masterKey.length != MASTER_KEY_BYTES) {
            throw new IllegalArgumentException("the master key has 32 bytes, found " + masterKey.length);
        }
        this.wrapping = new SecretKeySpec(Mac256.of(masterKey, "holdfast/wrap/1"), "AES");
        this.pseudonymKey = Mac256.of(masterKey, "holdfast/pseudonym/1");
    }

    public CaseKey newCase(String caseId) {
        byte[] key = new byte[CASE_KEY_BYTES];
        RANDOM.nextBytes(key);
        return new CaseKey(caseId, key, Box.seal(wrapping, caseId, key));
    }

    /** @throws CannotOpenException if the key was wrapped for another case or under another master key */
    public CaseKey caseKey(String caseId, byte[] wrapped) {
        return new CaseKey(caseId, Box.open(wrapping, caseId, wrapped), wrapped);
    }

    /**
     * HMAC-SHA-256 under a key of the vault, as base64url: links equal values without showing them. Phone numbers and
     * mail addresses can be guessed, so it goes into sealed claims and tables only, never bare into an entry.
     */
    public String pseudonym(String type, String normalisedValue) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Mac256.of(pseudonymKey, type, normalisedValue));
    }

    @Override
    public String toString() {
        return "Vault";
    }
}
