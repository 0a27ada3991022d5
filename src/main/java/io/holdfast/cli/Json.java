package io.holdfast.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.UnreadableException;
import java.io.IOException;
import java.util.Collection;
import java.util.function.Function;

/** JSON as it comes from a gateway or a file, and as it is printed for programs. */
final class Json {

    /** Made when it is needed: that takes longer than some commands, and those that print tables do not need it. */
    private static final class Mapper {
        static final JsonMapper MAPPER = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static <T> ArrayNode list(Collection<T> things, Function<T, JsonNode> node) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        things.forEach(thing -> array.add(node.apply(thing)));
        return array;
    }

    static ArrayNode texts(Collection<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    /** @throws UnreadableException if that is not one JSON object; the message does not quote it */
    static ObjectNode read(String what, byte[] json) {
        try {
            if (Mapper.MAPPER.readTree(json) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            // Said below: the parser's message may quote the text, and the text may be personal.
        }
        throw new UnreadableException(what + " is not a JSON object");
    }

    static byte[] bytes(JsonNode node) {
        try {
            return Mapper.MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON can be written", e);
        }
    }

    static String pretty(JsonNode node) {
        try {
            return Mapper.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON can be written", e);
        }
    }
}
