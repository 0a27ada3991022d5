package io.holdfast.webhook;

import io.holdfast.tlog.Hash;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Who is sent events: over TLS, or on this machine. Follows no redirect, and reads nothing of what is answered. */
public final class Receiver {

    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final int GONE = 410;

    private final URI url;
    private final Secrets secrets;
    private final Duration limit;
    private final HttpClient client;

    private Receiver(URI url, Secrets secrets, Duration limit) {
        this.url = url;
        this.secrets = secrets;
        this.limit = limit;
        this.client = HttpClient.newBuilder()
                .connectTimeout(limit)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * @param limit for everything, from the connection to the last byte of the answer
     * @throws IllegalStateException if the address is none that events may be sent to; does not repeat it
     */
    public static Receiver of(String url, Secrets secrets, Duration limit) {
        URI parsed;
        try {
            parsed = new URI(url);
        } catch (URISyntaxException e) {
            throw refused();
        }
        boolean isSafe = "https".equals(parsed.getScheme())
                || "http".equals(parsed.getScheme()) && THIS_MACHINE.contains(String.valueOf(parsed.getHost()));
        if (!isSafe || parsed.getHost() == null || parsed.getUserInfo() != null || parsed.getFragment() != null) {
            throw refused();
        }
        return new Receiver(parsed, secrets, limit);
    }

    private static IllegalStateException refused() {
        return new IllegalStateException(
                "holdfast.webhook.url must begin with https://, or with http:// and this machine, "
                        + "127.0.0.1, and must name no user");
    }

    /** An event did not arrive, as far as anybody here knows. */
    static final class FailedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final boolean isGone;

        FailedException(String sentence, boolean isGone) {
            super(sentence, null, false, false);
            this.isGone = isGone;
        }

        /** The receiver says that it wants nothing more. */
        boolean isGone() {
            return isGone;
        }
    }

    /** The name of its place: a digest of the address, which may hold a secret. */
    String name() {
        return Hash.sha256(url.toString().getBytes(StandardCharsets.UTF_8)).hex();
    }

    /** @throws FailedException unless it answers with a status of 200 to 299 in time */
    void send(Message message, Instant at) throws FailedException, InterruptedException {
        byte[] body = message.body();
        CompletableFuture<HttpResponse<Void>> call = client.sendAsync(
                HttpRequest.newBuilder(url)
                        .timeout(limit)
                        .header("Content-Type", "application/json")
                        .header("webhook-id", message.id())
                        .header("webhook-timestamp", Long.toString(at.getEpochSecond()))
                        .header("webhook-signature", secrets.sign(message.id(), at, body))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        try {
            // The client's own limit ends with the headers; an answer that trickles in must end, too.
            int status = call.get(limit.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            if (status < 200 || status > 299) {
                throw new FailedException("it answered with status " + status, status == GONE);
            }
        } catch (TimeoutException e) {
            throw late();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HttpTimeoutException) {
                throw late();
            }
            throw new FailedException(
                    "it cannot be reached: " + e.getCause().getClass().getSimpleName(), false);
        } finally {
            call.cancel(true);
        }
    }

    private FailedException late() {
        return new FailedException("it did not answer within " + limit, false);
    }
}
