package io.holdfast.legal;

import java.util.Optional;
import java.util.Set;

/**
 * An enrolled authority or court. What it may do was agreed when it was enrolled, out of band, and is never taken
 * from a request.
 *
 * @param level what its instruments count as
 * @param enrolment how it proved who it is
 * @param nationalSecurityUnit whether anything it sends counts as a matter of national security
 * @param sends the instruments that it may send to the platform
 * @param issues the instruments that it may issue: a court issues what an officer sends
 * @param key the Ed25519 public key of its seal, 32 bytes as unpadded base64url
 * @param certificate the X.509 certificate that packages for it are encrypted for, in PEM
 */
public record Authority(
        String id,
        String name,
        Jurisdiction jurisdiction,
        AuthorityLevel level,
        Enrolment enrolment,
        boolean nationalSecurityUnit,
        Set<Instrument> sends,
        Set<Instrument> issues,
        Optional<String> key,
        Optional<String> certificate) {

    /** How an authority proved who it is. */
    public enum Enrolment {
        /** In person or by a channel that the request cannot have come from. */
        OUT_OF_BAND,
        /** By a mailbox or a portal account: that proves a mailbox, not an authority. */
        MAILBOX;

        public String code() {
            return Term.spell(this);
        }
    }

    /** One that has enrolled no certificate. */
    public Authority(
            String id,
            String name,
            Jurisdiction jurisdiction,
            AuthorityLevel level,
            Enrolment enrolment,
            boolean nationalSecurityUnit,
            Set<Instrument> sends,
            Set<Instrument> issues,
            Optional<String> key) {
        this(id, name, jurisdiction, level, enrolment, nationalSecurityUnit, sends, issues, key, Optional.empty());
    }

    public Authority {
        sends = Set.copyOf(sends);
        issues = Set.copyOf(issues);
    }
}
