package io.holdfast.enforce;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** How gRPC writes one message: a zero, which says that it is not compressed, its length in four bytes, and the message. */
final class GrpcFrame {

    private static final int HEAD = 5;

    private GrpcFrame() {}

    /** Nothing unless there is one message, and no more. */
    static Optional<byte[]> message(Buffer body) {
        boolean isOne =
                body.length() >= HEAD && body.getByte(0) == 0 && body.getUnsignedInt(1) == body.length() - (long) HEAD;
        return isOne ? Optional.of(body.getBytes(HEAD, body.length())) : Optional.empty();
    }

    static Buffer of(byte[] message) {
        return Buffer.buffer(HEAD + message.length)
                .appendByte((byte) 0)
                .appendInt(message.length)
                .appendBytes(message);
    }
}
