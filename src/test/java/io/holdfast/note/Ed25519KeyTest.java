package io.holdfast.note;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.Seeded;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ed25519KeyTest {
    private static final HexFormat HEX = HexFormat.of();

    /** What stands before a raw key in its X.509 form, RFC 8410 section 4. */
    private static final String X509_START = "302a300506032b6570032100";

    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
                + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
                + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
                + "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da0"
                + "85ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
                + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
                + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac1"
                + "8ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    })
    void signs_as_in_rfc_8032_section_7_1(String seed, String publicKey, String message, String signature) {
        Ed25519Key key = Ed25519Key.ofSeed(HEX.parseHex(seed));
        byte[] bytes = HEX.parseHex(message);
        assertEquals(publicKey, key.publicKey().toString());
        assertEquals(signature, HEX.formatHex(key.sign(bytes)));
        assertTrue(key.publicKey().verify(bytes, HEX.parseHex(signature)));
    }

    @Test
    void the_java_platform_accepts_what_we_sign_and_we_accept_nothing_changed() throws GeneralSecurityException {
        Random random = Seeded.random(getClass());
        for (int round = 0; round < 50; round++) {
            Ed25519Key key = Ed25519Key.generate();
            byte[] message = new byte[1 + random.nextInt(300)];
            random.nextBytes(message);
            byte[] signature = key.sign(message);
            Signature platform = Signature.getInstance("Ed25519");
            platform.initVerify(platformKey(key.publicKey()));
            platform.update(message);
            assertTrue(platform.verify(signature));

            assertTrue(key.publicKey().verify(message, signature));
            assertFalse(key.publicKey().verify(flipped(message, random), signature));
            assertFalse(key.publicKey().verify(message, flipped(signature, random)));
            assertFalse(Ed25519Key.generate().publicKey().verify(message, signature));
        }
    }

    @Test
    void a_signature_of_another_length_is_wrong_and_throws_nothing() {
        Ed25519PublicKey key = Ed25519Key.generate().publicKey();
        for (int length : new int[] {0, 1, 63, 65, 128}) {
            assertFalse(key.verify(new byte[3], new byte[length]));
        }
    }

    @Test
    void the_seed_comes_back_only_when_asked_for_by_name() {
        Ed25519Key key = Ed25519Key.generate();
        byte[] seed = key.exposeSecretSeed();
        assertEquals(key.publicKey(), Ed25519Key.ofSeed(seed).publicKey());
        assertFalse(key.toString().contains(HEX.formatHex(seed)));
        assertFalse(new NoteSigner("a", key).toString().contains(HEX.formatHex(seed)));
        seed[0]++;
        assertNotEquals(seed[0], key.exposeSecretSeed()[0]);
    }

    @Test
    void rejects_seeds_and_public_keys_of_another_length() {
        assertThrows(MalformedException.class, () -> Ed25519Key.ofSeed(new byte[31]));
        assertThrows(MalformedException.class, () -> Ed25519Key.ofSeed(new byte[64]));
        assertThrows(MalformedException.class, () -> Ed25519PublicKey.of(new byte[31]));
        assertThrows(MalformedException.class, () -> Ed25519PublicKey.of(new byte[33]));
    }

    /** The points of order 1, 2, 4 and 8, a second spelling of one, and bytes that are no point. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0200000000000000000000000000000000000000000000000000000000000000"
            })
    void rejects_public_keys_under_which_anything_would_verify(String hex) {
        byte[] bytes = HEX.parseHex(hex);
        assertThrows(MalformedException.class, () -> Ed25519PublicKey.of(bytes));
    }

    @Test
    void does_not_change_the_list_of_security_providers() {
        List<Provider> before = List.of(Security.getProviders());
        Ed25519Key.generate().sign(new byte[1]);
        assertEquals(before, List.of(Security.getProviders()));
    }

    private static PublicKey platformKey(Ed25519PublicKey key) throws GeneralSecurityException {
        byte[] x509 = HEX.parseHex(X509_START + key);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509));
    }

    private static byte[] flipped(byte[] bytes, Random random) {
        byte[] changed = bytes.clone();
        changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        return changed;
    }
}
