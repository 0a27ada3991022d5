package io.holdfast.note;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.Seeded;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MlDsa44KeyTest {
    private static final HexFormat HEX = HexFormat.of();

    /** What stands before a raw key in its X.509 form, RFC 9881 section 4. */
    private static final String X509_START = "30820532300b06096086480165030403110382052100";

    @Test
    void accepts_its_own_signatures_and_nothing_changed() {
        Random random = Seeded.random(getClass());
        for (int round = 0; round < 50; round++) {
            MlDsa44Key key = MlDsa44Key.generate();
            byte[] message = new byte[1 + random.nextInt(300)];
            random.nextBytes(message);
            byte[] signature = key.sign(message);
            assertEquals(MlDsa44PublicKey.SIGNATURE_BYTES, signature.length);
            assertTrue(key.publicKey().verify(message, signature));
            assertFalse(key.publicKey().verify(flipped(message, random), signature));
            assertFalse(key.publicKey().verify(message, flipped(signature, random)));
            assertFalse(MlDsa44Key.generate().publicKey().verify(message, signature));
        }
    }

    @Test
    void two_signatures_over_one_message_differ_and_both_hold() {
        MlDsa44Key key = MlDsa44Key.generate();
        byte[] one = key.sign(new byte[3]);
        byte[] other = key.sign(new byte[3]);
        assertFalse(Arrays.equals(one, other), "signing must be hedged");
        assertTrue(key.publicKey().verify(new byte[3], one));
        assertTrue(key.publicKey().verify(new byte[3], other));
    }

    @Test
    void the_java_platform_agrees_where_it_knows_ml_dsa() throws GeneralSecurityException {
        assumeTrue(Security.getAlgorithms("KeyFactory").contains("ML-DSA-44"), "Java 24 and later know ML-DSA");
        MlDsa44Key key = MlDsa44Key.generate();
        byte[] x509 = HEX.parseHex(X509_START + HEX.formatHex(key.publicKey().bytes()));
        PublicKey publicKey = KeyFactory.getInstance("ML-DSA-44").generatePublic(new X509EncodedKeySpec(x509));
        Signature platform = Signature.getInstance("ML-DSA-44");
        platform.initVerify(publicKey);
        platform.update(new byte[5]);
        assertTrue(platform.verify(key.sign(new byte[5])));
    }

    @Test
    void a_signature_of_another_length_is_wrong_and_throws_nothing() {
        MlDsa44PublicKey key = MlDsa44Key.generate().publicKey();
        for (int length : new int[] {0, 1, 64, 2419, 2421, 5000}) {
            assertFalse(key.verify(new byte[3], new byte[length]));
        }
    }

    @Test
    void the_seed_comes_back_only_when_asked_for_by_name() {
        MlDsa44Key key = MlDsa44Key.generate();
        byte[] seed = key.exposeSecretSeed();
        assertEquals(key.publicKey(), MlDsa44Key.ofSeed(seed).publicKey());
        assertFalse(key.toString().contains(HEX.formatHex(seed)));
        assertFalse(Cosigner.of("a", key).toString().contains(HEX.formatHex(seed)));
        seed[0]++;
        assertNotEquals(seed[0], key.exposeSecretSeed()[0]);
    }

    @Test
    void changing_the_callers_seed_changes_no_key() {
        byte[] seed = new byte[MlDsa44Key.SEED_BYTES];
        MlDsa44Key key = MlDsa44Key.ofSeed(seed);
        seed[0] = 1;
        assertArrayEquals(new byte[MlDsa44Key.SEED_BYTES], key.exposeSecretSeed());
    }

    @Test
    void rejects_seeds_and_public_keys_of_another_length() {
        assertThrows(MalformedException.class, () -> MlDsa44Key.ofSeed(new byte[31]));
        assertThrows(MalformedException.class, () -> MlDsa44Key.ofSeed(new byte[64]));
        assertThrows(MalformedException.class, () -> MlDsa44PublicKey.of(new byte[1311]));
        assertThrows(MalformedException.class, () -> MlDsa44PublicKey.of(new byte[1313]));
    }

    @Test
    void does_not_change_the_list_of_security_providers() {
        List<Provider> before = List.of(Security.getProviders());
        MlDsa44Key.generate().sign(new byte[1]);
        assertEquals(before, List.of(Security.getProviders()));
    }

    private static byte[] flipped(byte[] bytes, Random random) {
        byte[] changed = bytes.clone();
        changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        return changed;
    }
}
