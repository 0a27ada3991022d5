package io.holdfast.policy;

import io.holdfast.legal.Action;
import io.holdfast.legal.Assurance;
import io.holdfast.legal.AuthorityLevel;
import io.holdfast.legal.Channel;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Emergency;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Instrument;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.NationalSecurity;
import io.holdfast.legal.NonDisclosure;
import io.holdfast.legal.Offence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The same facts, one of them unknown or absent. Approvals are a count of what was done, and nothing is a count. */
final class FactsWithout {

    static final List<String> NAMES = Stream.concat(
                    Stream.of(Dimension.values()).map(Dimension::code),
                    Stream.of("issued-at", "expires-at", "accounts"))
            .toList();

    private FactsWithout() {}

    /** Unknown; and for a fact of several values also none of them, and one unknown among them. */
    static List<Facts> each(Facts f, String name) {
        List<Facts> all = new ArrayList<>();
        all.add(unknown(f, name, Among.ALONE));
        if (Dimension.ofCode(name).filter(Dimension::isPlural).isPresent()) {
            all.add(unknown(f, name, Among.NONE));
            all.add(unknown(f, name, Among.OTHERS));
        }
        return all;
    }

    private enum Among {
        ALONE,
        NONE,
        OTHERS
    }

    private static <T> Set<T> several(boolean isIt, Set<T> known, T unknown, Among among) {
        if (!isIt) {
            return known;
        }
        Set<T> some = new HashSet<>(among == Among.OTHERS ? known : Set.of());
        if (among != Among.NONE) {
            some.add(unknown);
        }
        return some;
    }

    private static Facts unknown(Facts f, String name, Among among) {
        return new Facts(
                is(name, Dimension.ISSUER_JURISDICTION) ? Jurisdiction.UNKNOWN : f.issuer(),
                several(is(name, Dimension.USER_JURISDICTION), f.users(), Jurisdiction.UNKNOWN, among),
                several(is(name, Dimension.SUBJECT_JURISDICTION), f.subjects(), Jurisdiction.UNKNOWN, among),
                is(name, Dimension.PROVIDER_JURISDICTION) ? Jurisdiction.UNKNOWN : f.provider(),
                is(name, Dimension.AUTHORITY) ? AuthorityLevel.UNKNOWN : f.authority(),
                is(name, Dimension.INSTRUMENT) ? Instrument.UNKNOWN : f.instrument(),
                is(name, Dimension.CHANNEL) ? Channel.UNKNOWN : f.channel(),
                is(name, Dimension.ACTION) ? Action.UNKNOWN : f.action(),
                several(is(name, Dimension.CATEGORY), f.categories(), DataCategory.UNKNOWN, among),
                several(is(name, Dimension.OFFENCE), f.offences(), Offence.UNKNOWN, among),
                is(name, Dimension.EMERGENCY) ? Emergency.UNKNOWN : f.emergency(),
                is(name, Dimension.NATIONAL_SECURITY) ? NationalSecurity.UNKNOWN : f.nationalSecurity(),
                is(name, Dimension.SENDER) ? Assurance.UNKNOWN : f.sender(),
                is(name, Dimension.DOCUMENT) ? Assurance.UNKNOWN : f.document(),
                is(name, Dimension.NON_DISCLOSURE) ? NonDisclosure.UNKNOWN : f.nonDisclosure(),
                name.equals("issued-at") ? Optional.empty() : f.issuedAt(),
                name.equals("expires-at") ? Optional.empty() : f.expiresAt(),
                name.equals("accounts") ? 0 : f.accounts(),
                f.approvals());
    }

    private static boolean is(String name, Dimension dimension) {
        return dimension.code().equals(name);
    }
}
