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
import io.holdfast.legal.HoldException;
import io.holdfast.legal.Instrument;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Match;
import io.holdfast.legal.Mode;
import io.holdfast.legal.NationalSecurity;
import io.holdfast.legal.NonDisclosure;
import io.holdfast.legal.Offence;
import io.holdfast.legal.Term;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Requests and holds by chance. Most requests start from one that a rule permits and differ in a few points, because
 * pure chance would hardly ever permit anything and so prove nothing.
 */
final class RandomRequests {

    private static final String[] PLACES = {"US", "HK", "DE", "FR", "CN", "NO", "XX"};
    private static final String[] INSTRUMENTS = {
        "US-SW", "US-LETTER", "HK-WARRANT", "HK-NOTICE", "HK-MLA", "EU-EPO", "US-NEW"
    };

    private final Random random;

    RandomRequests(long seed) {
        random = new Random(seed);
    }

    Facts facts() {
        Requests request = switch (random.nextInt(4)) {
            case 0 -> Requests.usWarrant();
            case 1 -> Requests.hkWarrant();
            case 2 -> Requests.hkTreaty();
            default -> letter();
        };
        request.approvals = random.nextInt(4);
        for (int changes = random.nextInt(random.nextInt(8) == 0 ? 18 : 4); changes > 0; changes--) {
            change(request);
        }
        return request.facts();
    }

    private static Requests letter() {
        Requests request = Requests.usWarrant();
        request.instrument = new Instrument("US-LETTER");
        request.action = Action.PRESERVE;
        return request;
    }

    private void change(Requests request) {
        switch (random.nextInt(18)) {
            case 0 -> request.issuer = place();
            case 1 -> request.users = places();
            case 2 -> request.subjects = places();
            case 3 -> request.provider = place();
            case 4 -> request.authority = any(AuthorityLevel.values());
            case 5 ->
                request.instrument = random.nextInt(20) == 0 ? Instrument.UNKNOWN : new Instrument(any(INSTRUMENTS));
            case 6 -> request.channel = any(Channel.values());
            case 7 -> request.action = any(Action.values());
            case 8 -> request.categories = several(DataCategory.class);
            case 9 -> request.offences = several(Offence.class);
            case 10 -> request.emergency = any(Emergency.values());
            case 11 -> request.nationalSecurity = any(NationalSecurity.values());
            case 12 -> request.sender = any(Assurance.values());
            case 13 -> request.document = any(Assurance.values());
            case 14 -> request.nonDisclosure = any(NonDisclosure.values());
            case 15 -> request.issuedAt = moment();
            case 16 -> request.expiresAt = moment();
            default -> request.accounts = random.nextInt(3);
        }
    }

    /** The same request with one fact that nobody knows. */
    Facts withOneUnknown(Facts f) {
        int which = random.nextInt(18);
        return new Facts(
                which == 0 ? Jurisdiction.UNKNOWN : f.issuer(),
                which == 1 ? unknownAmong(f.users()) : f.users(),
                which == 2 ? unknownAmong(f.subjects()) : f.subjects(),
                which == 3 ? Jurisdiction.UNKNOWN : f.provider(),
                which == 4 ? AuthorityLevel.UNKNOWN : f.authority(),
                which == 5 ? Instrument.UNKNOWN : f.instrument(),
                which == 6 ? Channel.UNKNOWN : f.channel(),
                which == 7 ? Action.UNKNOWN : f.action(),
                which == 8 ? Set.of() : f.categories(),
                which == 9 ? Set.of(Offence.UNKNOWN) : f.offences(),
                which == 10 ? Emergency.UNKNOWN : f.emergency(),
                which == 11 ? NationalSecurity.UNKNOWN : f.nationalSecurity(),
                which == 12 ? Assurance.UNKNOWN : f.sender(),
                which == 13 ? Assurance.UNKNOWN : f.document(),
                which == 14 ? NonDisclosure.UNKNOWN : f.nonDisclosure(),
                which == 15 ? Optional.empty() : f.issuedAt(),
                which == 16 ? Optional.empty() : f.expiresAt(),
                which == 17 ? 0 : f.accounts(),
                f.approvals());
    }

    private Set<Jurisdiction> unknownAmong(Set<Jurisdiction> places) {
        Set<Jurisdiction> more = new HashSet<>(random.nextBoolean() ? places : Set.of());
        more.add(Jurisdiction.UNKNOWN);
        return more;
    }

    List<Hold> holds() {
        List<Hold> holds = new ArrayList<>();
        for (int count = random.nextInt(3); count > 0; count--) {
            holds.add(hold());
        }
        return holds;
    }

    Hold hold() {
        Mode mode = any(Mode.values());
        HoldException[] exceptions = new HoldException[random.nextInt(3)];
        for (int i = 0; i < exceptions.length; i++) {
            exceptions[i] = new HoldException("e" + i, "by chance", match(2));
        }
        Instant reviewBy = Holds.REVIEW.plusSeconds(random.nextInt(3));
        return Holds.hold("hold-" + random.nextInt(1000), mode, match(3), reviewBy, exceptions);
    }

    private Match match(int most) {
        Map<Dimension, Set<Term>> accepted = new EnumMap<>(Dimension.class);
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            Dimension dimension = any(Dimension.values());
            Set<Term> terms = new HashSet<>();
            for (int j = 0; j <= random.nextInt(4); j++) {
                List<String> words =
                        List.copyOf(Small.VOCABULARY.words(dimension).keySet());
                terms.add(Small.VOCABULARY
                        .term(dimension, words.get(random.nextInt(words.size())))
                        .orElseThrow());
            }
            accepted.put(dimension, terms);
        }
        return new Match(accepted);
    }

    /** Mostly today; else near an instant at which something turns. */
    Instant instant() {
        return switch (random.nextInt(6)) {
            case 0 -> Instant.parse("2020-08-19T16:00:00Z").plusSeconds(random.nextInt(3) - 1);
            case 1 -> Holds.FROM.plusSeconds(random.nextInt(3) - 1);
            case 2 -> Requests.EXPIRES.plusSeconds(random.nextInt(3) - 1);
            default -> Requests.NOW;
        };
    }

    private Optional<Instant> moment() {
        return random.nextInt(10) == 0
                ? Optional.empty()
                : Optional.of(any(new Instant[] {Instant.EPOCH, Requests.ISSUED, Requests.NOW, Requests.EXPIRES}));
    }

    private Jurisdiction place() {
        return random.nextInt(20) == 0 ? Jurisdiction.UNKNOWN : Jurisdiction.of(any(PLACES));
    }

    private Set<Jurisdiction> places() {
        Set<Jurisdiction> places = new HashSet<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            places.add(place());
        }
        return places;
    }

    private <E extends Enum<E>> Set<E> several(Class<E> type) {
        Set<E> some = EnumSet.noneOf(type);
        for (E each : type.getEnumConstants()) {
            if (random.nextInt(3) == 0) {
                some.add(each);
            }
        }
        return some;
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
