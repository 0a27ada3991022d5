package io.holdfast.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.fixture.KeyService;
import io.holdfast.fixture.MemoryShelf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {

    private static final byte[] PLAIN = "what is personal".getBytes(StandardCharsets.UTF_8);

    private final Vault vault = vault(1);
    private final CaseKey key = vault.newCase("case-1");

    private static Vault vault(int... seeds) {
        return vault(keys(seeds), new MemoryShelf());
    }

    private static Vault vault(KeyWrapping wrapping, Shelf shelf) {
        return Vault.open(wrapping, shelf, Instant.EPOCH, Optional.empty());
    }

    private static MasterKeys keys(int... seeds) {
        return MasterKeys.of(Arrays.stream(seeds).mapToObj(VaultTest::secret).toList());
    }

    private static byte[] secret(int seed) {
        byte[] master = new byte[MasterKeys.SECRET_BYTES];
        Arrays.fill(master, (byte) seed);
        return master;
    }

    @Test
    void what_was_sealed_opens_with_the_key_of_its_case_and_for_its_entry() {
        byte[] box = key.seal("entry-1", PLAIN);

        CaseKey again = vault.caseKey("case-1", key.wrapped());

        assertArrayEquals(PLAIN, again.openSecret("entry-1", box));
    }

    @Test
    void random_contents_come_back_as_they_were() {
        long seed = System.nanoTime();
        System.out.println("VaultTest, seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            byte[] plain = new byte[random.nextInt(5000)];
            random.nextBytes(plain);
            assertArrayEquals(plain, key.openSecret("e" + i, key.seal("e" + i, plain)), "seed " + seed);
        }
    }

    @Test
    void two_boxes_of_the_same_content_have_nothing_in_common() {
        byte[] one = key.seal("entry-1", PLAIN);
        byte[] two = key.seal("entry-1", PLAIN);

        assertFalse(Arrays.equals(one, 1, 13, two, 1, 13), "the same nonce twice");
        assertFalse(Arrays.equals(one, 13, one.length, two, 13, two.length));
    }

    @Test
    void a_box_moved_to_another_entry_does_not_open() {
        byte[] box = key.seal("entry-1", PLAIN);

        assertThrows(CannotOpenException.class, () -> key.openSecret("entry-2", box));
    }

    @Test
    void a_box_of_another_case_does_not_open() {
        byte[] box = vault.newCase("case-2").seal("entry-1", PLAIN);

        assertThrows(CannotOpenException.class, () -> key.openSecret("entry-1", box));
    }

    @Test
    void no_flipped_bit_goes_unnoticed() {
        byte[] box = key.seal("entry-1", PLAIN);
        for (int i = 0; i < box.length * 8; i++) {
            byte[] changed = box.clone();
            changed[i / 8] ^= (byte) (1 << i % 8);
            assertThrows(CannotOpenException.class, () -> key.openSecret("entry-1", changed), "bit " + i);
        }
    }

    @Test
    void no_shortened_or_lengthened_box_opens() {
        byte[] box = key.seal("entry-1", PLAIN);
        for (int length = 0; length < box.length; length++) {
            byte[] shorter = Arrays.copyOf(box, length);
            assertThrows(CannotOpenException.class, () -> key.openSecret("entry-1", shorter));
        }
        assertThrows(CannotOpenException.class, () -> key.openSecret("entry-1", Arrays.copyOf(box, box.length + 1)));
    }

    @Test
    void a_wrapped_key_opens_for_its_own_case_only() {
        assertThrows(CannotOpenException.class, () -> vault.caseKey("case-2", key.wrapped()));
    }

    @Test
    void a_wrapped_key_does_not_open_under_another_master_key() {
        assertThrows(CannotOpenException.class, () -> vault(2).caseKey("case-1", key.wrapped()));
    }

    @Test
    void what_cannot_be_opened_is_not_quoted() {
        byte[] box = key.seal("entry-1", PLAIN);

        CannotOpenException refused =
                assertThrows(CannotOpenException.class, () -> key.openSecret("a person's name", box));

        assertFalse(refused.getMessage().contains("person's"));
    }

    @Test
    void a_tag_is_the_same_for_the_same_person_of_a_case() {
        assertEquals(
                key.personTag("person-1"),
                vault.caseKey("case-1", key.wrapped()).personTag("person-1"));
    }

    @Test
    void tags_tell_people_of_one_case_apart_and_link_no_two_cases() {
        Set<String> tags = new HashSet<>();
        CaseKey other = vault.newCase("case-2");
        for (int i = 0; i < 500; i++) {
            assertTrue(tags.add(key.personTag("person-" + i)));
            assertTrue(tags.add(other.personTag("person-" + i)));
        }
    }

    @Test
    void a_tag_and_a_digest_do_not_show_what_they_are_of() {
        assertFalse(key.personTag("person-1").contains("person"));
        assertEquals(22, key.personTag("person-1").length());
        assertFalse(vault.callDigest("call", "person-1").contains("person"));
    }

    @Test
    void calls_are_recognised_by_one_vault_also_under_its_next_master_key_and_by_no_other() {
        MemoryShelf shelf = new MemoryShelf();
        String one = vault(keys(1), shelf).callDigest("call", "a");

        assertEquals(one, vault(keys(1, 2), shelf).callDigest("call", "a"));
        assertNotEquals(one, vault(keys(1), shelf).callDigest("body", "a"));
        assertNotEquals(one, vault(keys(1), shelf).callDigest("call", "b"));
        assertNotEquals(one, vault(keys(1), new MemoryShelf()).callDigest("call", "a"), "derived from the master key");
        assertNotEquals(vault.callDigest("ab", "c"), vault.callDigest("a", "bc"), "parts run together");
    }

    /** Made by the code before master keys had ids, under the master key 01 01 01 and so on. */
    @Test
    void what_was_sealed_before_master_keys_had_ids_opens_also_when_there_are_two() {
        byte[] wrapped = HexFormat.of()
                .parseHex("01db2ae3ed0487fd7a472968706dc57f7d8c7a49ffae0e4d0aa49434c95fb5efb7eb7ad6df95fb36773d"
                        + "418d407c01af70f629171a774977129ecdb878");
        byte[] box = HexFormat.of()
                .parseHex("01731b978ffa95debe5a5e97102bb8ca78ab1dc1568c77017e4d045361656e8c16f64bffd2268686c6ab3738a2");

        for (Vault each : List.of(vault(1), vault(1, 2), vault(2, 1))) {
            CaseKey old = each.caseKey("case-1", wrapped);
            assertArrayEquals(PLAIN, old.openSecret("entry-1", box));
            assertEquals("YRanz2rNkHRS0IbnhsNgWQ", old.personTag("person-1"));
            assertArrayEquals(wrapped, old.wrapped());
        }
        assertEquals(Optional.empty(), WrappedKey.parse(wrapped).masterKey());
        assertThrows(CannotOpenException.class, () -> vault(1, 2).caseKey("case-2", wrapped));
        assertThrows(CannotOpenException.class, () -> vault(2, 3).caseKey("case-1", wrapped));
    }

    @Test
    void a_log_that_began_before_the_vault_kept_secrets_goes_on_recognising_its_calls() {
        MemoryShelf shelf = new MemoryShelf();
        Vault upgraded = Vault.open(keys(1), shelf, Instant.EPOCH, Optional.of(keys(1).exposeFormerCallKey()));

        for (Vault each : List.of(upgraded, vault(keys(1), shelf), vault(keys(1, 2), shelf))) {
            assertEquals("H3U4NMsucgnYvrgW99p1Y5IXbb2KIWoAgFnOj5CeyQ4", each.callDigest("call", "agency\nperson\nkey"));
        }
    }

    @Test
    void a_wrapped_key_names_its_master_key_and_reads_as_it_was_written() {
        WrappedKey wrapped = WrappedKey.parse(key.wrapped());

        assertEquals(Optional.of(keys(1).newest()), wrapped.masterKey());
        assertArrayEquals(key.wrapped(), wrapped.bytes());
        assertEquals(2 + 16 + 61, key.wrapped().length);
    }

    @Test
    void several_master_keys_are_open_at_once_and_the_newest_wraps() {
        Vault both = vault(1, 2);
        CaseKey later = both.newCase("case-2");

        assertEquals(
                Optional.of(keys(2).newest()), WrappedKey.parse(later.wrapped()).masterKey());
        assertArrayEquals(PLAIN, both.caseKey("case-1", key.wrapped()).openSecret("e", key.seal("e", PLAIN)));
        assertArrayEquals(PLAIN, vault(2).caseKey("case-2", later.wrapped()).openSecret("e", later.seal("e", PLAIN)));
        assertEquals(1, keys(7, 7).ids().size(), "the same key from two places is one key");
    }

    @Test
    void a_key_under_a_master_key_that_is_not_here_says_which_one_is_missing() {
        String message = assertThrows(CannotOpenException.class, () -> vault(2).caseKey("case-1", key.wrapped()))
                .getMessage();

        assertTrue(message.contains(keys(1).newest()) && message.contains(keys(2).newest()), message);
    }

    @Test
    void no_flipped_bit_of_a_wrapped_key_goes_unnoticed() {
        byte[] wrapped = key.wrapped();
        for (int i = 0; i < wrapped.length * 8; i++) {
            byte[] changed = wrapped.clone();
            changed[i / 8] ^= (byte) (1 << i % 8);
            assertThrows(CannotOpenException.class, () -> vault(1, 2).caseKey("case-1", changed), "bit " + i);
        }
        for (int length = 0; length < wrapped.length; length++) {
            byte[] shorter = Arrays.copyOf(wrapped, length);
            assertThrows(CannotOpenException.class, () -> vault.caseKey("case-1", shorter), "length " + length);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-x", "with space", "with\nbreak", "\u00fcber"})
    void an_id_that_could_be_mistaken_is_none(String id) {
        assertThrows(IllegalArgumentException.class, () -> WrappedKey.of(id, PLAIN));
    }

    @Test
    void a_key_service_can_stand_where_the_key_file_stands() throws IOException {
        MemoryShelf shelf = new MemoryShelf();
        try (KeyService service = KeyService.start("kms.example:holdfast/7")) {
            Vault served = vault(service.client(), shelf);
            CaseKey sealing = served.newCase("case-1");
            byte[] box = sealing.seal("entry-1", PLAIN);

            Vault again = vault(service.client(), shelf);

            assertArrayEquals(PLAIN, again.caseKey("case-1", sealing.wrapped()).openSecret("entry-1", box));
            assertEquals(served.callDigest("call", "a"), again.callDigest("call", "a"));
            assertEquals(
                    Optional.of("kms.example:holdfast/7"),
                    WrappedKey.parse(sealing.wrapped()).masterKey());
            assertThrows(CannotOpenException.class, () -> again.caseKey("case-2", sealing.wrapped()));
            assertThrows(CannotOpenException.class, () -> again.caseKey("case-1", key.wrapped()));
            assertThrows(CannotOpenException.class, () -> vault.caseKey("case-1", sealing.wrapped()));
        }
    }

    @Test
    void while_the_key_service_is_down_nothing_is_sealed_and_nothing_opened_and_it_says_who_is_missing()
            throws IOException {
        Vault served;
        byte[] wrapped;
        try (KeyService service = KeyService.start("kms.example:holdfast/7")) {
            served = vault(service.client(), new MemoryShelf());
            wrapped = served.newCase("case-1").wrapped();
        }

        KeyUnavailableException sealing = assertThrows(KeyUnavailableException.class, () -> served.newCase("case-2"));
        KeyUnavailableException opening =
                assertThrows(KeyUnavailableException.class, () -> served.caseKey("case-1", wrapped));

        assertEquals("the key service kms.example:holdfast/7 does not answer", sealing.getMessage());
        assertEquals(sealing.getMessage(), opening.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 31, 33})
    void a_master_key_of_another_length_is_refused(int length) {
        assertThrows(IllegalArgumentException.class, () -> MasterKeys.of(new byte[length]));
    }

    @Test
    void without_any_master_key_there_is_no_vault() {
        assertThrows(IllegalArgumentException.class, () -> MasterKeys.of(List.of()));
    }

    @Test
    void nothing_secret_is_printed() {
        assertEquals("Vault", vault.toString());
        assertEquals("CaseKey", key.toString());
        assertEquals("MasterKeys[" + keys(1).newest() + "]", keys(1).toString());
        assertEquals(
                "WrappedKey[" + keys(1).newest() + "]",
                WrappedKey.parse(key.wrapped()).toString());
    }
}
