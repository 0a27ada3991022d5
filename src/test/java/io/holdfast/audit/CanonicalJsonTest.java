package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 8785, as far as an entry needs it. */
class CanonicalJsonTest {

    @Test
    void strings_are_written_as_in_section_3_2_2() throws JsonProcessingException {
        assertEquals(
                "{\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}",
                canonical("{\"string\": \"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\"}"));
    }

    @Test
    void literals_are_written_as_in_section_3_2_2() throws JsonProcessingException {
        assertEquals("{\"literals\":[true,false]}", canonical("{ \"literals\" : [ true , false ] }"));
    }

    @Test
    void names_are_sorted_as_in_section_3_2_3() throws JsonProcessingException {
        String json = "{\"\\u20ac\": \"Euro Sign\", \"\\r\": \"Carriage Return\","
                + " \"\\ufb33\": \"Hebrew Letter Dalet With Dagesh\", \"1\": \"One\","
                + " \"\\ud83d\\ude00\": \"Emoji: Grinning Face\", \"\\u0080\": \"Control\","
                + " \"\\u00f6\": \"Latin Small Letter O With Diaeresis\"}";
        assertEquals(
                "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
                        + "\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}",
                canonical(json));
    }

    @Test
    void whole_numbers_are_written_as_in_appendix_b() throws JsonProcessingException {
        assertEquals("[0,9007199254740991,-9007199254740991]", canonical("[0, 9007199254740991, -9007199254740991]"));
    }

    @Test
    void refuses_to_write_what_an_entry_does_not_hold() {
        for (String json : List.of("null", "[null]", "1.5", "1e3", "9007199254740992", "\"\\ud83d\"", "\"\\ude00x\"")) {
            assertThrows(UnreadableException.class, () -> canonical(json), json);
        }
    }

    @Test
    void reads_one_spelling_only() {
        assertEquals(
                "{\"a\":1}", CanonicalJson.readObject("x", bytes("{\"a\":1}")).toString());
        for (String json : List.of(
                "{\"a\": 1}",
                "{\"a\":1}\n",
                "{\"b\":1,\"a\":1}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":01}",
                "{\"a\":-0}",
                "{\"a\":1.0}",
                "{\"a\":1e0}",
                "{\"a\":\"\\u0061\"}",
                "{\"a\":\"\\/\"}",
                "{'a':1}",
                "{\"a\":1}{}",
                "{\"a\":1}x",
                "{\"a\":NaN}",
                "\uFEFF{\"a\":1}",
                "/**/{\"a\":1}",
                "[]",
                "",
                "{")) {
            assertThrows(UnreadableException.class, () -> CanonicalJson.readObject("x", bytes(json)), json);
        }
    }

    @Test
    void refuses_other_encodings() {
        byte[] utf16 = "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE);
        assertThrows(UnreadableException.class, () -> CanonicalJson.readObject("x", utf16));
        byte[] broken = {'{', '"', (byte) 0xc3, '"', ':', '1', '}'};
        assertThrows(UnreadableException.class, () -> CanonicalJson.readObject("x", broken));
    }

    @Test
    void the_error_does_not_quote_the_text() {
        UnreadableException refused =
                assertThrows(UnreadableException.class, () -> CanonicalJson.readObject("x", bytes("{\"secret: 1}")));
        assertEquals("x is not JSON", refused.getMessage());
    }

    private static String canonical(String json) throws JsonProcessingException {
        return new String(CanonicalJson.write(new ObjectMapper().readTree(json)), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
