package io.holdfast.gate;

import io.holdfast.gate.CollectStep.Done;
import io.holdfast.gate.CollectStep.Kept;
import io.holdfast.gate.CollectStep.Missing;
import io.holdfast.gate.UserDataStore.Cursor;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.tlog.Hash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where collecting stands: the fold of its steps. Of the pages it has names and sizes. For one thread. */
final class CollectState {

    private final List<Collector.Part> parts = new ArrayList<>();
    private int steps;
    private int account;
    private int found;
    private int items;
    private long bytes;
    private boolean isDone;

    /** Of the account that is being read. */
    private int pages;

    private Optional<Cursor> next = Optional.empty();
    private Optional<Jurisdiction> country = Optional.empty();

    /** Digests of the names that its pages had. */
    private final Set<Hash> seen = new HashSet<>();

    void add(CollectStep step) {
        steps++;
        if (step instanceof Kept kept) {
            parts.add(kept.part());
            items = Math.addExact(items, kept.items());
            bytes += kept.part().size();
            found += pages == 0 ? 1 : 0;
            pages++;
            next = kept.next();
            next.ifPresent(cursor -> seen.add(digest(cursor)));
            country = Optional.of(kept.country());
            if (next.isEmpty()) {
                nextAccount();
            }
        } else if (step instanceof Missing) {
            nextAccount();
        } else if (step instanceof Done) {
            isDone = true;
        }
    }

    private void nextAccount() {
        account++;
        pages = 0;
        next = Optional.empty();
        country = Optional.empty();
        seen.clear();
    }

    private static Hash digest(Cursor cursor) {
        return Hash.sha256(cursor.text().getBytes(StandardCharsets.US_ASCII));
    }

    /** How many there were: the number of the next one. */
    int steps() {
        return steps;
    }

    /** The place among the targets of the account to be read. */
    int account() {
        return account;
    }

    boolean isDone() {
        return isDone;
    }

    boolean isFirstPage() {
        return pages == 0;
    }

    /** Which page of the account to ask for. */
    Optional<Cursor> page() {
        return next;
    }

    /** How many pages there are of all accounts. */
    int pages() {
        return parts.size();
    }

    long bytes() {
        return bytes;
    }

    /** Whether the store has said something else of this account before, or leads in a circle. */
    boolean isContradictedBy(UserDataStore.Page page) {
        return country.isPresent() && !country.get().equals(page.country())
                || page.next().isPresent() && seen.contains(digest(page.next().get()));
    }

    /** The name that the next page has in the package. Counted from 1; nothing personal is in it. */
    String fileName() {
        return "data/account-%04d/page-%04d.json".formatted(account + 1, pages + 1);
    }

    Collector.Result.Collected collected() {
        return new Collector.Result.Collected(found, items, parts);
    }
}
