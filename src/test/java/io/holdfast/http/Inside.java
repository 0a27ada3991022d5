package io.holdfast.http;

import io.holdfast.audit.Ledger;

/** What a gateway that runs works with, for tests that live elsewhere. */
public final class Inside {

    private Inside() {}

    public static Ledger ledger(Gateway gateway) {
        return gateway.parts().ledger();
    }
}
