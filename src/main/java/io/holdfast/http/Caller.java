package io.holdfast.http;

import io.holdfast.gate.Actor;
import io.holdfast.gate.Gate;
import io.holdfast.gate.Person;
import io.holdfast.gate.Role;
import io.holdfast.legal.Authority;
import io.holdfast.legal.Jurisdiction;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonString;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
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
    private static final String LOCATED_IN_CLAIM = "located-in";

    private static final Set<String> ROLES =
            Set.of(AGENT, LEGAL_OPERATOR, LEGAL_APPROVER, REVIEWER, AUDITOR, PLATFORM_ENGINEER, REPORT_EDITOR);

    private final JsonWebToken token;

    Caller(JsonWebToken token) {
        this.token = token;
    }

    boolean is(String role) {
        return token.getGroups().contains(role);
    }

    /**
     * For calls whose attempt by the wrong role is recorded: so that not everybody who has a token of this issuer can add
     * to the log.
     *
     * @throws ProblemException if the token carries no role of this gateway
     */
    void checkIsSomebodyHere() {
        if (ROLES.stream().noneMatch(this::is)) {
            throw Problem.forbidden("The token does not carry the role that this needs.")
                    .exception();
        }
    }

    /** @throws ProblemException if the token names nobody: then nobody could be held to what they do */
    String person() {
        String subject = token.getSubject();
        if (subject == null || subject.isBlank() || subject.length() > 200 || !PlainText.Validator.isPlain(subject)) {
            throw Problem.forbidden("The token names no subject.").exception();
        }
        return subject;
    }

    /**
     * Whoever calls, with every role: for desks that judge for themselves who may, and record it when somebody may not. A
     * token that names nobody is nobody there.
     */
    Actor actor() {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Role role : Role.values()) {
            if (is(role.code())) {
                roles.add(role);
            }
        }
        String subject = token.getSubject();
        return new Actor(subject == null || subject.isBlank() ? "" : person(), roles);
    }

    /** Whoever calls, with every role, and where they are. Throws like {@link #located}. */
    Actor locatedActor() {
        Actor actor = actor();
        return new Actor(actor.subject(), actor.roles(), places());
    }

    /**
     * Who calls, and where they are: the claim {@code located-in}, an ISO 3166-1 code or a list of them. Without the claim they are
     * bound to no place.
     *
     * @throws ProblemException if the token names nobody, or the claim is anything else: a place that cannot be read could be any
     */
    Person located() {
        return new Person(person(), places());
    }

    private Set<Jurisdiction> places() {
        Set<Jurisdiction> places = new HashSet<>();
        if (token.getClaimNames().contains(LOCATED_IN_CLAIM)) {
            Object claim = token.getClaim(LOCATED_IN_CLAIM);
            Collection<?> codes = claim instanceof Collection<?> list ? list : Collections.singletonList(claim);
            codes.forEach(code -> places.add(place(code)));
            if (places.isEmpty()) {
                throw unreadablePlace();
            }
        }
        return places;
    }

    private static Jurisdiction place(Object code) {
        String text =
                code instanceof JsonString string ? string.getString() : code instanceof String string ? string : "";
        if (!Jurisdiction.isCode(text)) {
            throw unreadablePlace();
        }
        return Jurisdiction.of(text);
    }

    private static ProblemException unreadablePlace() {
        return Problem.forbidden("The token's claim located-in must be an ISO 3166-1 alpha-2 code, or a list of them.")
                .exception();
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
