package io.holdfast.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.fixture.KeyService;
import io.holdfast.fixture.MemoryShelf;
import io.holdfast.legal.Identifier;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class PseudonymsTest {

    private static final Instant AUTUMN = Instant.parse("2026-12-31T23:59:59Z");
    private static final Instant WINTER = Instant.parse("2027-01-01T00:00:00Z");
    private static final Identifier OFFICER = new Identifier(Identifier.Type.OFFICER, "a@agency.example");
    private static final Identifier ACCOUNT = new Identifier(Identifier.Type.ACCOUNT_EMAIL, "a@agency.example");

    private final MemoryShelf shelf = new MemoryShelf();
    private final Vault vault = vault(1);

    private Vault vault(int... seeds) {
        return vault(keys(seeds), shelf);
    }

    private static Vault vault(KeyWrapping wrapping, Shelf shelf) {
        return Vault.open(wrapping, shelf, Instant.EPOCH, Optional.empty());
    }

    private static MasterKeys keys(int... seeds) {
        return MasterKeys.of(Arrays.stream(seeds)
                .mapToObj(seed -> {
                    byte[] secret = new byte[MasterKeys.SECRET_BYTES];
                    Arrays.fill(secret, (byte) seed);
                    return secret;
                })
                .toList());
    }

    @Test
    void a_pseudonym_is_the_hmac_of_type_zero_and_value() throws Exception {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) 7);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        byte[] expected = mac.doFinal("ACCOUNT-PHONE\0+85212345678".getBytes(StandardCharsets.UTF_8));

        PseudonymKey made = new PseudonymKey("2026-Q4", key);
        String pseudonym = made.pseudonym(new Identifier(Identifier.Type.ACCOUNT_PHONE, "+85212345678"));

        assertEquals(Base64.getUrlEncoder().withoutPadding().encodeToString(expected), pseudonym);
        // openssl dgst -sha256 -mac HMAC -macopt hexkey:0707...07
        assertEquals("eVJsmidKWVDFba-0qAfhZLyXbZTYOSQXVUePDL4p4kw", pseudonym);
    }

    @Test
    void an_epoch_is_a_quarter_in_utc_and_its_key_is_made_once() {
        PseudonymKey one = vault.pseudonyms(AUTUMN);
        PseudonymKey other = vault.pseudonyms(WINTER);

        assertEquals("2026-Q4", one.epoch());
        assertEquals("2027-Q1", other.epoch());
        assertEquals(
                "2026-Q4",
                vault.pseudonyms(Instant.parse("2026-10-01T00:00:00Z")).epoch());
        assertEquals(
                "2026-Q3",
                vault.pseudonyms(Instant.parse("2026-09-30T23:59:59Z")).epoch());
        assertNotEquals(one.pseudonym(OFFICER), other.pseudonym(OFFICER));
        assertEquals(one.pseudonym(OFFICER), vault(1).pseudonyms(AUTUMN).pseudonym(OFFICER), "after a restart");
        assertEquals(one.pseudonym(OFFICER), vault(1, 2).pseudonyms(AUTUMN).pseudonym(OFFICER), "a new master key");
    }

    @Test
    void an_officer_and_an_account_of_one_address_have_different_pseudonyms() {
        PseudonymKey key = vault.pseudonyms(AUTUMN);

        assertNotEquals(key.pseudonym(OFFICER), key.pseudonym(ACCOUNT));
    }

    @Test
    void a_tag_does_not_show_the_pseudonym_that_it_is_of() {
        PseudonymKey key = vault.pseudonyms(AUTUMN);

        assertEquals(22, key.tag(OFFICER).length());
        assertEquals(key.tag(OFFICER), key.tag(OFFICER));
        assertNotEquals(key.tag(OFFICER), key.tag(ACCOUNT));
        assertFalse(key.pseudonym(OFFICER).startsWith(key.tag(OFFICER).substring(0, 8)));
    }

    @Test
    void keys_that_another_process_made_are_found_and_of_two_the_first_counts() {
        Vault replica = vault(1);
        String here = vault.pseudonyms(AUTUMN).pseudonym(OFFICER);
        String there = replica.pseudonyms(AUTUMN).pseudonym(OFFICER);
        replica.pseudonyms(WINTER);

        assertEquals(here, there);
        assertEquals(
                List.of("2026-Q4", "2027-Q1"),
                vault.allPseudonyms().stream().map(PseudonymKey::epoch).toList());
    }

    @Test
    void keys_are_wrapped_anew_like_every_secret_of_the_vault() {
        String before = vault.pseudonyms(AUTUMN).pseudonym(OFFICER);
        Vault both = vault(1, 2);
        MemoryShelf anew = new MemoryShelf();
        shelf.secrets().forEach(kept -> anew.add(both.rewrapped(kept)));

        assertEquals(before, vault(keys(2), anew).pseudonyms(AUTUMN).pseudonym(OFFICER));
        assertTrue(anew.secrets().stream()
                .allMatch(kept -> kept.wrapped().masterKey().equals(Optional.of(keys(2).newest()))));
    }

    @Test
    void a_vault_that_cannot_open_every_epoch_does_not_open() {
        MemoryShelf half = new MemoryShelf();
        vault(keys(2), half);
        vault.pseudonyms(AUTUMN);
        shelf.secrets().stream()
                .filter(kept -> kept.name().startsWith("pseudonyms/"))
                .forEach(half::add);

        assertThrows(CannotOpenException.class, () -> vault(keys(2), half));
    }

    @Test
    void within_a_quarter_nobody_is_asked_for_the_key_again() throws Exception {
        Vault served;
        try (KeyService service = KeyService.start("kms.example:holdfast/7")) {
            served = vault(service.client(), new MemoryShelf());
            served.pseudonyms(AUTUMN);
        }

        assertEquals("2026-Q4", served.pseudonyms(AUTUMN).epoch());
        assertThrows(KeyUnavailableException.class, () -> served.pseudonyms(WINTER));
    }

    @Test
    void nothing_secret_is_printed() {
        assertEquals("PseudonymKey[2026-Q4]", vault.pseudonyms(AUTUMN).toString());
    }
}
