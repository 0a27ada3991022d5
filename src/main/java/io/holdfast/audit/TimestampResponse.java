package io.holdfast.audit;

import io.holdfast.tlog.Hash;

/** What a time-stamp authority has answered, as it is kept beside the log: the bytes of RFC 3161, under their digest. */
public final class TimestampResponse {

    private final byte[] bytes;

    public TimestampResponse(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** SHA-256 of it, which the entry names. */
    public Hash digest() {
        return Hash.sha256(bytes);
    }

    public Draft.Content content() {
        String path = LogLayout.timestampFile(digest());
        return new Draft.Content(LogLayout.contentName(path).orElseThrow(), bytes);
    }
}
