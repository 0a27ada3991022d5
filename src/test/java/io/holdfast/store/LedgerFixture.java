package io.holdfast.store;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.CanonicalJson;
import io.holdfast.audit.Draft;
import io.holdfast.audit.EntryWriter;
import io.holdfast.audit.Envelope;
import io.holdfast.audit.Event;
import io.holdfast.audit.Leaf;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.RecordedHold;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.fixture.TemporaryLog;
import io.holdfast.legal.Exit;
import io.holdfast.legal.Hold;
import io.holdfast.legal.Intake;
import io.holdfast.legal.Match;
import io.holdfast.legal.Mode;
import io.holdfast.note.NoteSigner;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;

/** Candidates without any law in them. */
final class LedgerFixture {

    static final String RULEBOOK = "ab".repeat(32);

    private LedgerFixture() {}

    /** Something that writes what the function makes of the standing and the time. */
    record Simple(
            String subject, Optional<Once> once, boolean hasHistory, BiFunction<Standing, Instant, List<Draft>> make)
            implements Candidate {
        @Override
        public List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
            return make.apply(standing, at);
        }
    }

    static Draft draft(EntryWriter writer, Standing standing, Instant at, String subject, Event event) {
        String rulebook = standing.isBeforeGenesis() ? RULEBOOK : standing.rulebook();
        Envelope envelope = new Envelope(
                TemporaryLog.ORIGIN,
                at,
                UUID.randomUUID().toString(),
                subject,
                standing.epoch(),
                rulebook,
                OptionalLong.empty());
        Leaf leaf = writer.write(envelope, event, List.of());
        return new Draft(envelope, event, leaf, Optional.empty(), List.of());
    }

    static Candidate genesis(TemporaryLog log) {
        return genesis(log.signer(), log.writer());
    }

    static Candidate genesis(NoteSigner signer, EntryWriter writer) {
        Event event = new Event.Genesis(signer.verifierKey().toString(), writer.key(), List.of());
        return candidate(writer, Envelope.LOG, event);
    }

    static Candidate candidate(EntryWriter writer, String subject, Event event) {
        return new Simple(
                subject,
                Optional.empty(),
                false,
                (standing, at) -> List.of(draft(writer, standing, at, subject, event)));
    }

    static Candidate once(EntryWriter writer, String subject, String key, String content) {
        return new Simple(
                subject,
                Optional.of(new Candidate.Once(key, content)),
                false,
                (standing, at) -> List.of(draft(writer, standing, at, subject, failed())));
    }

    static Event failed() {
        return new Event.DeliveryFailed(Event.Blocked.STORE_UNAVAILABLE);
    }

    static Candidate hold(EntryWriter writer, String id) {
        Hold hold = new Hold(
                id,
                1,
                "",
                Mode.PAUSE,
                Match.ALL,
                Instant.parse("2026-01-01T00:00:00Z"),
                Optional.of(Instant.parse("2027-01-01T00:00:00Z")),
                Intake.QUEUE,
                true,
                new Exit.InternalReview(""),
                List.of(),
                List.of(),
                Map.of("en", ""));
        return candidate(writer, Envelope.subjectOfHold(id), new Event.HoldPlaced(RecordedHold.of(hold)));
    }

    /** A leaf that no reader takes for an entry. */
    static Candidate unreadable(EntryWriter writer) {
        return new Simple("x", Optional.empty(), false, (standing, at) -> {
            Draft draft = draft(writer, standing, at, "x", failed());
            Leaf leaf = Leaf.of(CanonicalJson.write(CanonicalJson.object().put("not", "an entry")));
            return List.of(new Draft(draft.envelope(), draft.event(), leaf, Optional.empty(), List.of()));
        });
    }

    static List<Receipt> append(TemporaryLog log, Candidate candidate) {
        return log.ledger().append(candidate).toCompletableFuture().join();
    }

    /** Why it was refused. */
    static Throwable refusal(TemporaryLog log, Candidate candidate) {
        try {
            append(log, candidate);
        } catch (CompletionException e) {
            return e.getCause();
        } catch (RuntimeException e) {
            return e;
        }
        throw new AssertionError("it was appended");
    }
}
