package io.holdfast.note;

import io.holdfast.tlog.Hash;
import java.time.Instant;

/**
 * What an authority has said, once {@link TimestampAuthority} has found it to be so: these bytes were there at this time.
 *
 * @param imprint SHA-256 of the bytes
 * @param policy under which the authority works, an object identifier
 */
public record Timestamp(Instant at, Hash imprint, String policy) {}
