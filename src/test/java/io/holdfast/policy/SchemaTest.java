package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.legal.Dimension;
import io.holdfast.legal.Duty;
import io.holdfast.legal.Intake;
import io.holdfast.legal.Mode;
import io.holdfast.legal.Notice;
import io.holdfast.legal.Silence;
import io.holdfast.legal.Step;
import io.holdfast.legal.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The schemas are for editors, and the readers decide; so they must not drift apart. */
class SchemaTest {

    private static final Path DIR = Path.of("policies/schema");

    private static Object at(String file, String... keys) throws IOException {
        Object node = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(DIR.resolve(file)));
        for (String key : keys) {
            node = ((Map<?, ?>) node).get(key);
        }
        return node;
    }

    private static Object at(Object schema, String... keys) {
        Object node = ((Map<?, ?>) schema).get("properties");
        for (String key : keys) {
            node = ((Map<?, ?>) node).get(key);
        }
        return node;
    }

    private static Set<?> set(Object list) {
        return new HashSet<>((Collection<?>) list);
    }

    private static Set<String> codes(Stream<String> codes) {
        return codes.collect(Collectors.toSet());
    }

    @Test
    void the_words_of_the_schemas_are_those_of_the_readers() throws IOException {
        for (Words words : Words.values()) {
            if (words.isClosed()) {
                assertEquals(words.known(), set(at("common.schema.json", "$defs", words.code(), "enum")));
            }
        }
        assertEquals(
                codes(Stream.of(Mode.values()).map(Mode::code)),
                set(at("common.schema.json", "$defs", "mode", "enum")));
        assertEquals(
                codes(Stream.of(Intake.values()).map(Intake::code)),
                set(at("hold.schema.json", "properties", "intake", "enum")));
        assertEquals(
                codes(Stream.of(Notice.values()).map(Notice::code)),
                set(at("common.schema.json", "$defs", "notice", "enum")));
        assertEquals(
                codes(Stream.of(Duty.values()).map(Duty::code)),
                set(at("common.schema.json", "$defs", "duty", "enum")));
        assertEquals(
                codes(Stream.of(Step.values()).map(ObligationsReader::key)),
                ((Map<?, ?>) at("common.schema.json", "$defs", "clock", "properties")).keySet());
        Object deadline = ((List<?>) at("common.schema.json", "$defs", "deadline", "anyOf")).get(1);
        assertEquals(codes(Stream.of(Stop.values()).map(Stop::code)), set(at(deadline, "stops", "items", "enum")));
        assertEquals(codes(Stream.of(Silence.values()).map(Silence::code)), set(at(deadline, "silence", "enum")));
    }

    @Test
    void a_match_has_one_key_for_each_dimension() throws IOException {
        assertEquals(
                codes(Stream.of(Dimension.values()).map(Dimension::code)),
                ((Map<?, ?>) at("common.schema.json", "$defs", "match", "properties")).keySet());
    }

    @Test
    void every_kind_of_file_has_a_schema() throws IOException {
        for (Place place : Place.values()) {
            String file = place.kind().toLowerCase(Locale.ROOT) + ".schema.json";
            assertEquals(place.kind(), at(file, "properties", "kind", "const"));
            assertTrue(((Collection<?>) at(file, "required")).contains("kind"));
        }
    }
}
