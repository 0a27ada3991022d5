package io.holdfast.gate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.CanonicalJson;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.Stored;
import io.holdfast.audit.UnreadableException;
import io.holdfast.legal.Request;
import io.holdfast.vault.CaseKey;
import io.holdfast.vault.Spool;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Reads what a released case grants from the store, account by account in the order of the request, page by page, and keeps each
 * page on the spool, sealed under the key of the case. At most one page is in memory. Blocks while it waits for the store.
 *
 * <p>A page is written first, then the step that speaks of it and says where it goes on. A crash between the two leaves a page that
 * nobody speaks of: it is asked for again, and the one before is deleted. So whoever calls again goes on at the page at which it
 * stopped, and no page is there twice.
 *
 * <p>What was read under one {@code accessed} entry is not mixed with what is read under another: that entry is what permitted
 * it. Safe for many threads; of two that collect the same at the same time, one is told that the other does.
 */
public final class Collector {

    private final Gate gate;
    private final UserDataStore store;
    private final Spool spool;
    private final Limits limits;
    private final Retries retries;

    public Collector(Gate gate, UserDataStore store, Spool spool, Limits limits, Retries retries) {
        this.gate = gate;
        this.store = store;
        this.spool = spool;
        this.limits = limits;
        this.retries = retries;
    }

    /**
     * Beyond this, what the store says is unusable.
     *
     * @param pages of all accounts of a case
     * @param bytes the same, as they come into the package
     */
    public record Limits(int pages, long bytes) {
        public static final Limits USUAL = new Limits(10_000, 16L << 30);
    }

    /**
     * One file of the package.
     *
     * @param name in the package, such as {@code data/account-0001/page-0001.json}: the place of the account among the targets, and
     *     that of the page, both from 1
     * @param size in bytes
     * @param sha512 of its bytes, in hexadecimal
     * @param place the name that it has on the spool
     */
    public record Part(String name, long size, String sha512, String place) {}

    /** What came of it. */
    public sealed interface Result {

        /**
         * There is no more.
         *
         * @param accounts how many of the targets the store knows
         * @param items how many members the categories of all pages have
         * @param parts in the order of the package
         */
        record Collected(int accounts, int items, List<Part> parts) implements Result {
            public Collected {
                parts = List.copyOf(parts);
            }
        }

        /**
         * Not all of it is there yet, and what is there stays: {@code STORE_UNAVAILABLE}, {@code VAULT_UNAVAILABLE}, {@code
         * NO_LONGER_COVERED} if it may not go on, {@code IN_FLIGHT} if another collects the same.
         */
        record Paused(Blocked blocked) implements Result {}

        /** Nothing can come of it, and nothing of it is on the spool: {@code STORE_ANSWER_UNUSABLE}, {@code USER_ELSEWHERE}, {@code SHREDDED}. */
        record Failed(Blocked blocked) implements Result {}
    }

    /**
     * Collects, or goes on.
     *
     * @param accessed the durable entry that permits it; a step of this case
     * @param mayGoOn asked before each question to the store; must say no once a hold or an objection has landed
     */
    public Result collect(Case found, Stored accessed, BooleanSupplier mayGoOn) {
        if (!(accessed.entry().event() instanceof Event.Accessed event)
                || !accessed.entry().envelope().subject().equals(found.id())) {
            throw new IllegalArgumentException("entry " + accessed.index() + " does not permit to read for this case");
        }
        try {
            Optional<CaseKey> key = key(found);
            return key.isEmpty()
                    ? new Result.Failed(Blocked.SHREDDED)
                    : new Run(found, event, new CollectPlace(spool, key.get(), accessed.index()), mayGoOn).go();
        } catch (VaultUnavailableException e) {
            return new Result.Paused(Blocked.VAULT_UNAVAILABLE);
        }
    }

    /**
     * What was collected before, if all of it was.
     *
     * @throws VaultUnavailableException if nothing can be opened now
     */
    public Optional<Result.Collected> collected(Case found, Stored accessed) {
        return key(found)
                .map(key -> new CollectPlace(spool, key, accessed.index()).read())
                .filter(CollectState::isDone)
                .map(CollectState::collected);
    }

    /**
     * The plaintext of one part, read from the spool as it is asked for. Reading fails with {@link java.io.IOException} at the
     * latest before the last byte, if it is not what was collected.
     *
     * @return nothing if the case was shredded
     * @throws VaultUnavailableException if nothing can be opened now
     */
    public Optional<InputStream> open(Case found, Part part) {
        return key(found).map(key -> new CollectedStream(spool, key, part));
    }

    /**
     * Puts a file of our own to what was collected, in place of one of the same name.
     *
     * @return nothing if the case was shredded
     * @throws VaultUnavailableException if nothing can be sealed now
     */
    Optional<Part> attach(Case found, Stored accessed, String name, byte[] file) {
        return key(found)
                .filter(key -> new CollectPlace(spool, key, accessed.index()).attach(name, file))
                .map(key -> part(name, file, accessed));
    }

    /** What was attached under this name; nothing if nothing was. */
    Optional<Part> attached(Case found, Stored accessed, String name) {
        return key(found)
                .flatMap(key -> new CollectPlace(spool, key, accessed.index()).attached(name))
                .map(file -> part(name, file, accessed));
    }

