package io.holdfast.audit;

import io.holdfast.tlog.Hash;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What a time-stamp authority has answered, as it is kept beside the log: the bytes of RFC 3161, under their digest. */
public final class TimestampResponse {

    private final byte[] bytes;

    public TimestampResponse(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** SHA-256 of it, which the entry names. */
    public Hash digest() {
        try {
            return Hash.of(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public Draft.Content content() {
        String path = LogLayout.timestampFile(digest());
        return new Draft.Content(LogLayout.contentName(path).orElseThrow(), bytes);
    }
}
