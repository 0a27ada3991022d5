package io.holdfast.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proxies.Guard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Grants, each for one call: issued by a running gateway on requests that two people have released. */
final class GrantPool {

    /** On one request: each that is used looks at all that was recorded of the request. */
    static final int A_REQUEST = 4;

    private static final int AT_ONCE = 8;

    private final Guard guard;

    GrantPool(Guard guard) {
        this.guard = guard;
    }

    /** Valid for five minutes, in no order of their requests. */
    List<String> issue(int count) throws InterruptedException, ExecutionException {
        String agent = guard.agent();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<List<String>>> parts = new ArrayList<>();
            for (int i = 0; i < count; i += A_REQUEST) {
                parts.add(threads.submit(() -> onOne(agent)));
            }
            List<String> grants = new ArrayList<>();
            for (Future<List<String>> part : parts) {
                grants.addAll(part.get());
            }
            Collections.shuffle(grants, new java.util.Random(count));
            return grants.subList(0, count);
        } finally {
            threads.shutdownNow();
        }
    }

    private List<String> onOne(String agent) {
        String request = guard.released("US");
        List<String> grants = new ArrayList<>();
        for (int i = 0; i < A_REQUEST; i++) {
            JsonNode issued = guard.issue(request, agent);
            grants.add(issued.path("grant").asText());
        }
        return grants;
    }
}
