package io.holdfast.legal;

/**
 * Why an order is not carried out, as section D of the form in Annex III of Regulation (EU) 2023/1543 lists it. The
 * sentences are ours and short; the form has its own words in every language of the Union.
 */
public enum Ground {
    INCOMPLETE("The certificate is incomplete."),
    MANIFEST_ERROR("The certificate contains manifest errors."),
    INSUFFICIENT_INFO("The certificate does not say enough to be carried out."),
    NOT_STORED_AT_RECEIPT("The data were not stored by or for the provider when the certificate came."),
    DE_FACTO_IMPOSSIBLE("Carrying it out is impossible in fact, and not by the provider's doing."),
    NOT_COMPETENT_AUTHORITY("No authority that Article 4 names has issued or validated the order."),
    OFFENCE_NOT_COVERED("The offence is not one that Article 5(4) covers."),
    SERVICE_NOT_COVERED("The service is not one that the Regulation covers."),
    IMMUNITY_PRIVILEGE_PRESS(
            "Immunities, privileges, or the freedom of the press and of other media protect the data."),
    THIRD_COUNTRY_CONFLICT("The law of a third country forbids it; section E of the form says which."),
    /** The form lets the provider say in its own words what its list does not have. */
    OTHER("None of the listed grounds; the form asks to say which in words.");

    private final String sentence;

    Ground(String sentence) {
        this.sentence = sentence;
    }

    public String code() {
        return name();
    }

    public String sentence() {
        return sentence;
    }
}
