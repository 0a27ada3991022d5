package io.holdfast.witness;

import io.holdfast.note.NoteSignature;
import io.holdfast.note.TrustPolicy;
import io.holdfast.note.VerifierKey;
import io.holdfast.tlog.MalformedException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * All witnesses of a policy, each asked one thing at a time; one that failed rests for a while. Witnesses at one address
 * are one witness with several keys.
 */
final class FedWitnesses implements AutoCloseable {
    private static final int THREADS = 4;

    /** So often in a row a witness may have seen more than this replica has; then something is wrong. */
    private static final int TIMES_AHEAD = 4;

    private final List<Line> lines = new ArrayList<>();
    private final ExecutorService threads;
    private final Pace pace;

    /** A witness and how it is doing. */
    private static final class Line {
        private final FedWitness witness;
        private final Reports reports;
        private boolean isBusy;
        private long restsUntil = System.nanoTime();
        private int timesAhead;

        Line(FedWitness witness, Consumer<String> report) {
            this.witness = witness;
            this.reports = new Reports("witness " + MalformedException.printable(witness.name()), report);
        }
    }

    private FedWitnesses(ExecutorService threads, Pace pace) {
        this.threads = threads;
        this.pace = pace;
    }

    static FedWitnesses of(TrustPolicy policy, Pace pace, Clock clock, Consumer<String> report) {
        Map<URI, List<TrustPolicy.Witness>> byAddress = new LinkedHashMap<>();
        policy.witnesses()
                .forEach(witness -> byAddress
                        .computeIfAbsent(address(witness), address -> new ArrayList<>())
                        .add(witness));
        if (byAddress.isEmpty()) {
            throw new IllegalStateException("the policy names no witness; add a line \"witness <name> <vkey> <url>\"");
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "witness-client");
            thread.setDaemon(true);
            return thread;
        });
        HttpClient client = HttpClient.newBuilder()
                .executor(threads)
                .connectTimeout(pace.perWitness())
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        FedWitnesses all = new FedWitnesses(threads, pace);
        byAddress.forEach((address, witnesses) -> {
            List<VerifierKey> keys =
                    witnesses.stream().map(TrustPolicy.Witness::key).toList();
            String name = witnesses.get(0).name();
            all.lines.add(new Line(new FedWitness(name, keys, address, client, pace.perWitness(), clock), report));
        });
        return all;
    }

    private static URI address(TrustPolicy.Witness witness) {
        String name = MalformedException.printable(witness.name());
        String url = witness.url()
                .orElseThrow(() -> new IllegalStateException(
                        "witness " + name + " has no address in the policy; add its URL behind its key"));
        try {
            URI address = new URI(url);
            boolean isWeb = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            if (isWeb
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new IllegalStateException("the address of witness " + name
                + " must be like https://witness.example/prefix, without user, query and fragment");
    }

    /** For each witness what was wrong when it was asked last; nothing where all was well, or nobody has asked yet. */
    SortedMap<String, Optional<String>> troubles() {
        SortedMap<String, Optional<String>> troubles = new TreeMap<>();
        lines.forEach(line -> troubles.put(MalformedException.printable(line.witness.name()), line.reports.trouble()));
        return troubles;
    }

    /** Those that can be asked now. */
    synchronized List<FedWitness> ready() {
        long now = System.nanoTime();
        return lines.stream()
                .filter(line -> !line.isBusy && now - line.restsUntil >= 0)
                .map(line -> line.witness)
                .toList();
    }

    /** @param answered called once, with what was checked: nothing if the witness failed */
    void ask(FedWitness witness, Head head, Consumer<List<NoteSignature>> answered) {
        Line line = begin(witness);
        witness.ask(head).whenComplete((signatures, failure) -> {
            end(line, failure);
            answered.accept(failure == null ? signatures : List.of());
        });
    }

    private synchronized Line begin(FedWitness witness) {
        Line asked = lines.stream()
                .filter(line -> line.witness == witness)
                .findFirst()
                .orElseThrow();
        asked.isBusy = true;
        return asked;
    }

    private void end(Line line, Throwable failure) {
        boolean isAhead = failure instanceof FedWitness.AheadException;
        int timesAhead;
        synchronized (this) {
            line.isBusy = false;
            line.timesAhead = isAhead ? line.timesAhead + 1 : 0;
            timesAhead = line.timesAhead;
            if (failure != null && !isAhead) {
                line.restsUntil = System.nanoTime() + pace.regular().toNanos();
            }
        }
        boolean isCatchingUp = isAhead && timesAhead < TIMES_AHEAD;
        if (isCatchingUp || threads.isShutdown()) {
            return; // nothing that anybody has to mend
        }
        if (failure == null) {
            line.reports.well();
        } else if (failure instanceof TimeoutException) {
            line.reports.trouble("did not answer within " + pace.perWitness().toMillis() + " ms");
        } else if (failure instanceof FedWitness.RefusedException) {
            line.reports.trouble(failure.getMessage());
        } else {
            line.reports.trouble("could not be asked: " + failure);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
