package io.holdfast.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {

    private static final byte[] PLAIN = "what is personal".getBytes(StandardCharsets.UTF_8);

    private final Vault vault = vault(1);
    private final CaseKey key = vault.newCase("case-1");

    private static Vault vault(int seed) {
        byte[] master = new byte[Vault.MASTER_KEY_BYTES];
        Arrays.fill(master, (byte) seed);
        return new Vault(master);
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
    void a_tag_and_a_pseudonym_do_not_show_the_person() {
        assertFalse(key.personTag("person-1").contains("person"));
        assertEquals(22, key.personTag("person-1").length());
        assertFalse(vault.pseudonym("officer", "person-1").contains("person"));
    }

    @Test
    void pseudonyms_link_equal_values_of_one_type_under_one_master_key() {
        String one = vault.pseudonym("account", "a");

        assertEquals(one, vault(1).pseudonym("account", "a"));
        assertNotEquals(one, vault.pseudonym("officer", "a"));
        assertNotEquals(one, vault.pseudonym("account", "b"));
        assertNotEquals(one, vault(2).pseudonym("account", "a"));
        assertNotEquals(vault.pseudonym("ab", "c"), vault.pseudonym("a", "bc"), "parts run together");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 31, 33})
    void a_master_key_of_another_length_is_refused(int length) {
        assertThrows(IllegalArgumentException.class, () -> new Vault(new byte[length]));
    }

    @Test
    void nothing_secret_is_printed() {
        assertEquals("Vault", vault.toString());
        assertEquals("CaseKey", key.toString());
    }
}
