package io.holdfast.legal;

/** What kind of data is asked for. Each pack maps a platform's fields to these (the same field differs by law). */
public enum DataCategory implements Term {
    /** Name, contact, sign-up, payment means. */
    SUBSCRIBER,
    /** IP address, port and time, asked only to identify. */
    IDENTIFICATION,
    /** Other traffic, transaction and location history data. */
    TRAFFIC,
    /** Stored content. */
    CONTENT,
    /** Non-content data as it arises. */
    LIVE_TRAFFIC,
    /** Content as it arises. */
    LIVE_CONTENT,
    /** Credentials and keys. */
    CREDENTIALS,
    UNKNOWN;

    private final String code = Term.spell(this);

    @Override
    public String code() {
        return code;
    }
}
