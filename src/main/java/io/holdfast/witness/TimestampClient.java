package io.holdfast.witness;

import io.holdfast.note.Checkpoint;
import io.holdfast.note.TimestampAuthority;
import io.holdfast.note.TimestampRequest;
import io.holdfast.note.UntrustedException;
import io.holdfast.tlog.MalformedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a time-stamp authority over HTTP, RFC 3161 section 3.4. What it answers is checked before anything comes of it, and
 * it has so long and so many bytes for it.
 */
public final class TimestampClient {

    private static final String QUERY = "application/timestamp-query";
    private static final String REPLY = "application/timestamp-reply";
    private static final int OK = 200;

    private final URI url;
    private final TimestampAuthority authority;
    private final Optional<String> policy;
    private final Duration limit;
    private final HttpClient client;

    /**
     * @param policy that it shall work under, an object identifier
     * @param limit for everything, from the connection to the last byte
     * @throws IllegalArgumentException if the address is not one of the web
     */
    public TimestampClient(URI url, TimestampAuthority authority, Optional<String> policy, Duration limit) {
        this.url = url;
        this.authority = authority;
        this.policy = policy;
        this.limit = limit;
        // Redirects are not followed: the operator has named the address.
        this.client = HttpClient.newBuilder().connectTimeout(limit).build();
        HttpRequest.newBuilder(url);
    }

    /** There is no time-stamp, and why: a sentence for the operator. */
    public static final class FailedException extends Exception {
        private static final long serialVersionUID = 1L;

        FailedException(String sentence) {
            super(sentence, null, false, false);
        }
    }

    /**
     * The authority's answer for a checkpoint, checked.
     *
     * @throws FailedException if there is none, or it must not be believed
     * @throws InterruptedException if this thread was
     */
    public byte[] stamp(Checkpoint checkpoint) throws FailedException, InterruptedException {
        TimestampRequest request = TimestampRequest.of(checkpoint, policy);
        HttpResponse<byte[]> response = send(request);
        String type = response.headers().firstValue("Content-Type").orElse("nothing");
        if (response.statusCode() != OK || !type.split(";", 2)[0].strip().equalsIgnoreCase(REPLY)) {
            throw new FailedException("the time-stamp authority answered with status " + response.statusCode() + " and "
                    + MalformedException.printable(type) + ", expected " + OK + " and " + REPLY);
        }
        try {
            authority.answer(request, response.body());
            return response.body();
        } catch (UntrustedException | MalformedException e) {
            throw new FailedException(e.getMessage());
        }
    }

    private HttpResponse<byte[]> send(TimestampRequest request) throws FailedException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> call = client.sendAsync(
                HttpRequest.newBuilder(url)
                        .timeout(limit)
                        .header("Content-Type", QUERY)
                        .header("Accept", REPLY)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(request.bytes()))
                        .build(),
                info -> new BoundedBody(TimestampAuthority.MOST_BYTES));
        try {
            // The client's own limit ends with the headers; an answer that trickles in must end, too.
            return call.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new FailedException("the time-stamp authority did not answer within " + limit);
        } catch (ExecutionException e) {
            throw new FailedException("the time-stamp authority cannot be asked: " + why(e.getCause()));
        } finally {
            call.cancel(true);
        }
    }

    private static String why(Throwable failure) {
        return failure instanceof IOException && failure.getMessage() != null
                ? MalformedException.printable(failure.getMessage())
                : failure.getClass().getSimpleName();
    }
}
