package io.holdfast.enforce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.gate.PreservingStore;
import io.holdfast.gate.UserDataStore;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Request;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Reads a store over HTTP, with the protocol of the package comment. Bounded in time and size; follows no redirect. */
public final class HttpUserDataStore implements UserDataStore, PreservingStore {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final URI lookup;
    private final URI preserve;
    private final URI release;
    private final Duration patience;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** @param base for example {@code http://127.0.0.1:9000} */
    public HttpUserDataStore(URI base) {
        this(base, ANSWER);
    }

    /** @param patience for the headers of an answer, and once more for its body */
    HttpUserDataStore(URI base, Duration patience) {
        this.lookup = base.resolve("/v1/accounts/lookup");
        this.preserve = base.resolve("/v1/accounts/preserve");
        this.release = base.resolve("/v1/accounts/release");
        this.patience = patience;
    }

    @Override
    public Optional<Page> read(
            Request.Target target, Set<DataCategory> categories, Instant from, Instant to, Optional<Cursor> page) {
        ObjectNode question = question(target, categories, from, to);
        page.ifPresent(cursor -> question.put("page", cursor.text()));
        HttpResponse<InputStream> response = send(lookup, question);
        try (InputStream body = response.body()) {
            // The client's own time limit ends with the headers; a body that trickles in must end, too.
            CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> breakOff(body));
            byte[] bytes = body.readNBytes(MOST_BYTES + 1);
            if (response.statusCode() == 404) {
                return Optional.empty();
            }
            if (response.statusCode() != 200) {
                throw new UnavailableException("the store answered " + response.statusCode(), null);
            }
            if (bytes.length > MOST_BYTES) {
                throw new UnusableException("the store answered more than " + MOST_BYTES + " bytes");
            }
            return Optional.of(page(bytes, categories));
        } catch (IOException e) {
            throw new UnavailableException("the store broke off its answer", e);
        }
    }

    @Override
    public boolean preserve(
            String copy,
            Request.Target target,
            Set<DataCategory> categories,
            Instant from,
            Instant to,
            Optional<Instant> until) {
        ObjectNode order = question(target, categories, from, to);
        order.put("copy", copy);
        until.ifPresent(end -> order.put("until", end.toString()));
        return tell(preserve, order);
    }

    @Override
    public void drop(String copy, Request.Target target) {
        ObjectNode order = JSON.createObjectNode();
        order.put("kind", target.kind().code());
        order.put("value", target.value());
        order.put("copy", copy);
        tell(release, order);
    }

    /** @return false if there is no such account, or no such copy */
    private boolean tell(URI what, ObjectNode order) {
        HttpResponse<InputStream> response = send(what, order);
        breakOff(response.body()); // whatever it says beside the status is not read: no data comes in over this call
        int status = response.statusCode();
        if (status != 204 && status != 404) {
            throw new UnavailableException("the store answered " + status, null);
        }
        return status == 204;
    }

    private static void breakOff(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // Whoever reads it is told.
        }
    }

    private static ObjectNode question(Request.Target target, Set<DataCategory> categories, Instant from, Instant to) {
        ObjectNode question = JSON.createObjectNode();
        question.put("kind", target.kind().code());
        question.put("value", target.value());
        categories.forEach(category -> question.withArray("categories").add(category.code()));
        question.put("from", from.toString());
        question.put("to", to.toString());
        return question;
    }

    private HttpResponse<InputStream> send(URI to, ObjectNode question) {
        try {
            HttpRequest request = HttpRequest.newBuilder(to)
                    .timeout(patience)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(question)))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UnavailableException("the store did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("the gateway is stopping", e);
        }
    }

    private static Page page(byte[] bytes, Set<DataCategory> asked) throws IOException {
        JsonNode json;
        try {
            json = JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new UnusableException("the store's answer is not JSON"); // its message may quote the data
        }
        boolean hasNext = json.has("next");
        if (json.size() != (hasNext ? 3 : 2)
                || !json.path("country").isTextual()
                || !json.path("data").isObject()
                || hasNext && !json.path("next").isTextual()) {
            throw new UnusableException("the store's answer is not an object of country and data, and perhaps next");
        }
        Map<DataCategory, JsonNode> data = new EnumMap<>(DataCategory.class);
        for (Iterator<String> names = json.get("data").fieldNames(); names.hasNext(); ) {
            String name = names.next();
            data.put(category(name, asked), json.get("data").get(name));
        }
        Optional<Cursor> next =
                hasNext ? Optional.of(new Cursor(json.get("next").textValue())) : Optional.empty();
        return new Page(country(json.get("country").textValue()), data, next);
    }

    private static DataCategory category(String name, Set<DataCategory> asked) {
        try {
            DataCategory category =
                    (DataCategory) Dimension.CATEGORY.vocabulary().term(name);
            if (asked.contains(category)) {
                return category;
            }
        } catch (IllegalArgumentException e) {
            // Said below: a word that nobody knows was not asked for either.
        }
        throw new UnusableException("the store answered a category that it was not asked for");
    }

    private static Jurisdiction country(String code) {
        try {
            return Jurisdiction.of(code);
        } catch (IllegalArgumentException e) {
            throw new UnusableException("the store's country is not an ISO 3166-1 code");
        }
    }
}
