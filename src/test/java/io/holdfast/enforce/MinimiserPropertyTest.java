package io.holdfast.enforce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.legal.DataCategory;
import io.holdfast.policy.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random answers, fields, grants, spellings and chunks, against a filter that has the whole tree in hand. */
class MinimiserPropertyTest {

    private static final int ROUNDS = Integer.getInteger("holdfast.minimiser.rounds", 5_000);
    private static final List<String> NAMES =
            List.of("a", "b", "name", "*", "0", "", "a/b", "~", "~1", "é", "\u0000", "😀", "/a", "naME");
    private static final List<DataCategory> CATEGORIES =
            List.of(DataCategory.SUBSCRIBER, DataCategory.TRAFFIC, DataCategory.CONTENT);
    private static final JsonMapper TREES = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final Random random;

    MinimiserPropertyTest() {
        long seed = Long.getLong("holdfast.seed", System.nanoTime());
        System.out.println("MinimiserPropertyTest: -Dholdfast.seed=" + seed);
        random = new Random(seed);
    }

    /** A value that is somewhere, under a mark that is nowhere else. */
    private record Leaf(List<Field.Step> path, String mark) {}

    /** Writes one random document, and remembers every leaf. */
    private final class Writing {

        private final StringBuilder text = new StringBuilder();
        private final List<Leaf> leaves = new ArrayList<>();

        void container(List<Field.Step> path, int depth) {
            boolean isArray = random.nextBoolean();
            text.append(space()).append(isArray ? '[' : '{');
            Set<String> names = new LinkedHashSet<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                names.add(NAMES.get(random.nextInt(NAMES.size())));
            }
            boolean isFirst = true;
            for (String name : names) {
                text.append(isFirst ? "" : ",").append(space());
                isFirst = false;
                List<Field.Step> inner = new ArrayList<>(path);
                inner.add(new Field.Step(isArray ? Optional.empty() : Optional.of(name)));
                if (!isArray) {
                    text.append(spelled(name, true)).append(space()).append(':');
                }
                if (depth > 0 && random.nextInt(3) > 0) {
                    container(inner, depth - 1);
                } else {
                    leaf(inner);
                }
            }
            text.append(space()).append(isArray ? ']' : '}').append(space());
        }

        private void leaf(List<Field.Step> path) {
            int number = 1_000_000 + leaves.size();
            switch (random.nextInt(5)) {
                case 0 -> {
                    text.append(number);
                    leaves.add(new Leaf(path, "" + number));
                }
                case 1 -> {
                    text.append("-").append(number).append(".50E+1");
                    leaves.add(new Leaf(path, "" + number));
                }
                case 2 -> text.append(List.of("true", "false", "null").get(random.nextInt(3)));
                default -> {
                    String padding = random.nextInt(50) == 0 ? "é\n😀".repeat(random.nextInt(12_000)) : "";
                    text.append(spelled("mark" + number + padding, false));
                    leaves.add(new Leaf(path, "mark" + number));
                }
            }
        }

