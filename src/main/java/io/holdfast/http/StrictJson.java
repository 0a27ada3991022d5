package io.holdfast.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Request;
import io.holdfast.legal.Term;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads JSON that strangers send: at most 64 KiB of valid UTF-8, no unknown field, no field twice, nothing after the end, no
 * value of another type, every word and every instant in its one spelling.
 */
final class StrictJson {

    static final int MOST_BYTES = 64 * 1024;

    private static final Pattern UTC = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    private static final Pattern SHOWN_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,39}");

    static final JsonMapper MAPPER = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(10)
                            .maxNumberLength(20)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .addModule(words())
            .build();

    private StrictJson() {}

    /** @throws ProblemException that names field, rule and value */
    static <T> T read(byte[] body, Class<T> type) {
        // Decoded here: given bytes, Jackson would guess UTF-16 and UTF-32, and skip a byte order mark.
        String text = text(body);
        try {
            T value = MAPPER.readValue(text, type);
            if (value == null) {
                throw Problem.malformed("(whole body)", "must be a JSON object", "null")
                        .exception();
            }
            return value;
        } catch (JsonMappingException e) {
            throw mapping(e).exception();
        } catch (JsonProcessingException e) {
            throw syntax(e).exception();
        }
    }

    static Problem tooLarge() {
        return Problem.of("too-large", 413, "The request is too large.", "At most " + MOST_BYTES + " bytes are read.");
    }

    private static String text(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            if (!text.startsWith("\ufeff")) {
                return text;
            }
        } catch (CharacterCodingException e) {
            // Said below.
        }
        throw Problem.malformed(
                        "(whole body)", "must be valid UTF-8 without a byte order mark", Problem.Violation.NOT_SHOWN)
                .exception();
    }

    private static Problem mapping(JsonMappingException e) {
        String field = e.getPath().stream()
                .map(part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : shownName(part.getFieldName()))
                .collect(Collectors.joining("."))
                .replace(".[", "[");
        if (e instanceof UnrecognizedPropertyException) {
            return Problem.malformed(field, "must not be there: no such field is known", Problem.Violation.NOT_SHOWN);
        }
        if (e instanceof Wrong wrong) {
            return Problem.malformed(field, wrong.rule, Shown.value(field, wrong.value));
        }
        if (e.getCause() instanceof JsonProcessingException syntax && !(syntax instanceof JsonMappingException)) {
            return syntax(syntax);
        }
        return field.isEmpty()
                ? Problem.malformed(
                        "(whole body)", "must be one JSON object and nothing after it", Problem.Violation.NOT_SHOWN)
                : Problem.malformed(
                        field, "must have the type that the interface describes", Problem.Violation.NOT_SHOWN);
    }

    private static Problem syntax(JsonProcessingException e) {
        String place = e.getLocation() == null
                ? "(whole body)"
                : "line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        boolean twice = String.valueOf(e.getOriginalMessage()).startsWith("Duplicate field");
        return Problem.malformed(
                place, twice ? "must not hold the same field twice" : "must be JSON", Problem.Violation.NOT_SHOWN);
    }

    private static String shownName(String name) {
        return SHOWN_NAME.matcher(name).matches() ? name : "(a name that is not shown)";
    }

    private static SimpleModule words() {
        SimpleModule module = new SimpleModule();
        for (Dimension.Vocabulary vocabulary : Dimension.Vocabulary.values()) {
            if (!vocabulary.closed().isEmpty()) {
                addWords(module, vocabulary);
            }
        }
        module.addDeserializer(
                Request.Target.Kind.class,
                new Word<>(
                        Request.Target.Kind.class,
                        text -> {
                            for (Request.Target.Kind kind : Request.Target.Kind.values()) {
                                if (kind.code().equals(text)) {
                                    return kind;
                                }
                            }
                            throw new IllegalArgumentException();
                        },
                        "one of EMAIL, PHONE, USER-ID, HANDLE, IP-ADDRESS"));
        module.addDeserializer(
                Instant.class,
                new Word<>(
                        Instant.class,
                        text -> {
                            if (!UTC.matcher(text).matches()) {
                                throw new DateTimeException("not in UTC");
                            }
                            Instant instant = Instant.parse(text);
                            if (!instant.toString().equals(text)) {
                                throw new DateTimeException("another spelling, such as hour 24");
                            }
                            return instant;
                        },
                        "an instant in UTC such as 2026-11-23T12:00:00Z"));
        return module;
    }

    private static void addWords(SimpleModule module, Dimension.Vocabulary vocabulary) {
        String known = vocabulary.closed().stream().map(Term::code).collect(Collectors.joining(", "));
        addWord(module, vocabulary.closed().get(0).getClass(), vocabulary, "one of " + known);
    }

    @SuppressWarnings("unchecked") // the closed words of a vocabulary are all of one class
    private static <T extends Term> void addWord(
            SimpleModule module, Class<? extends Term> type, Dimension.Vocabulary vocabulary, String rule) {
        Class<T> exact = (Class<T>) type;
        module.addDeserializer(exact, new Word<>(exact, text -> exact.cast(vocabulary.term(text)), rule));
    }

    private interface Reader<T> {
        T read(String text);
    }

    /** A string that is read in one way only. */
    private static final class Word<T> extends StdScalarDeserializer<T> {

        private static final long serialVersionUID = 1L;

        private final transient Reader<T> reader;
        private final String rule;

        Word(Class<T> type, Reader<T> reader, String rule) {
            super(type);
            this.reader = reader;
            this.rule = "must be " + rule;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(com.fasterxml.jackson.core.JsonToken.VALUE_STRING)) {
                throw new Wrong(parser, rule, "another type");
            }
            try {
                return reader.read(parser.getText());
            } catch (IllegalArgumentException | DateTimeException e) {
                throw new Wrong(parser, rule, parser.getText());
            }
        }
    }

    /** A value that a {@link Word} does not take. */
    private static final class Wrong extends JsonMappingException {

        private static final long serialVersionUID = 1L;

        private final String rule;
        private final String value;

        Wrong(JsonParser parser, String rule, String value) {
            super(parser, rule);
            this.rule = rule;
            this.value = value;
        }
    }
}
