package io.holdfast.enforce;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.holdfast.legal.DataCategory;
import io.holdfast.policy.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lets out of one JSON answer what was granted, field by field, while it streams. What no field names is withheld; an object
 * or array is kept as far as something granted is in it, and the root always, if only as {@code {}}. An element of an array in
 * which nothing is granted is left out, so the others move up.
 *
 * <p>Promised: no byte leaves that was not judged, names and values as a whole; after anything that cannot be judged nothing
 * more leaves, and the end of the root leaves last, so that what was cut off is no JSON. Memory is bounded by the limits below,
 * however long the answer is. Not promised: that a store puts into a field what the operator said of it.
 *
 * <p>What leaves is written anew: the spelling of a text may change, a number keeps its digits. For one thread.
 */
public final class Minimiser {

    /** How deep objects and arrays may be in one another. */
    public static final int DEEPEST = 64;

    /** The longest text, in characters. */
    public static final int LONGEST_TEXT = 1 << 19;

    /** How many names the objects that are open may have, all in all, and how many characters; a name twice is found in them. */
    public static final int MOST_NAMES = 50_000;

    private static final int MOST_NAME_CHARS = 1 << 20;
    private static final int LONGEST_NAME = 1_024;

    /** How many bytes may come without anything to judge: a text of the greatest length, each character escaped. */
    private static final int MOST_WAITING = 6 * LONGEST_TEXT;

