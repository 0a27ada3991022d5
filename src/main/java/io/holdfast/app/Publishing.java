package io.holdfast.app;

import io.holdfast.audit.KeyPurpose;
import io.holdfast.audit.NamedKey;
import io.holdfast.gate.Witnesses;
import io.holdfast.http.PublishedLog;
import io.holdfast.http.Witnessing;
import io.holdfast.note.TrustPolicy;
import io.holdfast.note.VerifierKey;
import io.holdfast.store.SqlLedger;
import io.holdfast.tlog.MalformedException;
import io.holdfast.witness.FedLog;
import io.holdfast.witness.Feeder;
import io.holdfast.witness.Feeding;
import io.holdfast.witness.OwnWord;
import io.holdfast.witness.Pace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Shows the log to everybody: on the word of witnesses where there are any, otherwise on the log's own. */
final class Publishing implements PublishedLog, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Publishing.class);

    private final SqlLedger ledger;
    private final OwnWord ownWord;
    private final Optional<Watched> watched;

    /** @param isAwaited whether a release waits for the quorum */
    private record Watched(TrustPolicy policy, Feeder feeder, boolean isAwaited) {}

    private Publishing(SqlLedger ledger, OwnWord ownWord, Optional<Watched> watched) {
        this.ledger = ledger;
        this.ownWord = ownWord;
        this.watched = watched;
    }

    /** @throws IllegalStateException if the settings do not fit together, or the policy cannot be used; says what to do */
    static Publishing start(Settings.Witness settings, SqlLedger ledger, Clock clock) {
        FedLog log = new FedLog(
                ledger::checkpoint,
                ledger::checkpointInFull,
                tile -> ledger.tile(tile)
                        .orElseThrow(() -> new IllegalStateException("the log has no " + tile.path())));
        Pace pace = pace(settings);
        OwnWord ownWord = new OwnWord(log, pace);
        if (settings.policy().isEmpty()) {
            if (settings.quorum().orElse(false)) {
                throw new IllegalStateException("holdfast.witness.quorum is set, and no witness is; name a policy in "
                        + "holdfast.witness.policy");
            }
            return new Publishing(ledger, ownWord, Optional.empty());
        }
        TrustPolicy policy = read(settings.policy().get());
        boolean isAwaited = settings.quorum().orElse(true);
        try {
            Feeder feeder = Feeder.start(policy, log, isAwaited, pace, clock, LOG::warn);
            return new Publishing(ledger, ownWord, Optional.of(new Watched(policy, feeder, isAwaited)));
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "holdfast.witness.policy, " + settings.policy().get() + ": " + e.getMessage(), e);
        }
    }

    private static Pace pace(Settings.Witness settings) {
        if (settings.patience().isNegative() || settings.patience().isZero()) {
            throw new IllegalStateException("holdfast.witness.patience is " + settings.patience()
                    + ", so that no witness could ever answer in time; set some seconds");
        }
        Pace usual = Pace.USUAL;
        return new Pace(usual.onDemand(), usual.regular(), usual.unchanged(), usual.perWitness(), settings.patience());
    }

    private static TrustPolicy read(Path file) {
        try {
            return TrustPolicy.parse(Files.readAllBytes(file));
        } catch (MalformedException e) {
            throw new IllegalStateException("holdfast.witness.policy, " + file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("holdfast.witness.policy, " + file + ", cannot be read", e);
        }
    }

    /** Those whom a delivery waits for. */
    Witnesses witnesses() {
        return watched.filter(Watched::isAwaited)
                .<Witnesses>map(it -> index -> isCovered(it.feeder(), index))
                .orElse(Witnesses.NONE);
    }

    private static boolean isCovered(Feeder feeder, long index) {
        try {
            return feeder.covering(index)
                    .thenApply(checkpoint -> true)
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException | CancellationException e) {
            return false; // which witness failed, and how, the feeder reports
        }
    }

    @Override
    public Optional<byte[]> checkpoint() {
        return watched.map(it -> it.feeder().published()).orElseGet(() -> Optional.of(ownWord.published()));
    }

    @Override
    public TrustPolicy policy() {
        List<VerifierKey> own = Stream.of(KeyPurpose.LOG, KeyPurpose.LOG_ML_DSA_44)
                .flatMap(purpose -> ledger.standing().keys().inForce(purpose).stream())
                .map(key -> ((NamedKey.OfLog) key).key())
                .toList();
        return watched.map(it -> it.policy().withLogs(own)).orElseGet(() -> TrustPolicy.ofKeys(own));
    }

    @Override
    public Optional<Witnessing> witnessing() {
        return watched.map(it -> {
            Feeding now = it.feeder().state();
            return new Witnessing(
                    it.isAwaited(),
                    now.quorum(),
                    now.entries(),
                    now.published(),
                    now.cosigned(),
                    now.cosignedAt(),
                    now.troubles());
        });
    }

    @Override
    public void close() {
        watched.ifPresent(it -> it.feeder().close());
    }
}
