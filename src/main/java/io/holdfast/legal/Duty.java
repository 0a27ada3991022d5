package io.holdfast.legal;

/** What the platform must do besides, when a grant applies. Those who approve have it before them. */
public enum Duty {
    /** Regulation (EU) 2023/1543 Art. 10(1). */
    PRESERVE_AT_ONCE("Keep the data at once, before anything else."),
    /** Regulation (EU) 2023/1543 Art. 8, 10(2). */
    AWAIT_ENFORCING_AUTHORITY(
            "Wait for the enforcing authority, unless the certificate shows that none was to be notified."),
    FOLLOW_UP_PROCESS("Ask for ordinary process afterwards, and flag the authority that does not bring it."),
    CALL_BACK("Call back over the number in the registry, never over one in the request, and speak to a supervisor."),
    /** 18 USC 2702(b)(8); Cap. 486 s.58(2), an exemption and no duty; CCP of Japan Art. 197(2). */
    DECIDE_FREELY("Nobody can demand it: decide whether to answer at all."),
    /** The five questions of the Privacy Commissioner before relying on Cap. 486 s.58(2). */
    CHECK_NECESSITY("Have the sender say what the data are for, why they are needed, why without consent, why from"
            + " nowhere else, and what would be prejudiced; its word alone is not enough."),
    CHECK_PRIVILEGE(
            "See whether privilege, immunity, confidential records or the freedom of the press stand against it."),
    /** 18 USC 2703(h); Regulation (EU) 2023/1543 Art. 17. */
    CHECK_CONFLICT_OF_LAWS("See whether the law of another State forbids it, and object in time."),
    /** 18 USC 3512; 28 USC 1782. */
    CHECK_DOMESTIC_ORDER("Find the order of the platform's own State that carries the foreign request out."),
    /** Implementing Regulation (EU) 2025/1550. */
    ENCRYPT_TO_ISSUER("Encrypt what is given to the issuer's certificate, or say why not."),
    KEEP_SECRET("Tell only those who must know.");

    private final String sentence;

    Duty(String sentence) {
        this.sentence = sentence;
    }

    public String code() {
        return Term.spell(this);
    }

    /**
     * Whether each of those who approve has to confirm it before anything is released. The others are done by the gateway, or
     * begin with the release.
     */
    public boolean isForApprovers() {
        return switch (this) {
            case AWAIT_ENFORCING_AUTHORITY,
                    CALL_BACK,
                    DECIDE_FREELY,
                    CHECK_NECESSITY,
                    CHECK_PRIVILEGE,
                    CHECK_CONFLICT_OF_LAWS,
                    CHECK_DOMESTIC_ORDER -> true;
            case PRESERVE_AT_ONCE, FOLLOW_UP_PROCESS, ENCRYPT_TO_ISSUER, KEEP_SECRET -> false;
        };
    }

    /** One plain sentence to the platform. */
    public String sentence() {
        return sentence;
    }
}
