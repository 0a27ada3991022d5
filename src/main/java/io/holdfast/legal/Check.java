package io.holdfast.legal;

/** A check that the gateway makes before it decides; each has one result, and the log names both. */
public enum Check {
    /** The sender proved out of band who it is, and may send this instrument. */
    SENDER_ENROLLED,
    /** The issuer is enrolled, in the sender's jurisdiction, and may issue this instrument. */
    ISSUER_ENROLLED,
    /** The document carries the issuer's seal, and the seal holds under the issuer's enrolled key. */
    DOCUMENT_SEALED,
    /** The seal speaks of this document, instrument, docket and dates. */
    SEAL_MATCHES;

    public String code() {
        return Term.spell(this);
    }

    /** What came of a check. Everything but {@link #PASSED} blocks. */
    public enum Result {
        PASSED,
        FAILED,
        /** The check could not be made; that is never a pass. */
        NOT_POSSIBLE;

        public String code() {
            return Term.spell(this);
        }
    }
}
