package io.holdfast.evidence;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.holdfast.legal.Request;
import io.holdfast.note.Ed25519PublicKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A court's seal on its instrument: a compact JWS over the claims that the package comment shows. Read once, since who made
 * it and what it says are two questions about the same text.
 */
final class Seal {

    private static final String ALGORITHM = "EdDSA";

    private static final JsonFactory HEADERS = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String text;
    private final int headerEnd;
    private final int payloadEnd;

    private Seal(String text, int headerEnd, int payloadEnd) {
        this.text = text;
        this.headerEnd = headerEnd;
        this.payloadEnd = payloadEnd;
    }

    /** @return nothing if the text does not have the three parts of a compact JWS */
    static Optional<Seal> parse(String text) {
        int headerEnd = text.indexOf('.');
        int payloadEnd = text.lastIndexOf('.');
        return headerEnd < payloadEnd && text.indexOf('.', headerEnd + 1) == payloadEnd
                ? Optional.of(new Seal(text, headerEnd, payloadEnd))
                : Optional.empty();
    }

    /** Whether the seal is this key's signature over something. */
    boolean isBy(Ed25519PublicKey key) {
        try {
            byte[] signature = decode(text.substring(payloadEnd + 1));
            return isSealHeader(decode(text.substring(0, headerEnd)))
                    && key.verify(text.substring(0, payloadEnd).getBytes(StandardCharsets.US_ASCII), signature);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether the seal speaks of exactly this instrument; says nothing about who made it. */
    boolean isAbout(Request request) {
        try {
            return text.substring(headerEnd + 1, payloadEnd)
                    .equals(encode(SealedInstrument.of(request).print()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The one algorithm and the one type; anything that would have to be understood to be checked rightly is refused. */
    private static boolean isSealHeader(byte[] header) {
        boolean algorithm = false;
        boolean type = false;
        try (JsonParser json = HEADERS.createParser(new String(header, StandardCharsets.UTF_8))) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                boolean isText = json.nextToken() == JsonToken.VALUE_STRING;
                switch (name) {
                    case "alg" -> algorithm = isText && json.getText().equals(ALGORITHM);
                    case "typ" -> type = isText && json.getText().equals(SealedInstrument.SEAL_TYPE);
                    case "crit", "b64" -> {
                        return false;
                    }
                    default -> json.skipChildren();
                }
            }
            return algorithm && type && json.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    /** Only if it prints back: Java's own decoder takes padding and stray bits. */
    private static byte[] decode(String base64url) {
        byte[] bytes = Base64.getUrlDecoder().decode(base64url);
        if (!encode(bytes).equals(base64url)) {
            throw new IllegalArgumentException("not unpadded base64url");
        }
        return bytes;
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
