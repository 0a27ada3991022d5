package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.BiConsumer;

/** JSON as names and values, one under the other: {@code decision.scope.granted  SUBSCRIBER, TRAFFIC}. */
final class Flat {

    private Flat() {}

    static void rows(String name, JsonNode node, BiConsumer<String, String> row) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                rows(name.isEmpty() ? member.getKey() : name + "." + member.getKey(), member.getValue(), row);
            }
        } else if (node.isArray() && holdsObjects(node)) {
            for (int i = 0; i < node.size(); i++) {
                rows(name + "[" + i + "]", node.get(i), row);
            }
        } else {
            row.accept(name, words(node));
        }
    }

    /** A list of words, or one. */
    static String words(JsonNode node) {
        if (!node.isArray()) {
            return node.asText();
        }
        StringJoiner words = new StringJoiner(", ");
        node.forEach(word -> words.add(word.asText()));
        return words.toString();
    }

    private static boolean holdsObjects(JsonNode array) {
        for (JsonNode element : array) {
            if (element.isContainerNode()) {
                return true;
            }
        }
        return false;
    }
}
