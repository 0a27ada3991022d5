package io.holdfast.app;

import io.holdfast.http.IssuerKeys;
import io.holdfast.witness.BoundedBody;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Where the issuer's keys are read: in the settings themselves, in a file, or at an address of the web. */
abstract class IssuerKeysSource {

    static final String KEY = "mp.jwt.verify.publickey";
    static final String LOCATION = "mp.jwt.verify.publickey.location";
    static final String ISSUER = "mp.jwt.verify.issuer";

    private static final String NONE = "NONE"; // what the framework takes for an empty setting
    private static final int MOST_BYTES = 256 * 1024;
    private static final int OK = 200;

    /** The keys cannot be had, and why: a sentence for the operator. */
    static final class FailedException extends Exception {
        private static final long serialVersionUID = 1L;

        FailedException(String sentence) {
            super(sentence, null, false, false);
        }
    }

    /**
     * The keys as they are now.
     *
     * @throws FailedException if they cannot be had
     * @throws InterruptedException if this thread was
     */
    abstract IssuerKeys read() throws FailedException, InterruptedException;

    /**
     * What the settings mean. A setting that cannot be meant is a source that fails each time: the gateway accepts nobody and
     * says why.
     *
     * @param limit for an address, from the connection to the last byte
     */
    static IssuerKeysSource of(
            Optional<String> key, Optional<String> location, Optional<String> issuer, Duration limit) {
        Optional<String> text = key.filter(IssuerKeysSource::isSet);
        Optional<String> place = location.filter(IssuerKeysSource::isSet);
        if (text.isEmpty() && place.isEmpty()) {
            return never("no key is set; set " + LOCATION + " to where your identity provider publishes its keys, and "
                    + ISSUER + " to its name");
        }
        if (text.isPresent() && place.isPresent()) {
            return never(KEY + " and " + LOCATION + " are both set; unset one of them");
        }
        if (issuer.filter(IssuerKeysSource::isSet).isEmpty()) {
            return never("a key is set, and no issuer; set " + ISSUER + " to the iss that the tokens have");
        }
        return text.<IssuerKeysSource>map(it -> new Fixed(KEY, it)).orElseGet(() -> at(LOCATION, place.get(), limit));
    }

    private static boolean isSet(String text) {
        return !text.isBlank() && !text.equals(NONE);
    }

    /**
     * A file or an address of the web.
     *
     * @param setting that says so
     * @param limit for an address, from the connection to the last byte
     */
    static IssuerKeysSource at(String setting, String location, Duration limit) {
        try {
            if (!location.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
                return new File(Path.of(location));
            }
            URI uri = new URI(location);
            switch (uri.getScheme()) {
                case "file":
                    return new File(Path.of(uri));
                case "http":
                    // Whoever can change what passes by could be anybody.
                    if (!InetAddress.getByName(uri.getHost()).isLoopbackAddress()) {
                        return never(setting + " must begin with https:, unless it is on this machine");
                    }
                    return new Web(uri, limit);
                case "https":
                    return new Web(uri, limit);
                default:
                    return never(setting + " must be a file, or begin with https:");
            }
        } catch (URISyntaxException | IllegalArgumentException | IOException e) {
            return never(setting + " is neither a file nor an address: " + e.getMessage());
        }
    }

    private static IssuerKeys parse(String where, String text) throws FailedException {
        try {
            return IssuerKeys.parse(text);
        } catch (IllegalArgumentException e) {
            throw new FailedException("cannot use " + where + ": " + e.getMessage());
        }
    }

    private static IssuerKeysSource never(String why) {
        return new IssuerKeysSource() {
            @Override
            IssuerKeys read() throws FailedException {
                throw new FailedException(why);
            }
        };
    }

    private static final class Fixed extends IssuerKeysSource {

        private final String name;
        private final String text;

        Fixed(String name, String text) {
            this.name = name;
            this.text = text;
        }

        @Override
        IssuerKeys read() throws FailedException {
            return parse(name, text);
        }
    }

    private static final class File extends IssuerKeysSource {

        private final Path file;

        File(Path file) {
            this.file = file;
        }

        @Override
        IssuerKeys read() throws FailedException {
            byte[] bytes;
            try (InputStream in = Files.newInputStream(file)) {
                bytes = in.readNBytes(MOST_BYTES + 1);
            } catch (IOException e) {
                throw new FailedException("cannot read " + file + ", the issuer's keys: " + e);
            }
            if (bytes.length > MOST_BYTES) {
                throw new FailedException(file + " is longer than " + MOST_BYTES + " bytes");
            }
            return parse(file.toString(), new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private static final class Web extends IssuerKeysSource {

        private final URI uri;
        private final Duration limit;
        private final HttpClient client;

        Web(URI uri, Duration limit) {
            this.uri = uri;
            this.limit = limit;
            // Redirects are not followed: the operator has named the address.
            this.client = HttpClient.newBuilder().connectTimeout(limit).build();
            HttpRequest.newBuilder(uri);
        }

        @Override
        IssuerKeys read() throws FailedException, InterruptedException {
            CompletableFuture<HttpResponse<byte[]>> call = client.sendAsync(
                    HttpRequest.newBuilder(uri)
                            .timeout(limit)
                            .header("Accept", "application/jwk-set+json, application/json")
                            .GET()
                            .build(),
                    info -> new BoundedBody(MOST_BYTES));
            try {
                // The client's own limit ends with the headers; an answer that trickles in must end, too.
                HttpResponse<byte[]> answer = call.get(limit.toMillis(), TimeUnit.MILLISECONDS);
                if (answer.statusCode() != OK) {
                    throw new FailedException(
                            uri + " answered with status " + answer.statusCode() + ", expected " + OK);
                }
                return parse(uri.toString(), new String(answer.body(), StandardCharsets.UTF_8));
            } catch (TimeoutException e) {
                throw new FailedException(uri + " did not answer within " + limit);
            } catch (ExecutionException e) {
                throw new FailedException(uri + " cannot be asked: " + e.getCause());
            } finally {
                call.cancel(true);
            }
        }
    }
}
