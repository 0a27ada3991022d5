package io.holdfast.policy;

import io.holdfast.legal.Action;
import io.holdfast.legal.Assurance;
import io.holdfast.legal.AuthorityLevel;
import io.holdfast.legal.Channel;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Emergency;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Hold;
import io.holdfast.legal.Instrument;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Match;
import io.holdfast.legal.NationalSecurity;
import io.holdfast.legal.NonDisclosure;
import io.holdfast.legal.Offence;
import io.holdfast.legal.Term;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Requests by chance, near what a rulebook and its holds speak of: most start from what a grant accepts, many are drawn
 * under a hold or into an exception, and then a few facts are changed. Times are near an instant at which a rule turns.
 */
final class RandomOfRules {

    /** A request, and when it is decided. */
    record Point(Facts facts, Instant at) {}

    private static final Jurisdiction NOWHERE = Jurisdiction.of("ZZ");
    private static final Instrument NO_INSTRUMENT = new Instrument("NO-SUCH-PAPER");

    private final List<Grant> grants;
    private final List<Treaty> treaties;
    private final List<Hold> holds;
    private final Random random;
    private final Map<Dimension, List<Term>> words = new EnumMap<>(Dimension.class);
    private final List<Term> ordinary;
    private final Map<Set<? extends Term>, List<Term>> ordered = new IdentityHashMap<>();

    RandomOfRules(Rulebook rulebook, List<Hold> holds, Random random) {
        this.grants = rulebook.grants();
        this.treaties = rulebook.treaties();
        this.holds = List.copyOf(holds);
        this.random = random;
        for (Dimension dimension : Dimension.values()) {
            words.put(dimension, List.copyOf(rulebook.vocabulary().terms(dimension)));
        }
        ordinary = words.get(Dimension.USER_JURISDICTION).stream()
                .filter(place -> List.of("US", "HK", "DE", "GB", "CN", "IE").contains(place.code()))
                .toList();
    }

