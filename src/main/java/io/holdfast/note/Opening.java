package io.holdfast.note;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides whether a note is signed by somebody we know. {@code what} is what messages call it: a note, a checkpoint.
 */
record Opening(String what, SignedNote note) {
    private static final int MOST_NAMED = 3;

    OpenedNote with(Collection<VerifierKey> keys) {
        if (keys.isEmpty()) {
            throw new UntrustedException(what + " cannot be checked: no key was given");
        }
        Map<KeyLabel, VerifierKey> known = byLabel(keys);
        Set<VerifierKey> signedBy = new LinkedHashSet<>();
        Map<VerifierKey, Instant> times = new LinkedHashMap<>();
        for (NoteSignature signature : note.signatures()) {
            VerifierKey key = known.get(signature.label());
            if (key == null) {
                continue;
            }
            // One wrong signature spoils the note: a known signer's line was forged, or the text was changed under it.
            if (!key.verify(note.text(), signature)) {
                throw new UntrustedException(what + " bears a signature of " + key.label()
                        + " that does not fit its text; it was changed or forged");
            }
            signedBy.add(key);
            if (key.type().timestamped()) {
                times.merge(
                        key, Timestamped.instant(signature.bytes()), (one, other) -> one.isAfter(other) ? one : other);
            }
        }
        if (signedBy.isEmpty()) {
            throw new UntrustedException(what + " is signed by "
                    + named(note.signatures().stream().map(NoteSignature::label).toList()) + ", expected "
                    + named(keys.stream().map(VerifierKey::label).toList()) + "; is the key the right one?");
        }
        List<Cosignature> cosignatures = times.entrySet().stream()
                .map(time -> new Cosignature(time.getKey(), time.getValue()))
                .toList();
        return new OpenedNote(note.text(), new ArrayList<>(signedBy), cosignatures);
    }

    private Map<KeyLabel, VerifierKey> byLabel(Collection<VerifierKey> keys) {
        Map<KeyLabel, VerifierKey> known = new HashMap<>();
        for (VerifierKey key : keys) {
            VerifierKey before = known.put(key.label(), key);
            if (before != null && !before.equals(key)) {
                throw new UntrustedException(what + " cannot be checked: two different keys are called " + key.label()
                        + "; remove the wrong one");
            }
        }
        return known;
    }

    private static String named(List<KeyLabel> labels) {
        String first = labels.stream().limit(MOST_NAMED).map(KeyLabel::toString).collect(Collectors.joining(" and "));
        int more = labels.size() - MOST_NAMED;
        return more > 0 ? first + " and " + more + " more" : first;
    }
}
