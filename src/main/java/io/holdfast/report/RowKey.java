package io.holdfast.report;

import java.util.Comparator;

/** What a row is about. */
record RowKey(String issuer, String instrument) implements Comparable<RowKey> {

    private static final Comparator<RowKey> ORDER =
            Comparator.comparing(RowKey::issuer).thenComparing(RowKey::instrument);

    @Override
    public int compareTo(RowKey other) {
        return ORDER.compare(this, other);
    }
}
