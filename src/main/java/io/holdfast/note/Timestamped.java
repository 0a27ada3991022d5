package io.holdfast.note;

import io.holdfast.tlog.MalformedException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/** The bytes of a cosignature: eight of time, big-endian seconds since 1970, then the signature. */
final class Timestamped {
    private Timestamped() {}

    /** Whether a message that depends on the time is signed. */
    @FunctionalInterface
    interface Check {
        boolean holds(Checkpoint checkpoint, long time, byte[] signature);
    }

    static byte[] bytes(long time, byte[] signature) {
        return ByteBuffer.allocate(Long.BYTES + signature.length)
                .putLong(time)
                .put(signature)
                .array();
    }

    /** The time that a cosignature claims; negative when it is above 2^63-1, which no cosignature may be. */
    static long time(byte[] timestamped) {
        return ByteBuffer.wrap(timestamped).getLong();
    }

    /** The same as an instant: at most the last one that Java has, which lies in no sane future either. */
    static Instant instant(byte[] timestamped) {
        return Instant.ofEpochSecond(Math.min(time(timestamped), Instant.MAX.getEpochSecond()));
    }

    /** The check of a note's line. */
    static SignatureType.Check check(int signatureBytes, Check check) {
        return (text, signature) -> {
            if (signature.length != Long.BYTES + signatureBytes || time(signature) < 0) {
                return false;
            }
            byte[] bare = Arrays.copyOfRange(signature, Long.BYTES, signature.length);
            try {
                return check.holds(Checkpoint.parse(text), time(signature), bare);
            } catch (MalformedException e) {
                // What is cosigned is a checkpoint: text that is none was not cosigned, whatever stands under it.
                return false;
            }
        };
    }
}
