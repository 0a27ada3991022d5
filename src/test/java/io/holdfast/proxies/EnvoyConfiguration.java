package io.holdfast.proxies;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A file of Envoy's as Envoy reads it, by the classes that its people publish. Strictly: a name that no message has, one that is
 * there twice, a type that is not known, and a field that is going away are no configuration.
 *
 * @param whole the file
 * @param inside what stands in it behind a type of its own, at any depth
 */
record EnvoyConfiguration(Bootstrap whole, List<Message> inside) {

    private static final List<Message> KNOWN = List.of(
            HttpConnectionManager.getDefaultInstance(),
            ExtAuthz.getDefaultInstance(),
            Router.getDefaultInstance(),
            HttpProtocolOptions.getDefaultInstance());

    private static final TypeRegistry TYPES = TypeRegistry.newBuilder()
            .add(KNOWN.stream().map(Message::getDescriptorForType).toList())
            .build();

    EnvoyConfiguration {
        inside = List.copyOf(inside);
    }

    /** @throws IllegalArgumentException if it is none, with the place if one can be said */
    static EnvoyConfiguration read(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            Map<?, ?> read = new Yaml(new SafeConstructor(options)).load(yaml);
            Bootstrap.Builder whole = Bootstrap.newBuilder();
            JsonFormat.parser().usingTypeRegistry(TYPES).merge(new ObjectMapper().writeValueAsString(read), whole);
            List<Message> inside = new ArrayList<>();
            walk(whole.build(), inside);
            return new EnvoyConfiguration(whole.build(), inside);
        } catch (IOException | YAMLException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static void walk(Message message, List<Message> inside) throws InvalidProtocolBufferException {
        if (!message.getUnknownFields().asMap().isEmpty()) {
            throw new IllegalArgumentException(message.getDescriptorForType().getFullName() + " has unknown fields");
        }
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            if (field.getKey().getOptions().getDeprecated()) {
                throw new IllegalArgumentException(field.getKey().getFullName() + " is going away");
            }
            List<?> values = field.getKey().isRepeated() ? (List<?>) field.getValue() : List.of(field.getValue());
            for (Object value : values) {
                if (value instanceof Any any) {
                    Message unpacked = unpacked(any);
                    inside.add(unpacked);
                    walk(unpacked, inside);
                } else if (value instanceof EnumValueDescriptor word
                        && word.getOptions().getDeprecated()) {
                    throw new IllegalArgumentException(word.getFullName() + " is going away");
                } else if (value instanceof Message part) {
                    walk(part, inside);
                }
            }
        }
    }

    private static Message unpacked(Any any) throws InvalidProtocolBufferException {
        for (Message known : KNOWN) {
            if (any.is(known.getClass())) {
                return any.unpack(known.getClass());
            }
        }
        throw new IllegalArgumentException("no such type: " + any.getTypeUrl());
    }

    /** The one message of this type. */
    <T extends Message> T only(Class<T> type) {
        List<T> all = inside.stream().filter(type::isInstance).map(type::cast).toList();
        if (all.size() != 1) {
            throw new IllegalArgumentException(all.size() + " of " + type.getSimpleName());
        }
        return all.get(0);
    }
}
