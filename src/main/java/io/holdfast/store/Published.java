package io.holdfast.store;

import io.holdfast.audit.Standing;
import io.holdfast.note.Checkpoint;

/** What everybody may know: the standing and the signed checkpoint after the last durable entry. Immutable. */
record Published(Standing standing, Checkpoint checkpoint, byte[] note) {}
