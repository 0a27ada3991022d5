package io.holdfast.audit;

/** What every entry says before what it records: enough to check its place among the others. */
record EntryHead(EntryKind kind, String keyId, Envelope envelope) {

    static EntryHead of(Entry entry) {
        return new EntryHead(entry.kind(), entry.keyId(), entry.envelope());
    }
}
