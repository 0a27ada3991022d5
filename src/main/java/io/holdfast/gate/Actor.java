package io.holdfast.gate;

import io.holdfast.legal.Jurisdiction;
import java.util.Locale;
import java.util.Set;

/**
 * Somebody who acts here.
 *
 * @param subject who it is, as the token says; two subjects are two people
 * @param roles all that they have: somebody in two roles is one person still
 * @param locatedIn where they are, as far as that binds them: see {@link Person}
 */
public record Actor(String subject, Set<Role> roles, Set<Jurisdiction> locatedIn) {

    /** What programs and careless set-ups put where a person should stand. */
    private static final Set<String> NOBODY = Set.of(
            "",
            "-",
            "admin",
            "administrator",
            "anonymous",
            "bot",
            "default",
            "guest",
            "n/a",
            "nobody",
            "none",
            "null",
            "root",
            "service",
            "superuser",
            "system",
            "undefined",
            "unknown",
            "user");

    public Actor {
        roles = Set.copyOf(roles);
        locatedIn = Set.copyOf(locatedIn);
    }

    /** Somebody who is bound to no place. */
    public Actor(String subject, Set<Role> roles) {
        this(subject, roles, Set.of());
    }

    Person person() {
        return new Person(subject, locatedIn);
    }

    /** Whether the subject can be a person's: not a word for nobody, and not one that only looks like another's. */
    boolean isPerson() {
        return isPerson(subject);
    }

    static boolean isPerson(String subject) {
        return subject.equals(subject.strip()) && !NOBODY.contains(subject.toLowerCase(Locale.ROOT));
    }

    /** Who sends requests has no say in what holds them, whatever other roles they have. */
    boolean mayProposeHoldChanges() {
        return !roles.contains(Role.LE_AGENT)
                && (roles.contains(Role.LEGAL_OPERATOR) || roles.contains(Role.LEGAL_APPROVER));
    }

    boolean mayApproveHoldChanges() {
        return !roles.contains(Role.LE_AGENT) && roles.contains(Role.LEGAL_APPROVER);
    }

    /** Who sends requests has no say in how long they take. */
    boolean mayTellOfClocks() {
        return !roles.contains(Role.LE_AGENT)
                && (roles.contains(Role.REVIEWER)
                        || roles.contains(Role.LEGAL_OPERATOR)
                        || roles.contains(Role.LEGAL_APPROVER));
    }

    /** Who sends requests has no say in whom the platform tells of them. */
    boolean maySeeToNotices() {
        return isPerson() && mayProposeHoldChanges();
    }

    /** Never shows a person. */
    @Override
    public String toString() {
        return "Actor" + roles;
    }
}
