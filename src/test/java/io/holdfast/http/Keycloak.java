package io.holdfast.http;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Keycloak as it is delivered, in a process of its own, with the realm of {@code identity-provider/realm.json} and a database that
 * lives as long as it does. The profile {@code identity-provider} unpacks it.
 */
final class Keycloak implements AutoCloseable {

    private static final String HOME = "test.identity-provider";
    private static final String ADMINISTRATOR = "administrator";
    private static final String ADDRESS = "identity-provider.url";
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final Process process;
    private final Path folder;
    private final String url;

    private Keycloak(Process process, Path folder, String url) {
        this.process = process;
        this.folder = folder;
        this.url = url;
    }

    static Keycloak start(Path folder) throws IOException {
        Path home = Path.of(System.getProperty(HOME));
        Path data = home.resolve("data");
        deleteAll(data);
        Files.createDirectories(data.resolve("import"));
        Files.copy(
                Path.of("src/test/resources/identity-provider/realm.json"),
                data.resolve("import/realm.json"),
                StandardCopyOption.REPLACE_EXISTING);
        int port = RunningGateway.freePort();
        ProcessBuilder builder = new ProcessBuilder(
                "sh",
                home.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--import-realm");
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "JAVA_OPTS_KC_HEAP",
                        "-Xms64m -Xmx512m",
                        "KC_BOOTSTRAP_ADMIN_USERNAME",
                        ADMINISTRATOR,
                        "KC_BOOTSTRAP_ADMIN_PASSWORD",
                        ADMINISTRATOR));
        Path log = folder.resolve("identity-provider.log");
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        Keycloak started = new Keycloak(process, folder, "http://127.0.0.1:" + port);
        Files.writeString(folder.resolve(ADDRESS), started.url);
        started.await(log);
        return started;
    }

    private static void deleteAll(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private void await(Path log) throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!isThere()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new IllegalStateException("the identity provider does not answer:\n" + Files.readString(log));
            }
            try {
                Thread.sleep(500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isThere() {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create(url + "/realms/holdfast").toURL().openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(5000);
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    Map<String, String> settings() {
        return Map.of(
                "mp.jwt.verify.publickey",
                "NONE",
                "mp.jwt.verify.publickey.location",
                url + "/realms/holdfast/protocol/openid-connect/certs",
                "mp.jwt.verify.issuer",
                url + "/realms/holdfast",
                "smallrye.jwt.path.groups",
                "realm_access/roles",
                "holdfast.tokens.keys-every",
                "500ms");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return url + ", log in " + folder;
    }

    // What follows is for the test, which runs with other classes than the one that started the provider.

    private static String address() {
        try {
            return Files.readString(Gateways.folder().resolve(ADDRESS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode signedIn(String realm, String client, String user, String password) {
        return Gateways.json(
                given().formParam("grant_type", "password")
                        .formParam("client_id", client)
                        .formParam("username", user)
                        .formParam("password", password)
                        .formParam("scope", "openid")
                        .post(address() + "/realms/" + realm + "/protocol/openid-connect/token"),
                200);
    }

    /** What the provider answers to somebody who signs in: {@code access_token}, {@code id_token} and more. */
    static JsonNode signedIn(String user) {
        return signedIn("holdfast", "console", user, "sample");
    }

    static String token(String user) {
        return signedIn(user).get("access_token").asText();
    }

    private static String administrator() {
        return signedIn("master", "admin-cli", ADMINISTRATOR, ADMINISTRATOR)
                .get("access_token")
                .asText();
    }

    private static String realm() {
        return address() + "/admin/realms/holdfast";
    }

    /**
     * Signs with a new key from now on; the former one is still published.
     *
     * @param kind of the key, as the provider calls it, and {@code more} of what it wants to know of it
     */
    static void signWith(String algorithm, String kind, Map<String, List<String>> more) {
        String realmId = Gateways.json(Gateways.as(administrator()).get(realm()), 200)
                .get("id")
                .asText();
        Map<String, List<String>> settings = new java.util.HashMap<>(more);
        settings.put("priority", List.of("200"));
        Response added = Gateways.as(administrator())
                .contentType("application/json")
                .body(Map.of(
                        "name",
                        "of the test " + algorithm,
                        "parentId",
                        realmId,
                        "providerId",
                        kind,
                        "providerType",
                        "org.keycloak.keys.KeyProvider",
                        "config",
                        settings))
                .post(realm() + "/components");
        expect(201, added);
        expect(
                204,
                Gateways.as(administrator())
                        .contentType("application/json")
                        .body(Map.of("defaultSignatureAlgorithm", algorithm))
                        .put(realm()));
    }

    /** Withdraws every key of a kind. */
    static void withdraw(String kind) {
        JsonNode keys = Gateways.json(
                Gateways.as(administrator()).get(realm() + "/components?type=org.keycloak.keys.KeyProvider"), 200);
        for (JsonNode key : keys) {
            if (key.get("providerId").asText().equals(kind)) {
                expect(
                        204,
                        Gateways.as(administrator())
                                .delete(realm() + "/components/" + key.get("id").asText()));
            }
        }
    }

    private static void expect(int status, Response answer) {
        if (answer.statusCode() != status) {
            throw new AssertionError("expected " + status + ", the provider answered " + answer.statusCode() + ": "
                    + answer.body().asString());
        }
    }
}
