package io.holdfast.report;

import java.util.function.ToLongFunction;

/** The columns of every format, in order. */
enum Column {
    REQUESTS("requests", Counts::requests),
    ACCOUNTS("accounts", Counts::accounts),
    HELD("held", Counts::held),
    REFUSED("refused", Counts::refused),
    RETURNED("returned", Counts::returned),
    AWAITING_PEOPLE("awaiting-people", Counts::awaitingPeople),
    RELEASED("released", Counts::released),
    DELIVERED("delivered", Counts::delivered),
    ACCOUNTS_DELIVERED("accounts-delivered", Counts::accountsDelivered),
    ITEMS_DELIVERED("items-delivered", Counts::itemsDelivered);

    private final String code;
    private final ToLongFunction<Counts> number;

    Column(String code, ToLongFunction<Counts> number) {
        this.code = code;
        this.number = number;
    }

    String code() {
        return code;
    }

    long of(Counts counts) {
        return number.applyAsLong(counts);
    }
}
