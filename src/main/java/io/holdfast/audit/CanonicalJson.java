package io.holdfast.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;

/**
 * The JSON Canonicalization Scheme (RFC 8785), for the values that an entry may hold: objects, arrays, strings,
 * booleans and integers below 2^53. No floats and no null: what is unknown is left out.
 *
 * <p>Reading accepts a text only if writing it gives the same bytes back.
 */
public final class CanonicalJson {

    private static final int DEEPEST = 16;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** The parser alone, without Jackson's mapper: that takes longer to start than an auditor's whole check. */
    private static final JsonFactory PARSERS = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(1 << 20)
                    .build())
            .build();

    private CanonicalJson() {}

    public static ObjectNode object() {
        return NODES.objectNode();
    }

    /**
     * @param what names the text in the error
     * @throws UnreadableException if the bytes are not the canonical form of one JSON object
     */
    public static ObjectNode readObject(String what, byte[] json) {
        ObjectNode object = readUnchecked(what, json);
        if (!Arrays.equals(write(object), json)) {
            throw new UnreadableException(what + " is not in canonical form (RFC 8785)");
        }
        return object;
    }

    /** The object, in whatever form: for callers that write what they understood, and compare it with what they read. */
    static ObjectNode readUnchecked(String what, byte[] json) {
        try {
            if (parse(json) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            // The parser's own message may quote the text, and the text may be personal.
            throw new UnreadableException(what + " is not JSON");
        }
        throw new UnreadableException(what + " is not a JSON object");
    }

    /** The same for any JSON value: a disclosure is an array. */
    public static JsonNode readAny(String what, byte[] json) {
        try {
            JsonNode node = parse(json);
            if (node != null && Arrays.equals(write(node), json)) {
                return node;
            }
        } catch (IOException e) {
            throw new UnreadableException(what + " is not JSON");
        }
        throw new UnreadableException(what + " is not in canonical form (RFC 8785)");
    }

    /** The value, and nothing after it. */
    private static JsonNode parse(byte[] json) throws IOException {
        try (JsonParser parser = PARSERS.createParser(json)) {
            JsonNode node = value(parser, parser.nextToken());
            if (parser.nextToken() != null) {
                throw new UnreadableException("there is something after the JSON value");
            }
            return node;
        }
    }

    /** As deep as the parser's own bound lets it go. */
    private static JsonNode value(JsonParser parser, JsonToken token) throws IOException {
        if (token == JsonToken.START_OBJECT) {
            ObjectNode object = NODES.objectNode();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                object.set(name, value(parser, parser.nextToken()));
            }
            return object;
        }
        if (token == JsonToken.START_ARRAY) {
            ArrayNode array = NODES.arrayNode();
            for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                array.add(value(parser, next));
            }
            return array;
        }
        if (token == JsonToken.VALUE_STRING) {
            return NODES.textNode(parser.getText());
        }
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return NODES.booleanNode(token == JsonToken.VALUE_TRUE);
        }
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return NODES.numberNode(parser.getLongValue());
        }
        throw new UnreadableException("an entry holds objects, lists, strings, integers, true and false only");
    }

    /** @throws UnreadableException if the value holds anything that an entry may not hold */
    public static byte[] write(JsonNode node) {
        return CanonicalWriter.write(node);
    }
}
