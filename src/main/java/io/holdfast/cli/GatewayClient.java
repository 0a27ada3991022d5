package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.witness.BoundedBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls a gateway. Bounded in time and size; follows no redirect, so that a token goes where it was meant to go. */
final class GatewayClient {

    static final int MOST_ANSWER = 4 * 1024 * 1024;

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final String base;
    private final Optional<String> token;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private GatewayClient(String base, Optional<String> token) {
        this.base = base;
        this.token = token;
    }

    static GatewayClient of(String url, Optional<String> token) {
        try {
            URI uri = new URI(url);
            boolean isBase = isWeb(url) && uri.getHost() != null && uri.getRawQuery() == null;
            if (isBase && uri.getRawFragment() == null && uri.getRawUserInfo() == null) {
                return new GatewayClient(url.replaceAll("/+$", ""), token);
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        // Not shown: there may be a password in it.
        throw new CommandFailure(
                ExitCode.USAGE,
                "a gateway's address is like https://holdfast.example, without user, query and fragment");
    }

    static boolean isWeb(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.startsWith("http://") || lower.startsWith("https://");
    }

    /** The gateway's address, without a slash at its end. */
    String base() {
        return base;
    }

    /** @param path begins with a slash, and is no text of a stranger */
    ObjectNode get(String path) {
        return json(ask(request(path).GET().build(), MOST_ANSWER));
    }

    /** Nothing if the gateway says that there is no such thing. */
    Optional<byte[]> find(String path, int most) {
        HttpResponse<byte[]> response = ask(request(path).GET().build(), most);
        return response.statusCode() == 404
                ? Optional.empty()
                : Optional.of(good(response).body());
    }

    ObjectNode post(String path, byte[] body, Map<String, String> headers, int most) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return json(ask(request.build(), most));
    }

    ObjectNode post(String path, JsonNode body) {
        return post(path, Json.bytes(body), Map.of(), MOST_ANSWER);
    }

    /** With nothing to say. */
    ObjectNode post(String path) {
        return json(ask(request(path).POST(HttpRequest.BodyPublishers.noBody()).build(), MOST_ANSWER));
    }

    /**
     * What came over.
     *
     * @param record the index of the entry that says so
     */
    record Downloaded(long bytes, String record) {}

    /** Takes over what may be large, as it comes; a minute without a byte ends it. */
    Downloaded download(String path, OutputStream to) {
        HttpRequest request =
                request(path).POST(HttpRequest.BodyPublishers.noBody()).build();
        HttpResponse<InputStream> response = ask(client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream()));
        try (InputStream body = response.body();
                Stall stall = new Stall(body, ANSWER)) {
            if (response.statusCode() / 100 != 2) {
                throw Refusal.of(base, response.statusCode(), body.readNBytes(MOST_ANSWER), token.isPresent());
            }
            byte[] buffer = new byte[1 << 16];
            long bytes = 0;
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                stall.moved();
                to.write(buffer, 0, read);
                bytes += read;
            }
            return new Downloaded(
                    bytes, response.headers().firstValue("Holdfast-Record").orElse(""));
        } catch (IOException e) {
            throw unreachable("it broke off: " + LocalFile.why(e) + "; what came is no whole package, so call again");
        }
    }

    ObjectNode delete(String path) {
        return json(ask(request(path).DELETE().build(), MOST_ANSWER));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        token.ifPresent(it -> request.header("Authorization", "Bearer " + it));
        return request;
    }

    private ObjectNode json(HttpResponse<byte[]> response) {
        return Json.read("the answer of " + base, good(response).body());
    }

    private HttpResponse<byte[]> good(HttpResponse<byte[]> response) {
        if (response.statusCode() / 100 != 2) {
            throw Refusal.of(base, response.statusCode(), response.body(), token.isPresent());
        }
        return response;
    }

    /** The request's own time limit ends with the headers, and a body can take for ever; so the limit is around it all. */
    private HttpResponse<byte[]> ask(HttpRequest request, int most) {
        return ask(client.sendAsync(request, info -> new BoundedBody(most)));
    }

    private <T> HttpResponse<T> ask(CompletableFuture<HttpResponse<T>> answer) {
        try {
            return answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw unreachable(Refusal.why(e.getCause()));
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw unreachable("no answer within " + ANSWER.toSeconds() + " seconds");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable("interrupted");
        }
    }

    private CommandFailure unreachable(String why) {
        return new CommandFailure(ExitCode.UNREACHABLE, "cannot reach " + base + ": " + why);
    }
}
