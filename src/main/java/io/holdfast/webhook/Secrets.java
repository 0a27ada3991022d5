package io.holdfast.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the receiver and the gateway share. Two while one follows another: then each event carries both signatures.
 *
 * <p>A signature is HMAC-SHA256 over {@code id.timestamp.body}, Standard Webhooks scheme {@code v1}.
 */
public final class Secrets {

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;
    private static final int MOST = 2;

    private final List<SecretKeySpec> keys;

    private Secrets(List<SecretKeySpec> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * @param text one or two lines, each {@code whsec_} and 24 to 64 bytes in base64
     * @throws IllegalStateException if it is not that; says what to do, and quotes nothing
     */
    public static Secrets parse(String text) {
        List<SecretKeySpec> keys = new ArrayList<>();
        for (String line : text.lines().toList()) {
            keys.add(key(line));
        }
        if (keys.isEmpty() || keys.size() > MOST) {
            throw malformed();
        }
        return new Secrets(keys);
    }

    private static SecretKeySpec key(String line) {
        if (!line.startsWith(PREFIX)) {
            throw malformed();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(line.substring(PREFIX.length()));
            if (bytes.length >= LEAST_BYTES && bytes.length <= MOST_BYTES) {
                return new SecretKeySpec(bytes, ALGORITHM);
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw malformed();
    }

    private static IllegalStateException malformed() {
        return new IllegalStateException(
                "the file of holdfast.webhook.secret-file must have one line, or two while the "
                        + "secret is changed, each " + PREFIX + " and 24 to 64 bytes in base64; make one with: echo "
                        + PREFIX
                        + "$(openssl rand -base64 32)");
    }

    /** The header {@code webhook-signature}. */
    String sign(String id, Instant at, byte[] body) {
        byte[] head = (id + "." + at.getEpochSecond() + ".").getBytes(StandardCharsets.US_ASCII);
        return keys.stream().map(key -> "v1," + mac(key, head, body)).collect(Collectors.joining(" "));
    }

    private static String mac(SecretKeySpec key, byte[] head, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(head);
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "Secrets";
    }
}