    Point next() {
        Requests request = new Requests();
        Optional<Hold> hold = !holds.isEmpty() && chance(60) ? Optional.of(any(holds)) : Optional.empty();
        Grant grant = grant(hold);
        usual(request);
        accept(request, grant.when());
        throughTreaty(request, grant);
        hold.ifPresent(held -> under(request, held));
        Instant at = instant(request, grant, hold);
        date(request, grant, at);
        if (chance(40)) {
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                change(request);
            }
        }
        return new Point(chance(6) ? without(request.facts()) : request.facts(), at);
    }

    /** Mostly one of the issuers that the hold speaks of. */
    private Grant grant(Optional<Hold> hold) {
        Grant grant = any(grants);
        Set<Term> held = hold.map(one -> one.applies().accepted().get(Dimension.ISSUER_JURISDICTION))
                .orElse(null);
        for (int tries = 0; held != null && tries < 60 && !meets(grant, held); tries++) {
            grant = any(grants);
        }
        return grant;
    }

    private static boolean meets(Grant grant, Set<? extends Term> issuers) {
        Set<Term> accepted = grant.when().accepted().get(Dimension.ISSUER_JURISDICTION);
        return accepted == null || accepted.stream().anyMatch(issuers::contains);
    }

    private void usual(Requests request) {
        request.users = places();
        request.subjects = places();
        request.offences = several(words.get(Dimension.OFFENCE), Offence.class, 4);
        request.emergency = chance(70) ? Emergency.NONE : word(Dimension.EMERGENCY, Emergency.class);
        request.nationalSecurity =
                chance(70) ? NationalSecurity.NOT_INVOLVED : word(Dimension.NATIONAL_SECURITY, NationalSecurity.class);
        request.nonDisclosure = word(Dimension.NON_DISCLOSURE, NonDisclosure.class);
        request.accounts = 1 + random.nextInt(3);
        request.approvals = random.nextInt(4);
    }

    private void accept(Requests request, Match match) {
        match.accepted().forEach((dimension, terms) -> set(request, dimension, inOrder(terms)));
    }

    private void under(Requests request, Hold hold) {
        hold.applies().accepted().forEach((dimension, terms) -> {
            // What the grant chose already lies under the hold as often as not.
            if (!touches(request, dimension, terms)) {
                set(request, dimension, inOrder(terms));
            }
        });
        if (!hold.exceptions().isEmpty() && chance(45)) {
            accept(request, any(hold.exceptions()).when());
        }
    }

    private static boolean touches(Requests request, Dimension dimension, Set<Term> terms) {
        return dimension.of(request.facts()).stream().anyMatch(terms::contains);
    }

    /** Between two parties of a treaty of this channel, mostly with an issuer that the grant accepts. */
    private void throughTreaty(Requests request, Grant grant) {
        List<Treaty> possible = treaties.stream()
                .filter(treaty -> treaty.channel() == request.channel && meets(grant, treaty.parties()))
                .toList();
        if (possible.isEmpty() || chance(15)) {
            return;
        }
        List<Term> parties = inOrder(any(possible).parties());
        request.issuer = one(parties, Jurisdiction.class);
        request.provider = one(parties, Jurisdiction.class);
    }

    private void date(Requests request, Grant grant, Instant at) {
        request.issuedAt = Optional.of(at.minusSeconds(random.nextInt(60 * 86_400)));
        request.expiresAt = Optional.of(at.plusSeconds(1 + random.nextInt(400 * 86_400)));
        if (grant.serveWithin().isPresent() && chance(60)) {
            Instant back =
                    at.atZone(ZoneOffset.UTC).minus(grant.serveWithin().get()).toInstant();
            request.issuedAt =
                    Optional.of(back.plus(Period.ofDays(random.nextInt(9) - 4)).plusSeconds(oneAround()));
        } else if (chance(6)) {
            request.issuedAt = Optional.of(at.plusSeconds(oneAround()));
        } else if (chance(6)) {
            request.expiresAt = Optional.of(at.plusSeconds(oneAround()));
        }
    }

    private int oneAround() {
        return random.nextInt(3) - 1;
    }

    private Instant instant(Requests request, Grant grant, Optional<Hold> hold) {
        if (grant.serveWithin().isPresent() && chance(50)) {
            return lateInAMonth();
        }
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> any(turns(request, grant, hold)).plusSeconds(oneAround());
            case 3 -> Instant.parse("2019-06-01T00:00:00Z").plusSeconds(random.nextInt(3_650) * 86_400L);
            default -> Requests.NOW.plus(Duration.ofHours(random.nextInt(2_000)));
        };
    }

    /** When the rules turn that the request is about. */
    private List<Instant> turns(Requests request, Grant grant, Optional<Hold> hold) {
        List<Instant> turns = new ArrayList<>(List.of(grant.valid().from()));
        grant.valid().until().ifPresent(turns::add);
        hold.ifPresent(held -> {
            turns.add(held.from());
            held.phases().forEach(phase -> turns.add(phase.from()));
        });
        for (Treaty treaty : treaties) {
            if (treaty.channel() == request.channel && treaty.joins(request.issuer, request.provider)) {
                treaty.history().forEach(turn -> turns.add(turn.since()));
            }
        }
        return turns;
    }

    /** Where months of different lengths matter. */
    private Instant lateInAMonth() {
        LocalDate month = LocalDate.of(2021 + random.nextInt(8), 1 + random.nextInt(12), 1);
        int day = Math.min(26 + random.nextInt(6), month.lengthOfMonth());
        return month.withDayOfMonth(day).atTime(10, 0).toInstant(ZoneOffset.UTC);
    }

    private void change(Requests request) {
        if (chance(3)) {
            request.issuer = NOWHERE;
        } else if (chance(3)) {
            request.instrument = NO_INSTRUMENT;
        } else if (chance(3)) {
            request.users = new LinkedHashSet<>(List.of(NOWHERE, request.provider));
        } else {
            Dimension dimension = any(List.of(Dimension.values()));
            set(request, dimension, words.get(dimension));
        }
    }

    private Facts without(Facts facts) {
        return any(FactsWithout.each(facts, any(FactsWithout.NAMES)));
    }

    /** One of these words, or several where a fact can have several. */
    private void set(Requests request, Dimension dimension, List<Term> terms) {
        switch (dimension) {
            case ISSUER_JURISDICTION -> request.issuer = one(terms, Jurisdiction.class);
            case PROVIDER_JURISDICTION -> request.provider = one(terms, Jurisdiction.class);
            case INSTRUMENT -> request.instrument = one(terms, Instrument.class);
            case ACTION -> request.action = one(terms, Action.class);
            case CHANNEL -> request.channel = one(terms, Channel.class);
            case AUTHORITY -> request.authority = one(terms, AuthorityLevel.class);
            case CATEGORY -> request.categories = categories(terms);
            case OFFENCE -> request.offences = several(terms, Offence.class, 3);
            case EMERGENCY -> request.emergency = one(terms, Emergency.class);
            case NATIONAL_SECURITY -> request.nationalSecurity = one(terms, NationalSecurity.class);
            case USER_JURISDICTION -> request.users = several(terms, Jurisdiction.class, 2);
            case SUBJECT_JURISDICTION -> request.subjects = several(terms, Jurisdiction.class, 2);
            case NON_DISCLOSURE -> request.nonDisclosure = one(terms, NonDisclosure.class);
            case SENDER -> request.sender = one(terms, Assurance.class);
            case DOCUMENT -> request.document = one(terms, Assurance.class);
        }
    }

    /** Some of these, and now and then another. */
    private Set<DataCategory> categories(List<Term> terms) {
        Set<DataCategory> some = several(terms, DataCategory.class, 3);
        if (chance(30)) {
            some.add(word(Dimension.CATEGORY, DataCategory.class));
        }
        return some;
    }

    /** Where users live: mostly a place of those that are at issue. */
    private Set<Jurisdiction> places() {
        Set<Jurisdiction> places = new LinkedHashSet<>();
        for (int count = 1 + random.nextInt(2); count > 0; count--) {
            places.add(
                    chance(70)
                            ? one(ordinary, Jurisdiction.class)
                            : word(Dimension.USER_JURISDICTION, Jurisdiction.class));
        }
        return places;
    }

    private <T extends Term> Set<T> several(List<Term> terms, Class<T> type, int most) {
        Set<T> some = new LinkedHashSet<>();
        for (int count = 1 + random.nextInt(most); count > 0; count--) {
            some.add(one(terms, type));
        }
        return some;
    }

    private <T extends Term> T word(Dimension dimension, Class<T> type) {
        return one(words.get(dimension), type);
    }

    private <T extends Term> T one(List<Term> terms, Class<T> type) {
        return type.cast(any(terms));
    }

    /** Sets have no order that a seed could repeat, so the codes give one. */
    private List<Term> inOrder(Set<? extends Term> terms) {
        return ordered.computeIfAbsent(
                terms,
                some -> some.stream()
                        .<Term>map(term -> term)
                        .sorted(Comparator.comparing(Term::code))
                        .toList());
    }

    private <T> T any(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
