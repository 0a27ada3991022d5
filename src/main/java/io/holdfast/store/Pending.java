package io.holdfast.store;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Receipt;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A candidate that waits for the writer, with what it prepared on its own thread. */
final class Pending {

    /** A preparation, and what it was made under: it stands only as long as these do. */
    record Prepared(long epoch, long lastOnSubject, List<Draft> drafts) {}

    final Candidate candidate;
    final CompletableFuture<List<Receipt>> answer = new CompletableFuture<>();
    Prepared prepared;

    Pending(Candidate candidate, Prepared prepared) {
        this.candidate = candidate;
        this.prepared = prepared;
    }
}
