package io.holdfast.legal;

/** Why a decision came out as it did. Public and stable: one code, one plain sentence, wherever it is shown. */
public enum Reason {
    NEVER_DISCLOSED("This platform does not disclose data to this authority."),
    REFUSED_UNTIL_REVIEW("Requests of this kind are refused until a named condition is met."),
    NO_RECORDS("The platform holds no records of the kind asked for."),
    TREATY_CHANNEL_ONLY("Requests from this place are accepted through a treaty's central authority only."),
    EMERGENCY_ONLY("Requests from this place are accepted in emergencies only."),
    CONTENT_WITHHELD("Content is not disclosed to this authority."),
    HELD_PENDING_REVIEW("Requests of this kind are on hold. Nothing is processed until the hold has been reviewed."),
    RULEBOOK_UNAVAILABLE("No valid rulebook is loaded, so nothing is processed."),
    FACT_MISSING("Something that is needed to decide is missing or unknown."),
    CHANNEL_SUSPENDED("The treaty behind this channel is suspended, or there is none."),
    INSTRUMENT_NOT_YET_VALID("The instrument is dated in the future."),
    INSTRUMENT_EXPIRED("The instrument has expired."),
    JURISDICTION_NOT_LISTED("No rule accepts requests from this jurisdiction."),
    PROVIDER_NOT_ADDRESSED("The instrument is not addressed to the company that holds the data."),
    INSTRUMENT_NOT_ACCEPTED("This kind of instrument is not accepted from this jurisdiction."),
    ACTION_NOT_COVERED("The instrument does not cover what is asked to be done."),
    CHANNEL_NOT_ACCEPTED("The instrument is not accepted through this channel."),
    NOT_COMPETENT_AUTHORITY("The authority behind the instrument is not competent for it."),
    CATEGORY_NOT_REACHED("The instrument does not reach this category of data."),
    OFFENCE_NOT_COVERED("The offence does not meet the threshold of the instrument."),
    EMERGENCY_NOT_COVERED("The instrument is not meant for this kind of emergency, or for the absence of one."),
    NATIONAL_SECURITY_NOT_COVERED(
            "The rule does not apply where a national security law is involved, or applies only there."),
    USER_NOT_COVERED("The rule does not cover users in the place concerned."),
    SUBJECT_NOT_COVERED("The rule does not cover matters in the place concerned."),
    NON_DISCLOSURE_NOT_COVERED("The rule does not apply with this kind of non-disclosure order."),
    SENDER_NOT_VERIFIED("The sender could not be verified as the enrolled authority."),
    DOCUMENT_NOT_VERIFIED("The document could not be verified as issued by the court or authority that it names."),
    EXCEPTION_APPLIES("A hold covers the request, and an exception written in that hold lets people look at it."),
    APPROVALS_OUTSTANDING("The request meets the rules. Different people must approve it before anything leaves."),
    PERMITTED("The request meets the rules, and everything that was required has been done.");

    private final String sentence;

    Reason(String sentence) {
        this.sentence = sentence;
    }

    public String code() {
        return name();
    }

    /** One plain sentence, in English. */
    public String sentence() {
        return sentence;
    }
}
