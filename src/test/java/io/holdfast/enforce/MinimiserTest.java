package io.holdfast.enforce;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.legal.DataCategory;
import io.holdfast.policy.Field;
import io.holdfast.policy.PolicyException;
import io.holdfast.policy.RouteFile;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinimiserTest {

    private static final List<Field> FIELDS = fields(
            "{/name: SUBSCRIBER, /mail/*/from: TRAFFIC, /mail/*/body: CONTENT, /card: SUBSCRIBER, /log/*/*: TRAFFIC}");

    /** As they stand in a file of routes. */
    static List<Field> fields(String yaml) {
        try {
            String file = "schema: holdfast/v1\nkind: Routes\nroutes:\n  - path: /x/{id}\n    methods: [GET]\n"
                    + "    account: {kind: USER-ID, path: id}\n    period: NONE\n"
                    + "    categories: [SUBSCRIBER, TRAFFIC, CONTENT]\n    fields: " + yaml + "\n";
            return RouteFile.parse("routes.yaml", file.getBytes(StandardCharsets.UTF_8))
                    .get(0)
                    .fields();
        } catch (PolicyException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** What left, and why no more did. */
    private record Out(String text, Optional<Withheld> withheld) {}

    private static Out minimise(Set<DataCategory> granted, byte[]... chunks) {
        Minimiser minimiser = new Minimiser(FIELDS, granted);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] chunk : chunks) {
            out.writeBytes(minimiser.take(chunk));
        }
        out.writeBytes(minimiser.end());
        return new Out(out.toString(StandardCharsets.UTF_8), minimiser.withheld());
    }

    private static Out minimise(Set<DataCategory> granted, String json) {
        return minimise(granted, json.getBytes(StandardCharsets.UTF_8));
    }

    private static final String ANSWER = """
            {"name": "A\\u00e9\\ud83d\\ude00 é😀", "secret": {"name": "x"}, "mail": [
              {"from": "b", "body": "hello", "to": ["c"]}, {"draft": true}, {"body": null, "from": 1.50e2}],
             "card": {"no": [1, {}, []]}, "log": [["in", -5], ["out"], "flat"]}""";

    @Test
    void what_was_granted_leaves_and_nothing_else() {
        assertEquals(
                new Out("{\"name\":\"Aé😀 é😀\",\"card\":{\"no\":[1,{},[]]}}", Optional.empty()),
                plain(minimise(EnumSet.of(DataCategory.SUBSCRIBER), ANSWER)));
        assertEquals(
                new Out(
                        "{\"mail\":[{\"from\":\"b\"},{\"from\":1.50e2}],\"log\":[[\"in\",-5],[\"out\"]]}",
                        Optional.empty()),
                minimise(EnumSet.of(DataCategory.TRAFFIC), ANSWER));
        assertEquals(
                new Out("{\"mail\":[{\"body\":\"hello\"},{\"body\":null}]}", Optional.empty()),
                minimise(EnumSet.of(DataCategory.CONTENT), ANSWER));
        assertEquals(new Out("{}", Optional.empty()), minimise(EnumSet.of(DataCategory.CREDENTIALS), ANSWER));
        assertEquals(
                new Out("[]", Optional.empty()), minimise(EnumSet.of(DataCategory.SUBSCRIBER), "[" + ANSWER + "]"));
    }

    /** Two halves of a character may be written as escapes. */
    private static Out plain(Out out) {
        return new Out(out.text().replaceAll("(?i)\\\\ud83d\\\\ude00", "😀"), out.withheld());
    }

    @Test
    void a_name_is_the_same_in_every_spelling_and_a_place_is_not() {
        assertEquals(
                "{\"name\":1}",
                minimise(EnumSet.of(DataCategory.SUBSCRIBER), "{\"n\\u0061me\":1}")
                        .text());
        for (String other : List.of(
                "{\"Name\":1}",
                "{\"name \":1}",
                "{\"name\\u0000\":1}",
                "{\"x\":{\"name\":1}}",
                "{\"/name\":1}",
                "{\"mail\":{\"*\":{\"from\":1}}}",
                "{\"mail\":{\"0\":{\"from\":1}}}",
                "{\"mail\":{\"from\":1}}",
                "{\"mail\":[[{\"from\":1}]]}",
                "{\"mail\\/*\\/from\":1}")) {
            assertEquals(
                    new Out("{}", Optional.empty()),
                    minimise(EnumSet.of(DataCategory.SUBSCRIBER, DataCategory.TRAFFIC), other),
                    other);
        }
    }

    @Test
    void it_does_not_matter_where_a_chunk_ends() {
        byte[] answer = ANSWER.getBytes(StandardCharsets.UTF_8);
        Set<DataCategory> granted = EnumSet.of(DataCategory.SUBSCRIBER, DataCategory.TRAFFIC);
        Out whole = minimise(granted, answer);
        for (int at = 0; at <= answer.length; at++) {
            byte[] first = java.util.Arrays.copyOfRange(answer, 0, at);
            byte[] second = java.util.Arrays.copyOfRange(answer, at, answer.length);
            assertEquals(whole, minimise(granted, first, second));
            if (at < answer.length) {
                Out cut = minimise(granted, first);
                assertEquals(Optional.of(Withheld.UNFINISHED), cut.withheld());
                assertTrue(whole.text().startsWith(cut.text()) && !whole.text().equals(cut.text()), cut::text);
            }
        }
        byte[][] bytes = new byte[answer.length][];
        for (int i = 0; i < answer.length; i++) {
            bytes[i] = new byte[] {answer[i]};
        }
        assertEquals(whole, minimise(granted, bytes));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "NAME_TWICE|{\"name\":1,\"name\":2}",
                "NAME_TWICE|{\"name\":1,\"n\\u0061me\":2}",
                "NAME_TWICE|{\"x\":[{\"y\":1,\"\\u0079\":2}]}",
                "NOT_JSON|{\"name\":1}{\"name\":2}",
                "NOT_JSON|{\"name\":1},",
                "NOT_JSON|{\"name\":1} x",
                "NOT_JSON|\"name\"",
                "NOT_JSON|1",
                "NOT_JSON|null",
                "NOT_JSON|{'name':1}",
                "NOT_JSON|{name:1}",
                "NOT_JSON|{\"name\":1,}",
                "NOT_JSON|{\"name\":01}",
                "NOT_JSON|{\"name\":+1}",
                "NOT_JSON|{\"name\":NaN}",
                "NOT_JSON|{\"name\":1/**/}",
                "NOT_JSON|{\"name\":\"\t\"}",
                "NOT_JSON|{\"name\":\"\\x\"}",
                "NOT_JSON|{\"name\":\"\\u00g0\"}",
                "NOT_JSON|{\"name\":1]",
                "NOT_JSON|{\"\\ud800\":1}",
                "NOT_JSON|{\"\\ud83d\\ude00\":1}",
                "UNFINISHED|{\"name\":1",
                "UNFINISHED|[",
                "UNFINISHED|` `",
                "UNFINISHED|``",
            })
    void what_is_not_one_document_is_withheld(Withheld why, String text) {
        Out out = minimise(EnumSet.of(DataCategory.SUBSCRIBER), text);

        assertEquals(Optional.of(why), out.withheld());
        assertFalse(out.text().endsWith("}"), out::text);
    }

    @Test
    void nothing_leaves_of_a_chunk_that_ends_in_something_that_cannot_be_judged_nor_after_it() {
        Minimiser minimiser = new Minimiser(FIELDS, EnumSet.of(DataCategory.SUBSCRIBER));

        assertEquals(
                "{\"name\":1",
                new String(minimiser.take("{\"name\":1, ".getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8));
        assertEquals(0, minimiser.take("\"card\":2, x".getBytes(StandardCharsets.UTF_8)).length);
        assertEquals(Optional.of(Withheld.NOT_JSON), minimiser.withheld());
        assertEquals(0, minimiser.take("\"card\":2}".getBytes(StandardCharsets.UTF_8)).length);
        assertEquals(0, minimiser.end().length);
        assertEquals(Optional.of(Withheld.NOT_JSON), minimiser.withheld());
    }

    @Test
    void a_comma_with_nothing_after_it_is_found_also_between_two_chunks() {
        for (String rest : List.of("}", " }", "\n}", "]")) {
            Minimiser minimiser = new Minimiser(FIELDS, EnumSet.of(DataCategory.SUBSCRIBER));
            minimiser.take("{\"name\":1,".getBytes(StandardCharsets.UTF_8));
            assertEquals(0, minimiser.take(rest.getBytes(StandardCharsets.UTF_8)).length);
            assertEquals(Optional.of(Withheld.NOT_JSON), minimiser.withheld());
        }
    }

    @Test
    void a_text_leaves_when_all_of_it_is_there() {
        Minimiser minimiser = new Minimiser(FIELDS, EnumSet.of(DataCategory.SUBSCRIBER));

        assertEquals(0, minimiser.take("{\"name\":\"half".getBytes(StandardCharsets.UTF_8)).length);
        assertArrayEquals(
                "{\"name\":\"half and half\"".getBytes(StandardCharsets.UTF_8),
                minimiser.take(" and half\"".getBytes(StandardCharsets.UTF_8)));
        assertEquals(1, minimiser.values());
    }

    @Test
    void other_encodings_are_withheld() {
        String text = "{\"name\":1}";
        for (Charset charset : Stream.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE")
                .map(Charset::forName)
                .toList()) {
            Out out = minimise(EnumSet.of(DataCategory.SUBSCRIBER), text.getBytes(charset));
            assertTrue(out.withheld().isPresent(), charset::name);
            assertEquals("", out.text(), charset::name);
        }
        assertEquals(
                new Out("", Optional.of(Withheld.NOT_UTF8)),
                minimise(EnumSet.of(DataCategory.SUBSCRIBER), "\ufeff" + text));
        assertEquals(
                new Out("", Optional.of(Withheld.NOT_JSON)),
                minimise(EnumSet.of(DataCategory.SUBSCRIBER), " \ufeff" + text));
        for (String bytes : List.of(
                "\u00c1\u00a1", // an overlong a
                "\u00e0\u0080\u00af", // an overlong slash
                "\u00ed\u00a0\u0080", // half of a pair
                "\u00f4\u0090\u0080\u0080", // beyond Unicode
                "\u00ff",
                "\u0080",
                "\u00c3")) {
            for (String answer : List.of("{\"name\":\"" + bytes + "\"}", "{\"" + bytes + "\":1}")) {
                Out out = minimise(EnumSet.of(DataCategory.SUBSCRIBER), answer.getBytes(StandardCharsets.ISO_8859_1));
                assertEquals(new Out("", Optional.of(Withheld.NOT_UTF8)), out);
            }
        }
    }

    @Test
    void what_is_too_deep_or_too_long_is_withheld() {
        Set<DataCategory> granted = EnumSet.of(DataCategory.SUBSCRIBER);
        String deepest = "{\"card\":" + "[".repeat(Minimiser.DEEPEST - 1) + "]".repeat(Minimiser.DEEPEST - 1) + "}";
        assertEquals(new Out(deepest, Optional.empty()), minimise(granted, deepest));
        for (String part : List.of("card", "other")) {
            for (String value : List.of(
                    "[".repeat(Minimiser.DEEPEST),
                    "\"" + "x".repeat(Minimiser.LONGEST_TEXT + 1) + "\"",
                    "1".repeat(2_000),
                    "{\"" + "x".repeat(2_000) + "\":1}")) {
                Out out = minimise(granted, "{\"" + part + "\":" + value + "}");
                assertEquals(Optional.of(Withheld.BEYOND_LIMITS), out.withheld(), value.substring(0, 4));
            }
        }
        String longest = "{\"name\":\"" + "x".repeat(Minimiser.LONGEST_TEXT) + "\"}";
        assertEquals(new Out(longest, Optional.empty()), minimise(granted, longest));
        String escaped = "{\"name\":\"" + "\\u0078".repeat(Minimiser.LONGEST_TEXT) + "\"}";
        assertEquals(new Out(longest, Optional.empty()), minimise(granted, escaped));
        StringBuilder many = new StringBuilder("{\"x\":{\"0\":0");
        for (int i = 1; i <= Minimiser.MOST_NAMES; i++) {
            many.append(",\"").append(i).append("\":0");
        }
        assertEquals(
                new Out("", Optional.of(Withheld.BEYOND_LIMITS)),
                minimise(granted, many.append("}}").toString()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "true|application/json|",
                "true|Application/JSON; charset=UTF-8|identity",
                "true|application/json;charset=\"utf-8\"|",
                "false|application/json; charset=utf-16|",
                "false|application/json; charset=utf-8; charset=utf-16|",
                "false|application/json, text/html|",
                "false|application/problem+json|",
                "false|application/x-ndjson|",
                "false|text/json|",
                "false|text/html|",
                "false||",
                "false|application/json|gzip",
                "false|application/json|identity, gzip",
                "false|application/json|br",
            })
    void an_answer_is_looked_at_if_it_says_that_it_is_plain_json(boolean can, String type, String coding) {
        List<String> codings = coding == null ? List.of() : List.of(coding);
        assertEquals(can, AnswerForm.canBeJudged(type == null ? List.of() : List.of(type), codings));
        assertFalse(AnswerForm.canBeJudged(List.of("application/json", "application/json"), List.of()));
    }
}
