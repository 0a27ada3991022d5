package io.holdfast.vault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** AES-256-GCM with a fresh random nonce: {@code 0x01 || nonce || ciphertext || tag}. */
final class Box {

    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Box() {}

    static byte[] seal(SecretKey key, String boundTo, byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] secret = cipher(Cipher.ENCRYPT_MODE, key, nonce, boundTo).doFinal(plain);
            byte[] box = new byte[1 + NONCE_BYTES + secret.length];
            box[0] = VERSION;
            System.arraycopy(nonce, 0, box, 1, NONCE_BYTES);
            System.arraycopy(secret, 0, box, 1 + NONCE_BYTES, secret.length);
            return box;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    static byte[] open(SecretKey key, String boundTo, byte[] box) {
        if (box.length < 1 + NONCE_BYTES + TAG_BITS / 8 || box[0] != VERSION) {
            throw new CannotOpenException("not a sealed box of this version");
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOfRange(box, 1, 1 + NONCE_BYTES), boundTo)
                    .doFinal(box, 1 + NONCE_BYTES, box.length - 1 - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new CannotOpenException("the box was changed, belongs elsewhere, or is sealed under another key");
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String boundTo)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(boundTo.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
