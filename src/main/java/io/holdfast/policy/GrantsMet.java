package io.holdfast.policy;

import io.holdfast.legal.Facts;
import io.holdfast.legal.Obligations;
import io.holdfast.legal.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the grants give one request. Sets of categories are bits. */
final class GrantsMet {

    private final GrantShelf shelf;
    private final GrantTable.Row[] candidates;
    private final Facts facts;
    private final FactBits bits;
    private final Instant at;
    private final List<GrantTable.Row> reaching = new ArrayList<>(0);
    private int reached;
    private Reason[] reasons;

    GrantsMet(GrantTable table, Facts facts, FactBits bits, Instant at) {
        this.shelf = table.shelf(facts.issuer());
        this.candidates = shelf.candidates(facts.instrument());
        this.facts = facts;
        this.bits = bits;
        this.at = at;
    }

    /** Asks every grant that could cover the request. */
    void apply() {
        for (GrantTable.Row row : candidates) {
            int reaches = row.when().categories(bits, facts);
            if (reaches != 0 && row.grant().standsAt(facts, at)) {
                reaching.add(row);
                reached |= reaches;
            }
        }
    }

    /** The categories that a grant reaches. */
    int reached() {
        return reached;
    }

    /** Why no grant reaches this category, by its number. */
    Reason whyNot(int category) {
        if (reasons == null) {
            reasons = shelf.whyNone(candidates, bits, facts, at);
        }
        return reasons[category];
    }

    /** Whether however many approve, people answer. */
    boolean areForPeopleOnly() {
        for (GrantTable.Row row : reaching) {
            if (row.grant().peopleOnly()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Of every grant that reaches a category, also of one that a hold stops: otherwise a hold on the part that needs
     * approvals would set the rest free, and adding a hold must never add a release. Only where one reaches something.
     *
     * @param approvals at least this many
     */
    Obligations obligations(int approvals) {
        GrantTable.Row first = reaching.get(0);
        if (reaching.size() == 1 && approvals == 0) {
            return first.obligationsUnder(facts.nonDisclosure());
        }
        Obligations all = first.grant().obligations();
        for (GrantTable.Row row : reaching) {
            all = all.and(row.grant().obligations());
        }
        return all.atLeast(approvals).under(facts.nonDisclosure());
    }

    /** When the passing of time alone changes what there is for this request. */
    void turns(Nearest next) {
        shelf.turns(candidates, facts, at, next);
    }

    List<String> ids() {
        return switch (reaching.size()) {
            case 0 -> List.of();
            case 1 -> reaching.get(0).ids();
            default -> reaching.stream().map(row -> row.grant().id()).toList();
        };
    }

    /** Those that reach this category, by its number. */
    List<Grant> reaching(int category) {
        return reaching.stream()
                .filter(row -> (row.when().categories(bits, facts) >> category & 1) == 1)
                .map(GrantTable.Row::grant)
                .toList();
    }
}
