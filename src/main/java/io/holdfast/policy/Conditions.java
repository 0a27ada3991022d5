package io.holdfast.policy;

import io.holdfast.legal.Assurance;
import io.holdfast.legal.Channel;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Emergency;
import io.holdfast.legal.Facts;

/** The conditions of the conditional modes. */
final class Conditions {

    private Conditions() {}

    static boolean cameThroughTreaty(Facts facts) {
        return facts.channel() == Channel.TREATY;
    }

    /** A claim of danger counts only from a sender and on a document that were verified: forged ones claim it too. */
    static boolean isVerifiedEmergency(Facts facts) {
        return facts.emergency() != Emergency.NONE
                && facts.emergency() != Emergency.UNKNOWN
                && facts.sender() == Assurance.VERIFIED
                && facts.document() == Assurance.VERIFIED;
    }

    static boolean isContent(DataCategory category) {
        return category == DataCategory.CONTENT || category == DataCategory.LIVE_CONTENT;
    }
}
