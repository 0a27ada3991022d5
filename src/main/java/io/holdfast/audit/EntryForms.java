package io.holdfast.audit;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows entries by their form. Reading an entry in full costs ten times what hashing it does, and most entries of a log say
 * what an earlier one said, but for ids, digests, times and running numbers. Once an entry has been read in full, those that
 * are the same byte for byte outside these blanks ({@link BlankedEntry}) are known to read as well: a blank holds a value
 * of its own kind, and where one such value can stand, every other can. {@code EntryFormsTest} holds it to that.
 *
 * <p>Only kinds that no later check rests on: what changes holds, keys or rulebooks is always read in full. Safe for many
 * threads.
 */
final class EntryForms {

    /** A few megabytes. A log with more forms than these is read in full beyond them. */
    private static final int MOST = 4_096;

    private static final Set<EntryKind> LEARNED =
            EnumSet.of(EntryKind.REQUEST_DECIDED, EntryKind.APPROVAL_GIVEN, EntryKind.ACCESSED, EntryKind.DELIVERED);

    /** What is the same in all entries of one form. */
    private record Common(EntryKind kind, String keyId, String issuer, String subject, String rulebook) {}

    private final Map<BlankedEntry.Form, Common> known = new ConcurrentHashMap<>();

    /** What stands at the head of these bytes, if they are an entry of a known form. */
    Optional<EntryHead> read(byte[] leaf) {
        return BlankedEntry.of(leaf)
                .flatMap(blanked ->
                        Optional.ofNullable(known.get(blanked.form())).map(common -> head(common, blanked)));
    }

    private static EntryHead head(Common common, BlankedEntry blanked) {
        Envelope envelope = new Envelope(
                common.issuer(),
                Instant.ofEpochSecond(blanked.number(BlankedEntry.Place.IAT).orElseThrow()),
                blanked.text(BlankedEntry.Place.JTI).orElseThrow(),
                blanked.text(BlankedEntry.Place.SUB).orElse(common.subject()),
                blanked.number(BlankedEntry.Place.EPOCH).orElseThrow(),
                common.rulebook(),
                blanked.number(BlankedEntry.Place.PREV));
        return new EntryHead(common.kind(), common.keyId(), envelope);
    }

    /** Takes the form of an entry that was read in full from these bytes. */
    void learn(byte[] leaf, Entry entry) {
        if (!LEARNED.contains(entry.kind()) || known.size() >= MOST) {
            return;
        }
        BlankedEntry.of(leaf).filter(BlankedEntry::hasHead).ifPresent(blanked -> {
            Envelope envelope = entry.envelope();
            Common common =
                    new Common(entry.kind(), entry.keyId(), envelope.issuer(), envelope.subject(), envelope.rulebook());
            if (head(common, blanked).equals(EntryHead.of(entry))) {
                known.put(blanked.form().trimmed(), common);
            }
        });
    }
}