    private static Part part(String name, byte[] file, Stored accessed) {
        return new Part(name, file.length, CollectedStream.sha512(file), CollectPlace.placeOf(accessed.index(), name));
    }

    private Optional<CaseKey> key(Case found) {
        return CaseFile.key(gate.ledger(), gate.scribe().vault(), found.first());
    }

    /** The cases of which something was collected and not deleted. */
    List<String> cases() {
        return spool.cases();
    }

    /** Deletes the files that were collected under an entry, and leaves what says which there were. */
    void dropFiles(String requestId, long accessed) {
        drop(requestId, name -> CollectPlace.isUnder(accessed, name) && !CollectPlace.isSteps(name));
    }

    /** Deletes what was collected under an entry. Whoever collects under another meanwhile goes on. */
    void drop(String requestId, long accessed) {
        drop(requestId, name -> CollectPlace.isUnder(accessed, name));
    }

    /** Deletes what was collected under this entry and every earlier one. @return under how many names something was */
    int dropUpTo(String requestId, long index) {
        return drop(requestId, name -> CollectPlace.isUnderAnyTo(index, name));
    }

    private int drop(String requestId, Predicate<String> which) {
        List<String> names = spool.names(requestId).stream().filter(which).toList();
        names.forEach(name -> spool.delete(requestId, name));
        return names.size();
    }

    private final class Run {

        private final Case found;
        private final Event.Accessed accessed;
        private final CollectPlace place;
        private final BooleanSupplier mayGoOn;
        private final SealedRequest.Wanted wanted;
        private final CollectState state;
        private final String attempt = gate.scribe().newId();
        private int retried;

        Run(Case found, Event.Accessed accessed, CollectPlace place, BooleanSupplier mayGoOn) {
            this.found = found;
            this.accessed = accessed;
            this.place = place;
            this.mayGoOn = mayGoOn;
            this.wanted = SealedRequest.Wanted.of(
                    CaseFile.open(gate.ledger(), gate.scribe().vault(), found.first()));
            this.state = place.read();
        }

        Result go() {
            Optional<Result> end = Optional.empty();
            while (end.isEmpty()) {
                if (state.isDone()) {
                    place.dropAllBut(state.collected().parts());
                    end = Optional.of(state.collected());
                } else if (state.account() == wanted.targets().size()) {
                    end = add(new CollectStep.Done());
                } else {
                    end = page();
                }
            }
            return end.get();
        }

        /** Asks for one page. @return nothing if that was not the end */
        private Optional<Result> page() {
            if (!mayGoOn.getAsBoolean()) {
                return paused(Blocked.NO_LONGER_COVERED);
            }
            try {
                Optional<UserDataStore.Page> answer =
                        store.read(target(), accessed.categories(), wanted.from(), wanted.to(), state.page());
                if (answer.isPresent()) {
                    return keep(answer.get());
                }
                return state.isFirstPage()
                        ? add(new CollectStep.Missing(state.account()))
                        : failed(Blocked.STORE_ANSWER_UNUSABLE);
            } catch (UserDataStore.UnavailableException e) {
                return retries.waitFor(retried++) ? Optional.empty() : paused(Blocked.STORE_UNAVAILABLE);
            } catch (UserDataStore.UnusableException | UnreadableException e) {
                return failed(Blocked.STORE_ANSWER_UNUSABLE);
            }
        }

        private Request.Target target() {
            return wanted.targets().get(state.account());
        }

        private Optional<Result> keep(UserDataStore.Page page) {
            if (!found.event().facts().users().contains(page.country())) {
                return failed(Blocked.USER_ELSEWHERE);
            }
            byte[] file = file(page);
            if (state.isContradictedBy(page)
                    || state.pages() >= limits.pages()
                    || state.bytes() + file.length > limits.bytes()) {
                return failed(Blocked.STORE_ANSWER_UNUSABLE);
            }
            String name = place.placeOf(state.steps(), attempt);
            if (!place.put(name, file)) {
                return failed(Blocked.SHREDDED);
            }
            Part part = new Part(state.fileName(), file.length, CollectedStream.sha512(file), name);
            Optional<Result> end =
                    add(new CollectStep.Kept(state.account(), page.country(), items(page), part, page.next()));
            if (end.isPresent()) {
                place.drop(name);
            }
            return end;
        }

        private byte[] file(UserDataStore.Page page) {
            ObjectNode json = CanonicalJson.object();
            json.put("kind", target().kind().code());
            json.put("value", target().value());
            ObjectNode data = json.putObject("data");
            page.data().forEach((category, value) -> data.set(category.code(), value));
            return CanonicalJson.write(json);
        }

        private static int items(UserDataStore.Page page) {
            return page.data().values().stream().mapToInt(value -> value.size()).sum();
        }

        private Optional<Result> add(CollectStep step) {
            if (place.add(state.steps(), step)) {
                state.add(step);
                return Optional.empty();
            }
            boolean isGone = gate.find(found.id()).orElseThrow().shredded().isPresent();
            return isGone ? failed(Blocked.SHREDDED) : paused(Blocked.IN_FLIGHT);
        }

        private Optional<Result> paused(Blocked why) {
            return Optional.of(new Result.Paused(why));
        }

        private Optional<Result> failed(Blocked why) {
            drop(found.id(), place.accessed());
            return Optional.of(new Result.Failed(why));
        }
    }
}
