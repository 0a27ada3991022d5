package io.holdfast.proxies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.policy.PolicyException;
import io.holdfast.policy.RouteFile;
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

        assertEquals(List.of("nginx.conf", "nginx.conf", "Caddyfile", "envoy.yaml", "haproxy.cfg"), seen);
    }

    @Test
    void the_routes_of_the_how_to_are_those_of_the_file_and_valid() throws IOException, PolicyException {
        String text = Files.readString(Path.of("docs/how-to/check-each-call.md"));
        String block = text.split("```yaml\n")[1].split("```")[0];
        String file = Files.readString(FOLDER.resolve("routes.yaml"));

        assertTrue(file.endsWith(block.replace("# routes.yaml\n", "")), file);
        assertEquals(2, RouteFile.read(FOLDER.resolve("routes.yaml")).size());
    }

    @ParameterizedTest
    @EnumSource(Proxy.class)
    void each_names_the_dialect_that_it_speaks(Proxy proxy) throws IOException {
        String text = Files.readString(proxy.files().get(0));

        assertTrue(text.contains("HOLDFAST_CHECK_DIALECT=" + proxy.dialect()));
        assertTrue(text.contains("8080") && text.contains("9000"));
    }

    @Test
    void istio_refuses_when_in_doubt() throws IOException {
        List<Map<?, ?>> documents = new ArrayList<>();
        new Yaml(new SafeConstructor(new LoaderOptions()))
                .loadAll(Files.readString(FOLDER.resolve("istio.yaml")))
                .forEach(one -> documents.add((Map<?, ?>) one));

        assertEquals(3, documents.size());
        Map<?, ?> mesh = (Map<?, ?>) ((Map<?, ?>) documents.get(0).get("spec")).get("meshConfig");
        Map<?, ?> provider = (Map<?, ?>) ((List<?>) mesh.get("extensionProviders")).get(0);
        Map<?, ?> check = (Map<?, ?>) provider.get("envoyExtAuthzHttp");
        assertEquals("3s", check.get("timeout"));
        assertEquals(false, check.get("failOpen"));
        assertEquals("403", check.get("statusOnError"));
        assertEquals(List.of("holdfast-grant"), check.get("includeRequestHeadersInCheck"));
        assertEquals(Map.of("attempts", 0), mesh.get("defaultHttpRetryPolicy"));
        Map<?, ?> policy = (Map<?, ?>) documents.get(2).get("spec");
        assertEquals("CUSTOM", policy.get("action"));
        assertEquals(provider.get("name"), ((Map<?, ?>) policy.get("provider")).get("name"));
        assertEquals(List.of(Map.of()), policy.get("rules"));
        assertFalse(check.containsKey("includeRequestBodyInCheck"));
    }
}
