package io.holdfast.http;

import io.holdfast.gate.Gate;
import io.holdfast.legal.Authority;
import jakarta.enterprise.context.RequestScoped;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who calls, as the token says: a subject, roles, and for a law-enforcement agent the enrolled authority. */
@RequestScoped
class Caller {

    static final String AGENT = "le-agent";
    static final String LEGAL_OPERATOR = "legal-operator";
    static final String LEGAL_APPROVER = "legal-approver";
    static final String REVIEWER = "reviewer";
    static final String AUDITOR = "auditor";
    static final String PLATFORM_ENGINEER = "platform-engineer";
    static final String REPORT_EDITOR = "report-editor";

    private static final String AUTHORITY_CLAIM = "authority";

    private final JsonWebToken token;

    Caller(JsonWebToken token) {
        this.token = token;
    }

    boolean is(String role) {
        return token.getGroups().contains(role);
    }

    /** @throws ProblemException if the token names nobody: then nobody could be held to what they do */
    String person() {
        String subject = token.getSubject();
        if (subject == null || subject.isBlank() || subject.length() > 200 || !PlainText.Validator.isPlain(subject)) {
            throw Problem.forbidden("The token names no subject.").exception();
        }
        return subject;
    }

    /** @throws ProblemException if the token names no enrolled authority */
    Authority authority(Gate gate) {
        Object claim = token.getClaim(AUTHORITY_CLAIM);
        return (claim instanceof String id ? gate.authority(id) : java.util.Optional.<Authority>empty())
                .orElseThrow(() -> Problem.of(
                                "not-enrolled",
                                403,
                                "The authority is not enrolled.",
                                "The token names no authority that is enrolled here.")
                        .exception());
    }
}
