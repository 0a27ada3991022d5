package io.holdfast.audit;

import io.holdfast.note.SignatureType;
import io.holdfast.note.VerifierKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Follows the keys through a log that is being verified: which record key must have signed each entry, and which log keys
 * the log itself names. Fed in order. A key entry counts only if a key that was in force before it has
 * signed it.
 */
final class KeyTrail {

    private final Noted<Finding> findings;
    private final Map<NamedKey, Place> named = new HashMap<>();

    /** Written by the one who follows the log; read also by those who check signatures ahead. */
    private volatile KeyHistory history = KeyHistory.NONE;

    private record Place(long index, String file) {}

    KeyTrail(Noted<Finding> findings) {
        this.findings = findings;
    }

    /** Whether the log has begun with a genesis; if not, no signature can be checked. */
    boolean isBegun() {
        return !history.equals(KeyHistory.NONE);
    }

    /** The record key of this id, if it is in force here. */
    Optional<RecordKey.Public> signer(String keyId) {
        return history.recordKey(keyId);
    }

    /** The first entry is signed by the key that it names itself. */
    void begin(String file, Entry first) {
        follow(new Place(0, file), first);
    }

    /**
     * Every entry after the first.
     *
     * @param isSigned whether the key that {@link #signer} gave has signed it; asked of entries that change keys
     */
    void next(long index, String file, Entry entry, BooleanSupplier isSigned) {
        history.objection(entry.event()).ifPresent(why -> findings.add(Finding.of(index, file, why)));
        boolean changesKeys = entry.event() instanceof Event.KeyAdded || entry.event() instanceof Event.KeyRetired;
        if (changesKeys && isSigned.getAsBoolean()) {
            follow(new Place(index, file), entry);
        }
    }

    private void follow(Place place, Entry entry) {
        history = history.after(entry.envelope(), entry.event());
        history.spans().forEach(span -> named.putIfAbsent(span.key(), place));
    }

    /**
     * @param trusted the auditor's log keys, {@code signedBy} those of them that have signed the checkpoint
     */
    void compare(Collection<VerifierKey> trusted, List<VerifierKey> signedBy, String checkpoint) {
        List<VerifierKey> inForce = new ArrayList<>(logKeys(KeyPurpose.LOG));
        // Whoever brings no key of a kind leaves its signatures alone.
        if (trusted.stream().anyMatch(key -> key.type() == SignatureType.ML_DSA_44)) {
            inForce.addAll(logKeys(KeyPurpose.LOG_ML_DSA_44));
        }
        boolean allTrusted = true;
        for (VerifierKey key : inForce) {
            if (!trusted.contains(key)) {
                Place place = named.get(new NamedKey.OfLog(key));
                findings.add(
                        Finding.of(place.index(), place.file(), "names a log key that is not among the trusted keys"));
                allTrusted = false;
            }
        }
        if (allTrusted && isBegun() && !signedBy.isEmpty() && signedBy.stream().noneMatch(inForce::contains)) {
            findings.add(Finding.in(
                    checkpoint,
                    "is signed by log key " + signedBy.get(0).label()
                            + ", which the log itself does not have in force at its end"));
        }
    }

    private List<VerifierKey> logKeys(KeyPurpose purpose) {
        return history.inForce(purpose).stream()
                .map(key -> ((NamedKey.OfLog) key).key())
                .toList();
    }
}
