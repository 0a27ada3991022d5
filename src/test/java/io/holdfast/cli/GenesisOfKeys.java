package io.holdfast.cli;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Envelope;
import io.holdfast.audit.Event;
import io.holdfast.audit.KeyPurpose;
import io.holdfast.audit.Leaf;
import io.holdfast.audit.NamedKey;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.fixture.TemporaryLog;
import io.holdfast.store.HeldKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A genesis that names every key that its gateway holds, and no hold. */
record GenesisOfKeys(TemporaryLog log, List<HeldKey> held) implements Candidate {

    @Override
    public String subject() {
        return Envelope.LOG;
    }

    @Override
    public boolean hasHistory() {
        return false;
    }

    @Override
    public List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
        List<NamedKey> others = held.stream()
                .map(HeldKey::key)
                .filter(key -> key.purpose() != KeyPurpose.RECORD && key.purpose() != KeyPurpose.LOG)
                .toList();
        Envelope envelope =
                new Envelope(TemporaryLog.ORIGIN, at, "genesis", subject(), 0, "ab".repeat(32), OptionalLong.empty());
        Event event = new Event.Genesis(
                log.signer().verifierKey().toString(), log.writer().key(), others, List.of());
        Leaf leaf = log.writer().write(envelope, event, List.of());
        return List.of(new Draft(envelope, event, leaf, Optional.empty(), List.of()));
    }
}
