package io.holdfast.evidence;

import io.holdfast.legal.Instrument;
import io.holdfast.legal.Request;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * What a court's seal says, in the one form that is signed and compared: canonical JSON (RFC 8785) with whole seconds.
 */
public record SealedInstrument(
        String issuer, Instrument instrument, String docket, Instant issuedAt, Instant expiresAt, String sha512) {

    /** The JWS {@code typ} of a seal. */
    public static final String SEAL_TYPE = "holdfast-seal+jwt";

    public static SealedInstrument of(Request request) {
        return new SealedInstrument(
                request.issuedBy(),
                request.instrument(),
                request.docket(),
                request.issuedAt(),
                request.expiresAt(),
                request.document().sha512());
    }

    /** The payload of the seal. */
    public byte[] print() {
        return ("{\"docket\":\"" + plain(docket) + "\",\"exp\":" + expiresAt.getEpochSecond() + ",\"iat\":"
                        + issuedAt.getEpochSecond() + ",\"instrument\":\"" + plain(instrument.code()) + "\",\"iss\":\""
                        + plain(issuer) + "\",\"sha512\":\"" + plain(sha512) + "\"}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Printable ASCII without quote and backslash stands for itself in JSON; nothing else is accepted. */
    private static String plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') {
                throw new IllegalArgumentException("a sealed claim is printable ASCII without quotes and backslashes");
            }
        }
        return text;
    }
}
