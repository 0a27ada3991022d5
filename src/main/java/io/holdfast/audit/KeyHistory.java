package io.holdfast.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which keys the log itself has named, and when: the fold of its genesis and its key entries. Immutable.
 *
 * <p>Key entries are control entries, so the epoch of an entry says exactly which keys were in force at its place. A key
 * that was added is in force from the next epoch on; a retired one up to the epoch of the entry that retires it, and it
 * never comes back.
 */
public record KeyHistory(List<Span> spans) {

    /** Before the genesis. */
    public static final KeyHistory NONE = new KeyHistory(List.of());

    private static final long STILL = Long.MAX_VALUE;

    public KeyHistory {
        spans = List.copyOf(spans);
    }

    /**
     * A key and the epochs it is in force in.
     *
     * @param since the first of them
     * @param until the last of them, {@code Long.MAX_VALUE} while nobody has retired it
     */
    public record Span(NamedKey key, long since, long until) {

        public boolean isInForce() {
            return until == STILL;
        }

        boolean covers(long epoch) {
            return since <= epoch && epoch <= until;
        }
    }

    /** What an entry makes of it. An entry that there is an {@link #objection} to makes nothing of it. */
    KeyHistory after(Envelope envelope, Event event) {
        if (event instanceof Event.Genesis genesis && spans.isEmpty()) {
            return new KeyHistory(genesis.keys().stream()
                    .map(key -> new Span(key, envelope.epoch(), STILL))
                    .toList());
        }
        boolean changes = event instanceof Event.KeyAdded || event instanceof Event.KeyRetired;
        if (!changes || objection(event).isPresent()) {
            return this;
        }
        List<Span> next = new ArrayList<>(spans);
        if (event instanceof Event.KeyAdded added) {
            next.add(new Span(added.key(), envelope.epoch() + 1, STILL));
        } else if (event instanceof Event.KeyRetired retired) {
            next.replaceAll(
                    span -> isMeant(span, retired) ? new Span(span.key(), span.since(), envelope.epoch()) : span);
        }
        return new KeyHistory(next);
    }

    /** Why no honest gateway writes this entry here. */
    public Optional<String> objection(Event event) {
        if (event instanceof Event.KeyAdded added) {
            return spans.stream()
                            .anyMatch(span -> span.key().purpose()
                                            == added.key().purpose()
                                    && span.key().id().equals(added.key().id()))
                    ? Optional.of("adds a key that an earlier entry has named")
                    : Optional.empty();
        }
        if (event instanceof Event.KeyRetired retired) {
            if (spans.stream().noneMatch(span -> isMeant(span, retired))) {
                return Optional.of("retires a key that is not in force");
            }
            return inForce(retired.purpose()).size() == 1
                    ? Optional.of("retires the only key of its purpose")
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean isMeant(Span span, Event.KeyRetired retired) {
        return span.isInForce()
                && span.key().purpose() == retired.purpose()
                && span.key().id().equals(retired.keyId());
    }

    /** The keys in force, oldest first. */
    public List<NamedKey> inForce(KeyPurpose purpose) {
        return spans.stream()
                .filter(Span::isInForce)
                .map(Span::key)
                .filter(key -> key.purpose() == purpose)
                .toList();
    }

    /** Whether this key is in force or once was. */
    public boolean names(NamedKey key) {
        return spans.stream().anyMatch(span -> span.key().equals(key));
    }

    public boolean isInForce(NamedKey key) {
        return spans.stream().anyMatch(span -> span.isInForce() && span.key().equals(key));
    }

    /** The record key of this id, if it is in force. */
    Optional<RecordKey.Public> recordKey(String id) {
        for (Span span : spans) {
            if (span.isInForce() && isRecordKey(span, id)) {
                return Optional.of(((NamedKey.OfRecords) span.key()).key());
            }
        }
        return Optional.empty();
    }

    /** Whether the entry is signed by a record key that was in force in the epoch that the entry was made under. */
    public boolean hasSigned(Entry entry) {
        return spans.stream()
                .filter(span -> isRecordKey(span, entry.keyId())
                        && span.covers(entry.envelope().epoch()))
                .anyMatch(span -> entry.isSignedBy(((NamedKey.OfRecords) span.key()).key()));
    }

    private static boolean isRecordKey(Span span, String id) {
        return span.key() instanceof NamedKey.OfRecords && span.key().id().equals(id);
    }
}