        private String space() {
            return List.of("", "", "", " ", "\n\t", "\r").get(random.nextInt(6));
        }
    }

    /** A text of JSON, in one of the many ways to write it. The parser takes no escaped halves of characters in a name. */
    private String spelled(String text, boolean isName) {
        StringBuilder spelled = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isPlain = c >= 0x20 && c != '"' && c != '\\' && (isName || !Character.isSurrogate(c));
            if (isPlain && (Character.isSurrogate(c) || random.nextInt(4) > 0)) {
                spelled.append(c);
            } else if (c == '/' && random.nextBoolean()) {
                spelled.append("\\/");
            } else {
                String hex = String.format("\\u%04x", (int) c);
                spelled.append(
                        random.nextBoolean() ? hex : "\\u" + hex.substring(2).toUpperCase(java.util.Locale.ROOT));
            }
        }
        return spelled.append('"').toString();
    }

    /** Some where something stands, some around that, some anywhere; none in another. */
    private List<Field> fields(List<Leaf> leaves) {
        List<Field> fields = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            List<Field.Step> path = new ArrayList<>();
            if (!leaves.isEmpty() && random.nextInt(4) > 0) {
                List<Field.Step> of = leaves.get(random.nextInt(leaves.size())).path();
                path.addAll(of.subList(0, 1 + random.nextInt(of.size())));
            } else {
                for (int j = random.nextInt(3); j >= 0; j--) {
                    String name = NAMES.get(random.nextInt(NAMES.size()));
                    path.add(new Field.Step(random.nextBoolean() ? Optional.empty() : Optional.of(name)));
                }
            }
            Field field = new Field(path, CATEGORIES.get(random.nextInt(CATEGORIES.size())));
            if (fields.stream().noneMatch(other -> covers(other, path) || covers(field, other.path()))) {
                fields.add(field);
            }
        }
        return fields;
    }

    private static boolean covers(Field field, List<Field.Step> path) {
        int size = field.path().size();
        return path.size() >= size && path.subList(0, size).equals(field.path());
    }

    private static boolean mayLeave(List<Field> fields, Set<DataCategory> granted, List<Field.Step> path) {
        return fields.stream().anyMatch(field -> granted.contains(field.category()) && covers(field, path));
    }

    /** The same, of a tree: what is left of a value, if anything is. */
    private static Optional<JsonNode> left(
            JsonNode node, List<Field.Step> path, List<Field> fields, Set<DataCategory> granted) {
        if (mayLeave(fields, granted, path)) {
            return Optional.of(node);
        }
        if (node instanceof ObjectNode object) {
            ObjectNode kept = TREES.createObjectNode();
            object.properties()
                    .forEach(member -> left(
                                    member.getValue(), with(path, Optional.of(member.getKey())), fields, granted)
                            .ifPresent(value -> kept.set(member.getKey(), value)));
            return kept.isEmpty() && !path.isEmpty() ? Optional.empty() : Optional.of(kept);
        }
        if (node instanceof ArrayNode array) {
            ArrayNode kept = TREES.createArrayNode();
            array.forEach(element ->
                    left(element, with(path, Optional.empty()), fields, granted).ifPresent(kept::add));
            return kept.isEmpty() && !path.isEmpty() ? Optional.empty() : Optional.of(kept);
        }
        return Optional.empty();
    }

    private static List<Field.Step> with(List<Field.Step> path, Optional<String> member) {
        List<Field.Step> longer = new ArrayList<>(path);
        longer.add(new Field.Step(member));
        return longer;
    }

    private byte[] streamed(Minimiser minimiser, byte[] answer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int longest = List.of(1, 3, 40, 5_000, 1_000_000).get(random.nextInt(5));
        for (int at = 0; at < answer.length; ) {
            int to = Math.min(answer.length, at + 1 + random.nextInt(longest));
            out.writeBytes(minimiser.take(Arrays.copyOfRange(answer, at, to)));
            at = to;
        }
        out.writeBytes(minimiser.end());
        return out.toByteArray();
    }

    private Set<DataCategory> granted() {
        Set<DataCategory> granted = EnumSet.noneOf(DataCategory.class);
        CATEGORIES.stream().filter(one -> random.nextBoolean()).forEach(granted::add);
        return granted;
    }

    @Test
    void every_granted_field_leaves_and_no_other_does() throws IOException {
        int left = 0;
        int stayed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Writing writing = new Writing();
            writing.container(List.of(), random.nextInt(6));
            List<Field> fields = fields(writing.leaves);
            Set<DataCategory> granted = granted();
            Minimiser minimiser = new Minimiser(fields, granted);

            String out = new String(
                    streamed(minimiser, writing.text.toString().getBytes(StandardCharsets.UTF_8)),
                    StandardCharsets.UTF_8);

            assertEquals(Optional.empty(), minimiser.withheld(), () -> writing.text + " " + fields);
            for (Leaf leaf : writing.leaves) {
                boolean mayLeave = mayLeave(fields, granted, leaf.path());
                assertEquals(mayLeave, out.contains(leaf.mark()), () -> writing.text + " " + fields + " gave " + out);
                left += mayLeave ? 1 : 0;
                stayed += mayLeave ? 0 : 1;
            }
            JsonNode whole = TREES.readTree(writing.text.toString());
            assertEquals(left(whole, List.of(), fields, granted), Optional.of(TREES.readTree(out)));
        }
        System.out.println("MinimiserPropertyTest: " + ROUNDS + " answers, " + left + " values left, " + stayed
                + " stayed, 0 wrong");
        assertTrue(left > ROUNDS / 4 && stayed > ROUNDS);
    }

    @Test
    void damaged_answers_leave_as_what_they_are_or_end() throws IOException {
        int ended = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Writing writing = new Writing();
            writing.container(List.of(), 3);
            List<Field> fields = fields(writing.leaves);
            Set<DataCategory> granted = granted();
            byte[] answer = writing.text.toString().getBytes(StandardCharsets.UTF_8);
            for (int i = random.nextInt(3); i >= 0; i--) {
                answer[random.nextInt(answer.length)] = random.nextBoolean()
                        ? (byte) random.nextInt(256)
                        : (byte) "{}[]:,\"\\u0 -".charAt(random.nextInt(12));
            }
            Minimiser minimiser = new Minimiser(fields, granted);

            byte[] out = streamed(minimiser, answer);

            if (minimiser.withheld().isPresent()) {
                ended++;
                assertFalse(isWhole(out), () -> "a part that looks whole: " + new String(out, StandardCharsets.UTF_8));
            } else {
                JsonNode whole = TREES.readTree(new String(answer, StandardCharsets.UTF_8));
                assertEquals(left(whole, List.of(), fields, granted), Optional.of(TREES.readTree(out)));
            }
        }
        System.out.println("MinimiserPropertyTest: " + ROUNDS + " damaged answers, " + ended + " ended");
        assertTrue(ended > ROUNDS / 4);
    }

    private static boolean isWhole(byte[] out) throws IOException {
        try {
            return !TREES.readTree(out).isMissingNode();
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
