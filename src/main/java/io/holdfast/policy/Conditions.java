package io.holdfast.policy;

import io.holdfast.legal.Assurance;
import io.holdfast.legal.Channel;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Emergency;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Match;
import io.holdfast.legal.Mode;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Term;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The conditions of the conditional modes. */
final class Conditions {

    private static final Match THROUGH_TREATY = new Match(Map.of(Dimension.CHANNEL, Set.of(Channel.TREATY)));
    private static final Match VERIFIED_EMERGENCY = new Match(Map.of(
            Dimension.EMERGENCY, known(Emergency.values(), term -> term != Emergency.NONE),
            Dimension.SENDER, Set.of(Assurance.VERIFIED),
            Dimension.DOCUMENT, Set.of(Assurance.VERIFIED)));
    private static final Match NO_CONTENT = new Match(
            Map.of(Dimension.CATEGORY, known(DataCategory.values(), term -> !isContent((DataCategory) term))));

    private static final int ALL = -1;
    private static final int CONTENT = FactBits.of(List.of(DataCategory.CONTENT, DataCategory.LIVE_CONTENT));

    private Conditions() {}

    /** The condition under which a hold in this mode lets a category be; nothing where it never does. */
    static Optional<Match> unless(Mode mode) {
        return switch (mode) {
            case TREATY_ONLY -> Optional.of(THROUGH_TREATY);
            case EMERGENCY_ONLY -> Optional.of(VERIFIED_EMERGENCY);
            case NON_CONTENT_ONLY -> Optional.of(NO_CONTENT);
            case PAUSE, DENY, NEVER, WIND_DOWN, NO_DATA -> Optional.empty();
        };
    }

    /** The categories, by their bits, that a hold in this mode lets be. */
    static int spares(Mode mode, Facts facts) {
        return switch (mode) {
            case PAUSE, DENY, NEVER, WIND_DOWN, NO_DATA -> 0;
            case TREATY_ONLY -> facts.channel() == Channel.TREATY ? ALL : 0;
            case EMERGENCY_ONLY -> isVerifiedEmergency(facts) ? ALL : 0;
            case NON_CONTENT_ONLY -> ~CONTENT;
        };
    }

    /** Why a hold in this mode stops what it stops. */
    static Reason reason(Mode mode) {
        return switch (mode) {
            case NEVER -> Reason.NEVER_DISCLOSED;
            case DENY -> Reason.REFUSED_UNTIL_REVIEW;
            case NO_DATA -> Reason.NO_RECORDS;
            // The phase of a wind-down has a mode of its own; whatever has none waits.
            case PAUSE, WIND_DOWN -> Reason.HELD_PENDING_REVIEW;
            case TREATY_ONLY -> Reason.TREATY_CHANNEL_ONLY;
            case EMERGENCY_ONLY -> Reason.EMERGENCY_ONLY;
            case NON_CONTENT_ONLY -> Reason.CONTENT_WITHHELD;
        };
    }

    /** A claim of danger counts only from a sender and on a document that were verified: forged ones claim it too. */
    private static boolean isVerifiedEmergency(Facts facts) {
        return facts.emergency() != Emergency.NONE
                && facts.emergency() != Emergency.UNKNOWN
                && facts.sender() == Assurance.VERIFIED
                && facts.document() == Assurance.VERIFIED;
    }

    static boolean isContent(DataCategory category) {
        return category == DataCategory.CONTENT || category == DataCategory.LIVE_CONTENT;
    }

    private static Set<Term> known(Term[] terms, Predicate<Term> also) {
        return Stream.of(terms).filter(Term::isKnown).filter(also).collect(Collectors.toUnmodifiableSet());
    }
}
