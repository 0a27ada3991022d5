package io.holdfast.audit;

import io.holdfast.tlog.ProofFile;

/**
 * Says that an entry is durable and under which signed checkpoint. Whoever has one can prove the entry without asking
 * the log again.
 *
 * @param proof the entry's inclusion in the tree of the checkpoint that it carries
 */
public record Receipt(Stored stored, ProofFile proof) {}
