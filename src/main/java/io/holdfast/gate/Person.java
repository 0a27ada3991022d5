package io.holdfast.gate;

import io.holdfast.audit.Disclosure;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Hold;
import io.holdfast.legal.Jurisdiction;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Somebody who approves. Where people are, others have power over them; so whoever is located in a jurisdiction that a request,
 * a hold or a rulebook concerns holds no approval for it.
 *
 * @param subject who it is, as the issuer of tokens says; sealed wherever it is recorded
 * @param locatedIn where they are, as the issuer says; empty if it binds them to no place. Sealed too
 */
public record Person(String subject, Set<Jurisdiction> locatedIn) {

    /** What whoever is nobody ({@link #isPerson}) is told. */
    public static final String IS_NOBODY =
            "The token's subject is a word for nobody; a person has to answer for this by name.";

    private static final Set<Dimension> PLACES =
            Set.of(Dimension.ISSUER_JURISDICTION, Dimension.USER_JURISDICTION, Dimension.SUBJECT_JURISDICTION);

    public Person {
        locatedIn = Set.copyOf(locatedIn);
    }

    /** Somebody who is bound to no place. */
    public static Person of(String subject) {
        return new Person(subject, Set.of());
    }

    /** Whether the subject can be a person's. Of two whose word is needed each has to be one. */
    boolean isPerson() {
        return Actor.isPerson(subject);
    }

    /**
     * Whether the request comes from where the person is, is about users there, or about a matter there. A place that is not known
     * may be any: then it concerns everybody who is bound to one.
     */
    boolean isLocatedWhere(Facts facts) {
        return isIn(facts.issuer())
                || facts.users().stream().anyMatch(this::isIn)
                || facts.subjects().stream().anyMatch(this::isIn);
    }

    /** Whether the hold names the place where the person is. One that names no place is about none in particular. */
    boolean isLocatedWhere(Hold hold) {
        return PLACES.stream()
                .flatMap(dimension -> hold.applies().accepted().getOrDefault(dimension, Set.of()).stream())
                .anyMatch(locatedIn::contains);
    }

    /** Whether the rulebook opens something for requests from where the person is, with the holds in force or without any. */
    boolean isLocatedWhere(NextRulebook next) {
        return Stream.of(next.law(), next.underHolds())
                .flatMap(difference -> difference.opensFor().stream())
                .anyMatch(locatedIn::contains);
    }

    /** Who it was, for the sealed part of an entry. */
    List<Disclosure> sealed() {
        return List.of(Disclosure.of("person", subject));
    }

    /** Who it was and where, for the sealed part of an entry that the place has decided. */
    List<Disclosure> sealedWithPlace() {
        String places = locatedIn.stream().map(Jurisdiction::code).sorted().collect(Collectors.joining(" "));
        return List.of(Disclosure.of("person", subject), Disclosure.of("located-in", places));
    }

    private boolean isIn(Jurisdiction place) {
        return locatedIn.contains(place) || !place.isKnown() && !locatedIn.isEmpty();
    }

    /** Nothing of it, so that no log line shows a person. */
    @Override
    public String toString() {
        return "a person";
    }
}
