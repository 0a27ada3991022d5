package io.holdfast.audit;

import io.holdfast.tlog.Hash;
import java.util.List;

/**
 * What came of checking a log. Origin, size and root are those of its checkpoint; they are worth something if there is no
 * finding. Where the checkpoint could not be read, they are those of an empty log without a name.
 *
 * @param findings in the order in which they were found; empty means that everything held
 * @param unlisted how many more there are than are listed
 * @param remarks what was not looked at, or cannot be known
 */
public record Verification(
        String origin, long size, Hash root, List<Finding> findings, long unlisted, List<String> remarks) {

    public Verification {
        findings = List.copyOf(findings);
        remarks = List.copyOf(remarks);
    }

    public boolean holds() {
        return findings.isEmpty();
    }

    /** The root as a checkpoint writes it, in base64. */
    public String rootText() {
        return root.base64();
    }
}