    private static final int SLICE = 16 * 1024;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_TEXT)
                    .build())
            .build();

    private final GrantedPart root;
    private final ByteWatch watch = new ByteWatch();
    private final JsonParser parser;
    private final ByteArrayFeeder feeder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final JsonGenerator generator;
    private final Deque<Container> open = new ArrayDeque<>();
    private boolean isBegun = false;
    private boolean isWhole = false;
    private int waiting = 0;
    private int names = 0;
    private int nameChars = 0;
    private long values = 0;
    private Optional<Withheld> withheld = Optional.empty();

    /** An object or array that is not closed yet. */
    private static final class Container {

        private final GrantedPart part;
        private final boolean isArray;
        private final Set<String> names = new HashSet<>();
        private int nameChars = 0;
        private String name = "";
        private boolean isWritten = false;

        Container(GrantedPart part, boolean isArray) {
            this.part = part;
            this.isArray = isArray;
        }

        GrantedPart next() {
            return isArray ? part.element() : part.member(name);
        }
    }

    /** @param fields where which data stands; without any, nothing leaves but the empty root */
    public Minimiser(List<Field> fields, Set<DataCategory> granted) {
        this.root = GrantedPart.of(fields, granted);
        try {
            this.parser = FACTORY.createNonBlockingByteArrayParser();
            this.generator = FACTORY.createGenerator(out);
        } catch (IOException e) {
            throw new IllegalStateException("memory is written without I/O", e);
        }
        this.feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();
    }

    /**
     * The next bytes of the answer, of any number.
     *
     * @return what may leave now; nothing ever after the answer could not be judged
     */
    public byte[] take(byte[] chunk) {
        return judged(() -> {
            for (int at = 0; at < chunk.length && withheld.isEmpty(); at += SLICE) {
                slice(chunk, at, Math.min(chunk.length, at + SLICE));
            }
        });
    }

    /** The end of the answer; what leaves then ends the JSON. */
    public byte[] end() {
        return judged(() -> {
            feeder.endOfInput();
            if (!isWhole || !watch.isWhole() || parser.nextToken() != null) {
                withheld = Optional.of(Withheld.UNFINISHED);
                return;
            }
            Container last = open.getLast();
            write(last);
            writeEnd(last);
        });
    }

    /** Why nothing more leaves, if that is so. What left before stays right, and is no whole JSON. */
    public Optional<Withheld> withheld() {
        return withheld;
    }

    /** How many granted texts, numbers, truth values and nulls left, those included that leave next. */
    public long values() {
        return values;
    }

    private interface Judging {
        void run() throws IOException;
    }

    /** What is judged and written by that. Whatever goes wrong, what was written since the last time does not leave. */
    private byte[] judged(Judging judging) {
        if (withheld.isPresent()) {
            return new byte[0];
        }
        Optional<Withheld> unlessDone = Optional.of(Withheld.NOT_JSON);
        try {
            judging.run();
            generator.flush();
            unlessDone = withheld;
        } catch (StreamConstraintsException e) {
            unlessDone = Optional.of(Withheld.BEYOND_LIMITS);
        } catch (IOException e) {
            unlessDone = Optional.of(Withheld.NOT_JSON);
        } finally {
            withheld = unlessDone;
        }
        byte[] leaves = withheld.isPresent() ? new byte[0] : out.toByteArray();
        out.reset();
        return leaves;
    }

    private void slice(byte[] bytes, int from, int to) throws IOException {
        if (!isBegun) {
            isBegun = true;
            // The parser would skip a byte order mark, and take other roots.
            if (" \t\r\n{[".indexOf(bytes[from]) < 0) {
                boolean isText = bytes[from] > 0 && bytes[from] < 0x7f;
                withheld = Optional.of(isText ? Withheld.NOT_JSON : Withheld.NOT_UTF8);
                return;
            }
        }
        withheld = watch.take(bytes, from, to);
        if (withheld.isPresent()) {
            return;
        }
        waiting += to - from;
        feeder.feedInput(bytes, from, to);
        for (JsonToken token = parser.nextToken();
                token != JsonToken.NOT_AVAILABLE && withheld.isEmpty();
                token = parser.nextToken()) {
            waiting = 0;
            judge(token);
        }
        if (waiting > MOST_WAITING) {
            withheld = Optional.of(Withheld.BEYOND_LIMITS);
        }
    }

    private void judge(JsonToken token) throws IOException {
        if (isWhole || open.isEmpty() && !token.isStructStart()) {
            withheld = Optional.of(Withheld.NOT_JSON);
        } else if (token.isStructStart()) {
            begin(token == JsonToken.START_ARRAY);
        } else if (token.isStructEnd()) {
            close();
        } else if (token == JsonToken.FIELD_NAME) {
            name(open.getLast(), parser.currentName());
        } else if (token == JsonToken.VALUE_STRING && parser.getTextLength() > LONGEST_TEXT) {
            withheld = Optional.of(Withheld.BEYOND_LIMITS);
        } else if (open.getLast().next().isAll()) {
            writeValue(token);
        }
    }

    private void begin(boolean isArray) throws IOException {
        open.addLast(new Container(open.isEmpty() ? root : open.getLast().next(), isArray));
        if (open.getLast().part.isAll()) {
            writeOpen();
        }
    }

    private void close() throws IOException {
        Container closed = open.getLast();
        if (open.size() == 1) {
            isWhole = true; // Its end leaves with the end of the answer.
            return;
        }
        open.removeLast();
        names -= closed.names.size();
        nameChars -= closed.nameChars;
        if (closed.isWritten) {
            writeEnd(closed);
        }
    }

    private void name(Container object, String name) {
        if (!object.names.add(name)) {
            withheld = Optional.of(Withheld.NAME_TWICE);
            return;
        }
        object.name = name;
        object.nameChars += name.length();
        names++;
        nameChars += name.length();
        if (name.length() > LONGEST_NAME || names > MOST_NAMES || nameChars > MOST_NAME_CHARS) {
            withheld = Optional.of(Withheld.BEYOND_LIMITS);
        }
    }

    /** Everything around what leaves next. */
    private void writeOpen() throws IOException {
        Container around = null;
        for (Container one : open) {
            if (!one.isWritten) {
                if (around != null && !around.isArray) {
                    generator.writeFieldName(around.name);
                }
                write(one);
            }
            around = one;
        }
    }

    private void write(Container container) throws IOException {
        if (container.isWritten) {
            return;
        }
        container.isWritten = true;
        if (container.isArray) {
            generator.writeStartArray();
        } else {
            generator.writeStartObject();
        }
    }

    private void writeEnd(Container container) throws IOException {
        if (container.isArray) {
            generator.writeEndArray();
        } else {
            generator.writeEndObject();
        }
    }

    private void writeValue(JsonToken token) throws IOException {
        writeOpen();
        Container in = open.getLast();
        if (!in.isArray) {
            generator.writeFieldName(in.name);
        }
        values++;
        switch (token) {
            case VALUE_STRING ->
                generator.writeString(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> generator.writeNumber(parser.getText());
            case VALUE_TRUE -> generator.writeBoolean(true);
            case VALUE_FALSE -> generator.writeBoolean(false);
            case VALUE_NULL -> generator.writeNull();
            default -> throw new IllegalStateException("no value of JSON: " + token);
        }
    }
}
