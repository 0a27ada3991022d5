package io.holdfast.enforce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.envoyproxy.envoy.config.core.v3.HeaderMap;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.envoyproxy.envoy.type.v3.HttpStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the messages of {@code src/main/protobuf} to those of Envoy: the same names, numbers and bytes. */
class EnvoyMessagesTest {

    private static final Pattern PACKAGE = Pattern.compile("package ([a-z0-9.]+);");
    private static final Pattern MESSAGE = Pattern.compile("\\s*message (\\w+) \\{");
    private static final Pattern FIELD = Pattern.compile("\\s*(repeated )?([\\w.]+) (\\w+) = (\\d+);");

    /** Full name of each message to what its fields are, as our files say. */
    private static Map<String, List<Matcher>> ours() throws IOException {
        Map<String, List<Matcher>> messages = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/protobuf"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Deque<String> names = new ArrayDeque<>();
                for (String line : Files.readAllLines(file)) {
                    Matcher begins = PACKAGE.matcher(line);
                    Matcher message = MESSAGE.matcher(line);
                    Matcher field = FIELD.matcher(line);
                    if (begins.matches()) {
                        names.push(begins.group(1));
                    } else if (message.matches()) {
                        names.push(names.peek() + "." + message.group(1));
                        messages.put(names.peek(), new ArrayList<>());
                    } else if (field.matches()) {
                        messages.get(names.peek()).add(field);
                    } else if (line.strip().equals("}") && names.size() > 1) {
                        names.pop();
                    }
                }
            }
        }
        return messages;
    }

    private static Map<String, Descriptor> theirs() {
        Map<String, Descriptor> messages = new TreeMap<>();
        for (FileDescriptor file : List.of(
                CheckRequest.getDescriptor().getFile(),
                AttributeContext.getDescriptor().getFile(),
                HeaderMap.getDescriptor().getFile(),
                HeaderValueOption.getDescriptor().getFile(),
                HttpStatus.getDescriptor().getFile(),
                com.google.rpc.Status.getDescriptor().getFile())) {
            file.getMessageTypes().forEach(type -> put(messages, type));
        }
        return messages;
    }

    private static void put(Map<String, Descriptor> messages, Descriptor type) {
        messages.put(type.getFullName(), type);
        type.getNestedTypes().forEach(inner -> put(messages, inner));
    }

    @Test
    void every_field_has_envoys_name_and_number() throws IOException {
        Map<String, List<Matcher>> ours = ours();
        int fields = 0;
        for (Map.Entry<String, List<Matcher>> message : ours.entrySet()) {
            Descriptor type = theirs().get(message.getKey());
            assertNotNull(type, message.getKey());
            for (Matcher field : message.getValue()) {
                FieldDescriptor same = type.findFieldByName(field.group(3));
                assertNotNull(same, message.getKey() + "." + field.group(3));
                assertEquals(Integer.parseInt(field.group(4)), same.getNumber(), field.group(3));
                assertEquals(field.group(1) != null, same.isRepeated(), field.group(3));
                fields++;
            }
        }
        System.out.println("EnvoyMessagesTest: " + ours.size() + " messages, " + fields + " fields, as Envoy has them");
        assertEquals(14, ours.size());
        assertEquals(33, fields);
    }

    @Test
    void an_answer_is_read_by_envoy_as_it_was_meant() throws IOException {
        CheckResponse no = CheckResponse.parseFrom(
                EnvoyAnswer.of(Answer.denied(Denial.NO_ROUTE), List.of("x")).toByteArray());

        assertEquals(7, no.getStatus().getCode());
        assertEquals("NO_ROUTE", no.getStatus().getMessage());
        assertEquals(403, no.getDeniedResponse().getStatus().getCodeValue());
        assertEquals(
                List.of("Cache-Control: no-store", "Holdfast-Denied: NO_ROUTE"),
                no.getDeniedResponse().getHeadersList().stream()
                        .map(one -> one.getHeader().getKey() + ": "
                                + one.getHeader().getValue())
                        .toList());
        CheckResponse yes = CheckResponse.parseFrom(EnvoyAnswer.of(new Answer(true, "LET_THROUGH"), List.of("a", "b"))
                .toByteArray());

        assertEquals(0, yes.getStatus().getCode());
        assertEquals(List.of("a", "b"), List.copyOf(yes.getOkResponse().getHeadersToRemoveList()));
        assertEquals(Collections.emptyMap(), yes.getUnknownFields().asMap());
    }

    /** An empty message is a yes, so none may ever be sent: each has a status in it. */
    @Test
    void no_answer_is_empty() {
        for (Denial why : Denial.values()) {
            io.holdfast.extauthz.CheckResponse answer = EnvoyAnswer.of(Answer.denied(why), List.of());
            assertEquals(7, answer.getStatus().getCode());
            assertEquals(403, answer.getDeniedResponse().getStatus().getCode());
        }
    }
}
