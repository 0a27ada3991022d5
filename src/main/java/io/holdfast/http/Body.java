package io.holdfast.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** What somebody sent, as it came. Of a body that is too large no more is read than shows that it is. */
final class Body {

    private final byte[] bytes;

    private Body(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws ProblemException if it is too large */
    byte[] bytes() {
        if (bytes.length > StrictJson.MOST_BYTES) {
            throw StrictJson.tooLarge().exception();
        }
        return bytes.clone();
    }

    /** Counts while it reads: a body in chunks does not say how large it is. */
    @Provider
    @Consumes(MediaType.APPLICATION_JSON)
    static final class Reader implements MessageBodyReader<Body> {

        @Override
        public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
            return type == Body.class;
        }

        @Override
        public Body readFrom(
                Class<Body> type,
                Type generic,
                Annotation[] annotations,
                MediaType mediaType,
                MultivaluedMap<String, String> headers,
                InputStream stream)
                throws IOException {
            return new Body(stream.readNBytes(StrictJson.MOST_BYTES + 1));
        }
    }
}
