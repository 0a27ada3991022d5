package io.holdfast.gate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.holdfast.audit.CanonicalJson;
import io.holdfast.audit.Disclosure;
import io.holdfast.audit.Draft;
import io.holdfast.audit.EntryWriter;
import io.holdfast.audit.Envelope;
import io.holdfast.audit.Event;
import io.holdfast.audit.Leaf;
import io.holdfast.audit.Sealed;
import io.holdfast.audit.Standing;
import io.holdfast.vault.CaseKey;
import io.holdfast.vault.KeyUnavailableException;
import io.holdfast.vault.PseudonymKey;
import io.holdfast.vault.Vault;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes entries down: envelope, seal, signature. The only place where the gate makes a draft. */
final class Scribe {

    private final String origin;
    private final EntryWriter writer;
    private final Vault vault;
    private final Clock clock;

    Scribe(String origin, EntryWriter writer, Vault vault, Clock clock) {
        this.origin = origin;
        this.writer = writer;
        this.vault = vault;
        this.clock = clock;
    }

    String origin() {
        return origin;
    }

    Instant now() {
        return clock.instant();
    }

    /** Whole seconds, never before the log's last entry: what an entry of this moment would say. */
    Instant now(Standing standing) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return now.isBefore(standing.last()) ? standing.last() : now;
    }

    String newId() {
        return Uuid7.next(clock);
    }

    /**
     * The key of a new case: of a request, or of an entry that seals something for itself. Made before anything is prepared,
     * since the master key may be kept elsewhere, and the writer of the log must not wait for that.
     *
     * @throws VaultUnavailableException if nothing can be sealed now
     */
    CaseKey newKey() {
        try {
            return vault.newCase(newId());
        } catch (KeyUnavailableException e) {
            throw new VaultUnavailableException(e);
        }
    }

    /**
     * What makes the pseudonyms of now.
     *
     * @throws VaultUnavailableException if a new quarter has begun, and nothing can be sealed now
     */
    PseudonymKey pseudonyms() {
        try {
            return vault.pseudonyms(clock.instant());
        } catch (KeyUnavailableException e) {
            throw new VaultUnavailableException(e);
        }
    }

    Vault vault() {
        return vault;
    }

    EntryWriter writer() {
        return writer;
    }

    /** Starts an entry about {@code subject}, made under this standing at this time. */
    Line line(Standing standing, Instant at, String subject) {
        return new Line(
                writer.under(standing.keys()),
                standing.epoch(),
                standing.rulebook(),
                at,
                subject,
                OptionalLong.empty(),
                List.of());
    }

    /** An entry that is being written. */
    final class Line {
        private final EntryWriter by;
        private final long epoch;
        private final String rulebook;
        private final Instant at;
        private final String subject;
        private final OptionalLong previous;
        private final List<Draft.Content> contents;

        private Line(
                EntryWriter by,
                long epoch,
                String rulebook,
                Instant at,
                String subject,
                OptionalLong previous,
                List<Draft.Content> contents) {
            this.by = by;
            this.epoch = epoch;
            this.rulebook = rulebook;
            this.at = at;
            this.subject = subject;
            this.previous = previous;
            this.contents = contents;
        }

        Line answering(long index) {
            return new Line(by, epoch, rulebook, at, subject, OptionalLong.of(index), contents);
        }

        Line under(String otherRulebook) {
            return new Line(by, epoch, otherRulebook, at, subject, previous, contents);
        }

        Line keeping(List<Draft.Content> kept) {
            return new Line(by, epoch, rulebook, at, subject, previous, kept);
        }

        /** With nothing sealed: every sealed claim is a decoy. */
        Draft draft(Event event) {
            Envelope envelope = envelope();
            return new Draft(envelope, event, by.write(envelope, event, List.of()), Optional.empty(), contents);
        }

        /** @param key of the request that it is about, or one that is this entry's alone */
        Draft draft(Event event, List<Disclosure> sealed, CaseKey key) {
            return draft(event, sealed, List.of(), key);
        }

        /** @param tags what the entry can be found by as long as its sealed part can be opened */
        Draft draft(Event event, List<Disclosure> sealed, List<String> tags, CaseKey key) {
            Envelope envelope = envelope();
            Leaf leaf = by.write(envelope, event, sealed);
            ArrayNode texts = CanonicalJson.object().arrayNode();
            sealed.forEach(disclosure -> texts.add(disclosure.text()));
            byte[] box = key.seal(envelope.id(), CanonicalJson.write(texts));
            return new Draft(
                    envelope, event, leaf, Optional.of(new Sealed(key.caseId(), key.wrapped(), box, tags)), contents);
        }

        private Envelope envelope() {
            return new Envelope(origin, at, newId(), subject, epoch, rulebook, previous);
        }
    }
}
