package io.holdfast.app;

import io.holdfast.audit.Ledger;
import io.holdfast.gate.NextRulebook;
import io.holdfast.gate.PolicyWatch;
import io.holdfast.gate.PolicyWatch.Seen;
import io.holdfast.gate.RulebookDesk;
import io.holdfast.policy.PolicyException;
import io.holdfast.policy.PolicySet;
import io.holdfast.policy.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Reads the directory of policies every few seconds, and brings what opens nothing into force. It reads the bytes and not their
 * dates: a directory that is swapped by a symbolic link, as mounts of clusters are, sends no word of it, and a copied file can
 * carry any date. A set counts once it was read twice alike, so that one that is just being copied does not.
 */
final class PolicyKeeper extends Keeper {

    private static final Logger LOG = Logger.getLogger(PolicyKeeper.class);

    private static final Duration LEAST = Duration.ofMillis(50);
    private static final Duration BUSY_AT_MOST = Duration.ofSeconds(60);

    /** What was read: a set, or why there was none. */
    private record Read(Optional<PolicySet> set, List<Problem> problems) {

        static Read of(Path directory) {
            try {
                return new Read(Optional.of(PolicySet.read(directory)), List.of());
            } catch (PolicyException e) {
                return new Read(Optional.empty(), e.problems());
            }
        }

        boolean isAs(Read other) {
            return problems.equals(other.problems)
                    && set.isPresent() == other.set.isPresent()
                    && (set.isEmpty() || set.get().hasFilesOf(other.set.get()));
        }
    }

    private final Path directory;
    private final Duration every;
    private final Ledger ledger;
    private final RulebookDesk desk;
    private final PolicyWatch watch;

    /** Looking at all requests that there can be must not take the processors from those that come. */
    private final ForkJoinPool half =
            new ForkJoinPool(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

    private Read last;
    private Read looked;
    private long epoch;

    PolicyKeeper(Path directory, Duration every, Ledger ledger, RulebookDesk desk) {
        super("policy-keeper", BUSY_AT_MOST);
        if (every.compareTo(LEAST) < 0) {
            throw new IllegalStateException("holdfast.policies-every is " + every
                    + ", and reading the folder all the time helps nobody; at least " + LEAST.toMillis() + " ms");
        }
        this.directory = directory;
        this.every = every;
        this.ledger = ledger;
        this.desk = desk;
        this.watch = desk.watch();
    }

    /**
     * Looks at what was read for the start.
     *
     * @throws IllegalStateException if that must not come into force: then nothing is decided with any other, either
     */
    void begin(PolicySet read) {
        last = new Read(Optional.of(read), List.of());
        look(last);
        if (!watch.seen().problems().isEmpty()) {
            throw new IllegalStateException("the policies in " + directory
                    + " must not come into force, and a gateway does not start beside such:\n"
                    + lines(watch.seen().problems()));
        }
    }

    @Override
    Duration atFirst() {
        return every;
    }

    @Override
    Duration failed(RuntimeException why) {
        LOG.errorf("the policies could not be looked at, and it is tried again: %s", why.getMessage());
        return every;
    }

    /** One look at the log, and one at the directory. */
    @Override
    Duration step() {
        watch.follow();
        Read read = Read.of(directory);
        boolean isSettled = read.isAs(last);
        last = read;
        boolean isOutdated =
                watch.seen().next().isPresent() && ledger.standing().epoch() != epoch;
        if (isSettled && (isOutdated || !read.isAs(looked))) {
            look(read);
        }
        return every;
    }

    private void look(Read read) {
        epoch = ledger.standing().epoch();
        Seen seen = read.set().isPresent() ? compare(read.set().get()) : watch.unreadable(read.problems());
        if (seen.next().isPresent()) {
            comeIntoForce(seen.next().get());
        } else if (!seen.problems().isEmpty()) {
            LOG.errorf(
                    "THE POLICIES in %s do not come into force, and those in force stay:\n%s",
                    directory, lines(seen.problems()));
        }
        looked = read;
    }

    private Seen compare(PolicySet set) {
        try {
            return half.submit(() -> watch.look(set)).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the gateway is stopping");
        }
    }

    private void comeIntoForce(NextRulebook next) {
        if (desk.takesTwo(next)) {
            LOG.warnf(
                    "the rulebook %s in %s opens something, or was in force before: two people have to agree, and until then"
                            + " the one in force stays; 'holdfast policy status' tells what it changes",
                    next.digest(), directory);
            return;
        }
        try {
            desk.activate(next).toCompletableFuture().join();
            LOG.infof("the rulebook %s in %s opens nothing, and is in force from here on", next.digest(), directory);
            watch.look(next.files());
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof RulebookDesk.NotAlone)) {
                throw e;
            }
            LOG.infof("%s; it is compared again", e.getCause().getMessage()); // another gateway, or a hold, was first
            epoch = -1;
        }
    }

    private static String lines(List<Problem> problems) {
        return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        half.shutdownNow();
        super.close();
    }
}
