package io.holdfast.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.tlog.Hash;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the claims of an object by name and kind, and says which one is wrong. */
public final class Claims {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    private final String what;
    private final ObjectNode object;

    public Claims(String what, ObjectNode object) {
        this.what = what;
        this.object = object;
    }

    ObjectNode node() {
        return object;
    }

    public boolean has(String name) {
        return object.has(name);
    }

    public String text(String name) {
        JsonNode node = object.get(name);
        if (node == null || !node.isTextual()) {
            throw wrong(name, "a string");
        }
        return node.textValue();
    }

    public Optional<String> optionalText(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    public long number(String name) {
        JsonNode node = object.get(name);
        if (node == null || !node.isIntegralNumber() || node.longValue() < 0) {
            throw wrong(name, "a number, 0 or more");
        }
        return node.longValue();
    }

    public int count(String name) {
        long number = number(name);
        if (number > Integer.MAX_VALUE) {
            throw wrong(name, "a count");
        }
        return (int) number;
    }

    boolean flag(String name) {
        JsonNode node = object.get(name);
        if (node == null || !node.isBoolean()) {
            throw wrong(name, "true or false");
        }
        return node.booleanValue();
    }

    /** An instant in UTC as {@link Instant#toString} prints it, and in no other spelling. */
    public Instant instant(String name) {
        String text = text(name);
        try {
            Instant instant = Instant.parse(text);
            if (instant.toString().equals(text)) {
                return instant;
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        throw wrong(name, "an instant in UTC such as 2026-11-23T12:00:00Z");
    }

    Optional<Instant> optionalInstant(String name) {
        return has(name) ? Optional.of(instant(name)) : Optional.empty();
    }

    /** One of a closed set of words. */
    <T> T word(String name, Function<String, T> reader) {
        try {
            return reader.apply(text(name));
        } catch (IllegalArgumentException e) {
            throw wrong(name, "one of the known words");
        }
    }

    public List<String> texts(String name) {
        JsonNode node = object.get(name);
        if (!(node instanceof ArrayNode array)) {
            throw wrong(name, "a list of strings");
        }
        List<String> texts = new ArrayList<>(array.size());
        for (JsonNode element : array) {
            if (!element.isTextual()) {
                throw wrong(name, "a list of strings");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    <T> List<T> words(String name, Function<String, T> reader) {
        List<T> words = new ArrayList<>();
        for (String text : texts(name)) {
            try {
                words.add(reader.apply(text));
            } catch (IllegalArgumentException e) {
                throw wrong(name, "a list of known words");
            }
        }
        return words;
    }

    public Claims object(String name) {
        if (!(object.get(name) instanceof ObjectNode nested)) {
            throw wrong(name, "an object");
        }
        return new Claims(what + "." + name, nested);
    }

    public List<Claims> objects(String name) {
        if (!(object.get(name) instanceof ArrayNode array)) {
            throw wrong(name, "a list of objects");
        }
        List<Claims> objects = new ArrayList<>(array.size());
        for (JsonNode element : array) {
            if (!(element instanceof ObjectNode nested)) {
                throw wrong(name, "a list of objects");
            }
            objects.add(new Claims(what + "." + name, nested));
        }
        return objects;
    }

    /** 64 lower-case hex digits. */
    public Hash hash(String name) {
        String text = text(name);
        if (!HEX.matcher(text).matches()) {
            throw wrong(name, "64 hex digits");
        }
        return Hash.of(HexFormat.of().parseHex(text));
    }

    /** All members, each a string. */
    Map<String, String> textMembers() {
        Map<String, String> members = new LinkedHashMap<>();
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            members.put(name, text(name));
        }
        return members;
    }

    Iterable<String> names() {
        return object::fieldNames;
    }

    public UnreadableException wrong(String name, String expected) {
        return new UnreadableException(what + ": " + name + " must be " + expected);
    }

    public static ArrayNode list(Collection<String> texts) {
        ArrayNode array = CanonicalJson.object().arrayNode();
        texts.forEach(array::add);
        return array;
    }
}
