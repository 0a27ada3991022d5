package io.holdfast.grant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.Base64Url;
import io.holdfast.audit.CanonicalJson;
import io.holdfast.audit.Claims;
import io.holdfast.audit.UnreadableException;
import io.holdfast.note.Ed25519Key;
import io.holdfast.note.Ed25519PublicKey;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * A grant as it travels: a compact JWS. Reading accepts a text only if writing what was understood gives the same one, so that
 * no two texts are the same grant.
 */
public final class GrantToken {

    /** More than any proof with its cosignatures needs, and less than what a header of a proxy may not carry. */
    public static final int MOST_CHARS = 48 * 1024;

    private static final String TYPE = "holdfast-grant+jwt";
    private static final String ALGORITHM = "EdDSA";
    private static final String THUMBPRINT = "x5t#S256";

    private final String keyId;
    private final String signed;
    private final byte[] signature;
    private final Grant grant;

    private GrantToken(String keyId, String signed, byte[] signature, Grant grant) {
        this.keyId = keyId;
        this.signed = signed;
        this.signature = signature;
        this.grant = grant;
    }

    /** The text, signed with this key. */
    public static String sign(Grant grant, Ed25519Key key) {
        String signed = Base64Url.print(CanonicalJson.write(header(GrantKeys.id(key.publicKey())))) + "."
                + Base64Url.print(CanonicalJson.write(payload(grant)));
        return signed + "." + Base64Url.print(key.sign(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    /** @throws UnreadableException if it is no grant; whether anybody signed it is another question */
    public static GrantToken parse(String text) {
        if (text.length() > MOST_CHARS) {
            throw new UnreadableException("a grant has at most " + MOST_CHARS + " characters");
        }
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            throw new UnreadableException("a grant is a compact JWS of three parts, found " + parts.length);
        }
        byte[] head = Base64Url.parse("the header", parts[0]);
        String keyId = new Claims("header", CanonicalJson.readObject("the header", head)).text("kid");
        if (!Arrays.equals(CanonicalJson.write(header(keyId)), head)) {
            throw new UnreadableException("header is not that of a grant");
        }
        byte[] payload = Base64Url.parse("the payload", parts[1]);
        Grant grant = read(new Claims("payload", CanonicalJson.readObject("the payload", payload)));
        if (!Arrays.equals(CanonicalJson.write(payload(grant)), payload)) {
            throw new UnreadableException("payload holds claims that a grant does not have");
        }
        return new GrantToken(keyId, parts[0] + "." + parts[1], Base64Url.parse("the signature", parts[2]), grant);
    }

    private static Grant read(Claims json) {
        try {
            return new Grant(
                    json.text("iss"),
                    json.text("aud"),
                    json.text("sub"),
                    json.text("jti"),
                    Instant.ofEpochSecond(json.number("iat")),
                    Instant.ofEpochSecond(json.number("exp")),
                    GrantScope.read(json.object("scope")),
                    json.has("cnf") ? Optional.of(json.object("cnf").text(THUMBPRINT)) : Optional.empty(),
                    json.number("epoch"),
                    json.text("rulebook"),
                    json.text("entry"),
                    json.text("proof"));
        } catch (DateTimeException e) {
            throw new UnreadableException("payload holds a time that no clock shows");
        }
    }

    private static ObjectNode header(String keyId) {
        return CanonicalJson.object().put("alg", ALGORITHM).put("kid", keyId).put("typ", TYPE);
    }

    private static ObjectNode payload(Grant grant) {
        ObjectNode json = CanonicalJson.object();
        json.put("iss", grant.issuer());
        json.put("aud", grant.audience());
        json.put("sub", grant.request());
        json.put("jti", grant.id());
        json.put("iat", grant.from().getEpochSecond());
        json.put("exp", grant.until().getEpochSecond());
        json.set("scope", grant.scope().json());
        grant.holder().ifPresent(thumbprint -> json.putObject("cnf").put(THUMBPRINT, thumbprint));
        json.put("epoch", grant.epoch());
        json.put("rulebook", grant.rulebook());
        json.put("entry", grant.entry());
        json.put("proof", grant.proof());
        return json;
    }

    /** The thumbprint of the key that is said to have signed it. */
    public String keyId() {
        return keyId;
    }

    public boolean isSignedBy(Ed25519PublicKey key) {
        return GrantKeys.id(key).equals(keyId) && key.verify(signed.getBytes(StandardCharsets.US_ASCII), signature);
    }

    /** What it says. */
    public Grant grant() {
        return grant;
    }

    @Override
    public String toString() {
        return grant.toString();
    }
}
