package io.holdfast.proxies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.policy.PolicyException;
import io.holdfast.policy.RouteFile;
import io.holdfast.policy.TrafficFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of {@code deploy/proxies} without the programs that they are for. */
class ConfigurationsTest {

    private static final Path FOLDER = Path.of("deploy/proxies");
    private static final Pattern FILE = Pattern.compile("of \\[([^\\]]+)\\]\\(\\.\\./\\.\\./deploy/proxies/");

    /** Without indentation and empty lines, which are others in a part than in the whole. */
    private static String plain(String text) {
        return Arrays.stream(text.split("\n"))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void the_how_to_shows_what_stands_in_the_files() throws IOException {
        String text = Files.readString(Path.of("docs/how-to/check-each-call.md"));
        String section = text.substring(text.indexOf("## 3."), text.indexOf("## 4."));
        List<String> seen = new ArrayList<>();
        String file = "";
        String[] pieces = section.split("```");
        for (int i = 0; i < pieces.length; i++) {
            if (i % 2 == 0) {
                Matcher named = FILE.matcher(pieces[i]);
                while (named.find()) {
                    file = named.group(1);
                }
            } else {
                String block = plain(pieces[i].substring(pieces[i].indexOf('\n')));
                assertTrue(plain(Files.readString(FOLDER.resolve(file))).contains(block), file + " has not:\n" + block);
                seen.add(file);
            }
        }

        assertEquals(
                List.of("nginx.conf", "nginx.conf", "Caddyfile", "envoy.yaml", "envoy-grpc.yaml", "haproxy.cfg"), seen);
    }

    @Test
    void the_routes_of_the_how_to_are_those_of_the_file_and_valid() throws IOException, PolicyException {
        String text = Files.readString(Path.of("docs/how-to/check-each-call.md"));
        String block = text.split("```yaml\n")[1].split("```")[0];
        String file = Files.readString(FOLDER.resolve("routes.yaml"));

        assertTrue(file.endsWith(block.replace("# routes.yaml\n", "")), file);
        assertEquals(2, RouteFile.read(FOLDER.resolve("routes.yaml")).size());
    }

    @Test
    void the_traffic_of_the_how_to_is_that_of_the_file_and_valid() throws IOException, PolicyException {
        String text = Files.readString(Path.of("docs/how-to/check-each-call.md"));
        String block = text.substring(text.indexOf("# traffic.yaml")).split("```")[0];
        String file = Files.readString(FOLDER.resolve("traffic.yaml"));

        assertTrue(file.endsWith(block.replace("# traffic.yaml\n", "")), file);
        assertEquals(
                2, TrafficFile.read(FOLDER.resolve("traffic.yaml")).ordinary().size());
    }

    @ParameterizedTest
    @EnumSource(Proxy.class)
    void each_says_how_it_asks(Proxy proxy) throws IOException {
        String text = Files.readString(proxy.files().get(0));

        assertTrue(text.contains(proxy.asks()));
        assertTrue(text.contains("8080") && text.contains("9000"));
    }

    private static List<Map<?, ?>> istio() throws IOException {
        List<Map<?, ?>> documents = new ArrayList<>();
        new Yaml(new SafeConstructor(new LoaderOptions()))
                .loadAll(Files.readString(FOLDER.resolve("istio.yaml")))
                .forEach(one -> documents.add((Map<?, ?>) one));
        assertEquals(3, documents.size());
        return documents;
    }

    private static Map<?, ?> mesh(List<Map<?, ?>> documents) {
        return (Map<?, ?>) ((Map<?, ?>) documents.get(0).get("spec")).get("meshConfig");
    }

    private static Map<?, ?> provider(List<Map<?, ?>> documents, String name) {
        return ((List<?>) mesh(documents).get("extensionProviders"))
                .stream()
                        .map(one -> (Map<?, ?>) one)
                        .filter(one -> name.equals(one.get("name")))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void istio_refuses_when_in_doubt() throws IOException {
        List<Map<?, ?>> documents = istio();
        Map<?, ?> mesh = mesh(documents);
        Map<?, ?> check = (Map<?, ?>) provider(documents, "holdfast").get("envoyExtAuthzHttp");
        assertEquals("3s", check.get("timeout"));
        assertEquals(false, check.get("failOpen"));
        assertEquals("403", check.get("statusOnError"));
        assertEquals(List.of("holdfast-grant"), check.get("includeRequestHeadersInCheck"));
        assertEquals(Map.of("attempts", 0), mesh.get("defaultHttpRetryPolicy"));
        assertEquals(Map.of("normalization", "NONE"), mesh.get("pathNormalization"));
        Map<?, ?> policy = (Map<?, ?>) documents.get(2).get("spec");
        assertEquals("CUSTOM", policy.get("action"));
        assertEquals("holdfast", ((Map<?, ?>) policy.get("provider")).get("name"));
        assertEquals(List.of(Map.of()), policy.get("rules"));
        assertFalse(check.containsKey("includeRequestBodyInCheck"));
    }

    @Test
    void istio_over_grpc_refuses_when_in_doubt() throws IOException {
        List<Map<?, ?>> documents = istio();
        Map<?, ?> check = (Map<?, ?>) provider(documents, "holdfast-grpc").get("envoyExtAuthzGrpc");

        // All that MeshConfig.ExtensionProvider.EnvoyExternalAuthorizationGrpcProvider has and is set; a name that it
        // has not
        // would be passed over in silence by whoever does not read it strictly.
        assertEquals(
                Map.of(
                        "service",
                        "holdfast.local",
                        "port",
                        8091,
                        "timeout",
                        "3s",
                        "failOpen",
                        false,
                        "statusOnError",
                        "403",
                        "includeRequestBodyInCheck",
                        Map.of("maxRequestBytes", 1, "allowPartialMessage", true, "packAsBytes", true)),
                check);
        Map<?, ?> entry = (Map<?, ?>) documents.get(1).get("spec");
        List<?> ports = (List<?>) entry.get("ports");
        assertTrue(ports.contains(Map.of("number", 8091, "name", "grpc", "protocol", "GRPC")), ports.toString());
        Map<?, ?> overHttp = (Map<?, ?>) provider(documents, "holdfast").get("envoyExtAuthzHttp");
        assertEquals(overHttp.get("service"), check.get("service"));
    }
}
