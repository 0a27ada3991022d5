package io.holdfast.gate;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.Ledger;
import io.holdfast.audit.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Entries that the gateway writes by itself, of which another replica may have written some. */
final class ManyAtOnce {

    /** So many wait for the writer at once, which writes them together. */
    static final int TOGETHER = 64;

    private ManyAtOnce() {}

    /**
     * Waits until they are written.
     *
     * @return how many candidates had something left to be written
     * @throws CompletionException if the log cannot be read or written
     */
    static int write(Ledger ledger, List<? extends Candidate> candidates) {
        int written = 0;
        for (int from = 0; from < candidates.size(); from += TOGETHER) {
            List<CompletionStage<List<Receipt>>> waiting = new ArrayList<>();
            for (Candidate one : candidates.subList(from, Math.min(from + TOGETHER, candidates.size()))) {
                waiting.add(append(ledger, one));
            }
            written += written(waiting);
        }
        return written;
    }

    private static CompletionStage<List<Receipt>> append(Ledger ledger, Candidate candidate) {
        try {
            return ledger.append(candidate);
        } catch (NothingToDoException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static int written(List<CompletionStage<List<Receipt>>> waiting) {
        int written = 0;
        for (CompletionStage<List<Receipt>> one : waiting) {
            try {
                one.toCompletableFuture().join();
                written++;
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof NothingToDoException)) {
                    throw e;
                }
            }
        }
        return written;
    }
}
