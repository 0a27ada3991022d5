package io.holdfast.report;

import io.holdfast.legal.Decision;
import io.holdfast.legal.Outcome;

/**
 * The numbers of one row.
 *
 * @param awaitingPeople referred to people who have not decided
 * @param delivered of the requests, how many ended with data being handed over
 * @param accountsDelivered how many accounts data was found for
 * @param itemsDelivered how many fields and records were in what was handed over; what a store gave under grants is not counted here
 */
public record Counts(
        long requests,
        long accounts,
        long held,
        long refused,
        long returned,
        long awaitingPeople,
        long released,
        long delivered,
        long accountsDelivered,
        long itemsDelivered) {

    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    static Counts of(Decision decision, int accounts) {
        Outcome outcome = decision.outcome();
        return new Counts(
                1,
                accounts,
                one(outcome == Outcome.HELD),
                one(outcome == Outcome.REFUSED),
                one(outcome == Outcome.RETURNED),
                one(outcome == Outcome.REFERRED),
                one(outcome == Outcome.RELEASED),
                0,
                0,
                0);
    }

    static Counts delivery(int accounts, int items) {
        return new Counts(0, 0, 0, 0, 0, 0, 0, 1, accounts, items);
    }

    public Counts plus(Counts other) {
        return new Counts(
                requests + other.requests,
                accounts + other.accounts,
                held + other.held,
                refused + other.refused,
                returned + other.returned,
                awaitingPeople + other.awaitingPeople,
                released + other.released,
                delivered + other.delivered,
                accountsDelivered + other.accountsDelivered,
                itemsDelivered + other.itemsDelivered);
    }

    private static long one(boolean is) {
        return is ? 1 : 0;
    }
}
