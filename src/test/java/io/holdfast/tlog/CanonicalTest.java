package io.holdfast.tlog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 9, 10, 20852163, Long.MAX_VALUE})
    void reads_the_numbers_that_java_prints(long number) {
        assertEquals(number, Canonical.decimal("size", Long.toString(number)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-",
                "+",
                "+5",
                "-5",
                "-0",
                "00",
                "007",
                " 5",
                "5 ",
                "5\n",
                "5.0",
                "1e3",
                "0x5",
                "1_000",
                "1,000",
                "\u0665",
                "\uff15",
                "9223372036854775808",
                "99999999999999999999999"
            })
    void rejects_every_other_spelling_of_a_number(String text) {
        assertThrows(MalformedException.class, () -> Canonical.decimal("size", text));
    }

    @Test
    void a_message_names_field_rule_and_found_value() {
        MalformedException e = assertThrows(MalformedException.class, () -> Canonical.decimal("tree size", "+5"));
        assertEquals(
                "tree size: must be a decimal number below 2^63 without sign or leading zeros, found \"+5\"",
                e.getMessage());
    }

    @Test
    void a_message_is_safe_to_print_whatever_was_found() {
        String hostile = "\u001b[2J\"\\\r\n\u202e" + "x".repeat(1000);
        String printed = MalformedException.printable(hostile);
        assertEquals("\\u001b[2J\\u0022\\u005c\\u000d\\n\\u202e" + "x".repeat(68) + "...", printed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=",
                "A",
                "AA",
                "AAA",
                "AB==",
                "AAB=",
                "AA=",
                "A===",
                "AAAA=",
                "AA==AA==",
                "AA\n==",
                "-_-_",
                "\u0391AAA"
            })
    void rejects_every_other_spelling_of_base64(String text) {
        assertThrows(MalformedException.class, () -> Canonical.base64("field", text));
    }

    @Test
    void reads_the_base64_that_java_prints() {
        Random random = Seeded.random(getClass());
        for (int length = 0; length < 200; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            assertArrayEquals(
                    bytes, Canonical.base64("field", Base64.getEncoder().encodeToString(bytes)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"80", "c3", "c3c3", "c080", "e28280e2", "eda080", "f4908080", "ff"})
    void rejects_invalid_utf8(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThrows(MalformedException.class, () -> Canonical.utf8("field", bytes));
    }

    @Test
    void rejects_text_that_has_no_utf8() {
        assertThrows(MalformedException.class, () -> Canonical.utf8("field", "\ud800"));
        assertEquals("\u2014\ud83d\udd10", Canonical.utf8("field", Canonical.utf8("field", "\u2014\ud83d\udd10")));
    }
}
