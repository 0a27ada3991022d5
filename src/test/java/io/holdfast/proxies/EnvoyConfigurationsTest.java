package io.holdfast.proxies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.type.v3.StatusCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file for Envoy in {@code deploy/proxies}, read strictly with Envoy's own classes. */
class EnvoyConfigurationsTest {

    private static final Path FOLDER = Path.of("deploy/proxies");
    private static final Duration THREE_SECONDS =
            Duration.newBuilder().setSeconds(3).build();

    static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(FOLDER)) {
            return all.filter(file -> file.getFileName().toString().startsWith("envoy"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void there_is_one_for_each_way_to_ask() throws IOException {
        assertEquals(
                List.of("envoy-grpc.yaml", "envoy.yaml"),
                files().stream().map(file -> file.getFileName().toString()).toList());
    }

    @ParameterizedTest
    @MethodSource("files")
    void each_is_fail_closed(Path file) throws IOException {
        EnvoyConfiguration read = EnvoyConfiguration.read(Files.readString(file));
        ExtAuthz check = read.only(ExtAuthz.class);

        assertFalse(check.getFailureModeAllow());
        assertFalse(check.getFailureModeAllowHeaderAdd());
        assertEquals(StatusCode.Forbidden, check.getStatusOnError().getCode());
        assertTrue(check.getDenyAtDisable().getDefaultValue().getValue());
        assertEquals(100, check.getFilterEnabled().getDefaultValue().getNumerator());
        assertEquals("", check.getFilterEnabled().getRuntimeKey());
        assertFalse(check.hasFilterEnabledMetadata());
        assertFalse(check.getClearRouteCache());
        HttpConnectionManager http = read.only(HttpConnectionManager.class);
        assertEquals(
                List.of("envoy.filters.http.ext_authz", "envoy.filters.http.router"),
                http.getHttpFiltersList().stream().map(one -> one.getName()).toList());
        assertFalse(http.getNormalizePath().getValue());
        assertFalse(http.getMergeSlashes());
        http.getRouteConfig()
                .getVirtualHostsList()
                .forEach(host -> host.getRoutesList().stream()
                        .filter(route -> route.hasRoute())
                        .forEach(route -> assertEquals(
                                0,
                                route.getRoute()
                                        .getRetryPolicy()
                                        .getNumRetries()
                                        .getValue())));
        assertTrue(read.only(Router.class).getSuppressEnvoyHeaders());
    }

    @Test
    void over_http_the_question_waits_longer_than_the_gateway() throws IOException {
        ExtAuthz check = EnvoyConfiguration.read(Files.readString(FOLDER.resolve("envoy.yaml")))
                .only(ExtAuthz.class);

        assertEquals(THREE_SECONDS, check.getHttpService().getServerUri().getTimeout());
        assertEquals("holdfast", check.getHttpService().getServerUri().getCluster());
    }

    @Test
    void over_grpc_everything_is_told_and_nothing_asked_twice() throws IOException {
        EnvoyConfiguration read = EnvoyConfiguration.read(Files.readString(FOLDER.resolve("envoy-grpc.yaml")));
        ExtAuthz check = read.only(ExtAuthz.class);

        assertEquals(THREE_SECONDS, check.getGrpcService().getTimeout());
        assertFalse(check.getGrpcService().hasRetryPolicy());
        assertEquals("holdfast", check.getGrpcService().getEnvoyGrpc().getClusterName());
        assertEquals(ApiVersion.V3, check.getTransportApiVersion());
        assertTrue(check.getEncodeRawHeaders());
        assertTrue(check.getIncludePeerCertificate());
        assertFalse(check.hasAllowedHeaders()); // or the gateway could not say which of the others do not go on
        assertEquals(1, check.getWithRequestBody().getMaxRequestBytes());
        assertTrue(check.getWithRequestBody().getAllowPartialMessage());
        assertTrue(check.getWithRequestBody().getPackAsBytes());
        assertTrue(read.only(HttpProtocolOptions.class).getExplicitHttpConfig().hasHttp2ProtocolOptions());
    }

    /** What somebody could write by mistake, at each depth: before and after. */
    static Map<String, String> mistakes() {
        return Map.of(
                "static_resources:", "static_resource:",
                "connect_timeout: 1s", "connect_timeout: 1 second",
                "codec_type: HTTP1", "codec_type: HTTP_1",
                "failure_mode_allow: false", "failure_mode_alow: false",
                "status_on_error: {code: Forbidden}", "status_on_error: {code: Forbiden}",
                "deny_at_disable: {default_value: true,", "deny_at_disable: {default: true,",
                "ext_authz.v3.ExtAuthz", "ext_authz.v3.ExtAuth",
                "merge_slashes: false", "merge_slashes: false\n                merge_slashes: true",
                "num_retries: 0", "retries: 0",
                "suppress_envoy_headers: true", "supress_envoy_headers: true");
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_mistake_in_it_is_found(Path file) throws IOException {
        String good = Files.readString(file);
        mistakes().forEach((before, after) -> {
            assertTrue(good.contains(before), before);
            String bad = good.replace(before, after);
            IllegalArgumentException found =
                    assertThrows(IllegalArgumentException.class, () -> EnvoyConfiguration.read(bad), after);
            assertTrue(found.getMessage() != null && !found.getMessage().isBlank(), after);
        });
    }

    @Test
    void a_mistake_in_how_it_asks_over_grpc_is_found() throws IOException {
        String good = Files.readString(FOLDER.resolve("envoy-grpc.yaml"));
        for (String[] mistake : List.of(
                new String[] {"encode_raw_headers", "encode_raw_header"},
                new String[] {"allow_partial_message", "allow_partial"},
                new String[] {"envoy_grpc", "google_grpcs"},
                new String[] {"timeout: 3s", "timeout: 3000ms"},
                new String[] {"http2_protocol_options", "http_2_protocol_options"},
                new String[] {"transport_api_version: V3", "transport_api_version: V2"})) {
            assertTrue(good.contains(mistake[0]));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> EnvoyConfiguration.read(good.replace(mistake[0], mistake[1])),
                    mistake[1]);
        }
    }
}
