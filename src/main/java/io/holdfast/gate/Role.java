package io.holdfast.gate;

import java.util.Locale;

/** What somebody may be here, as the operator's issuer of tokens says. */
public enum Role {
    LE_AGENT,
    LEGAL_OPERATOR,
    LEGAL_APPROVER,
    REVIEWER,
    AUDITOR,
    PLATFORM_ENGINEER,
    REPORT_EDITOR;

    /** As it stands in a token. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
