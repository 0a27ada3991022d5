package io.holdfast.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One sealed claim, opened: salt, name and value, as RFC 9901 section 4.2.1 writes them. Its digest stands in the entry.
 *
 * @param text base64url of the JSON array {@code [salt, name, value]}: exactly what is hashed
 */
public record Disclosure(String text, String name, JsonNode value) {

    /** 128 bits, RFC 9901 section 9.3. */
    private static final int SALT_BYTES = 16;

    /** base64url of 32 bytes: the last character has four bits and no stray ones. */
    private static final Pattern DIGEST = Pattern.compile("[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]");

    private static final SecureRandom RANDOM = new SecureRandom();

    public static Disclosure of(String name, JsonNode value) {
        ArrayNode array = CanonicalJson.object().arrayNode();
        array.add(Base64Url.print(random())).add(name).add(value);
        return new Disclosure(Base64Url.print(CanonicalJson.write(array)), name, value);
    }

    public static Disclosure of(String name, String value) {
        return of(name, CanonicalJson.object().textNode(value));
    }

    /** @throws UnreadableException if the text is not a disclosure of an object's claim */
    public static Disclosure parse(String text) {
        JsonNode array = CanonicalJson.readAny("a disclosure", Base64Url.parse("a disclosure", text));
        if (!array.isArray()
                || array.size() != 3
                || !array.get(0).isTextual()
                || !array.get(1).isTextual()) {
            throw new UnreadableException("a disclosure is an array of salt, name and value");
        }
        return new Disclosure(text, array.get(1).textValue(), array.get(2));
    }

    /** base64url(SHA-256(text)), RFC 9901 section 4.2.3. */
    public String digest() {
        return Base64Url.print(RecordKey.sha256(text.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Whether these can be digests of disclosures, each once and in the order of an entry. */
    static boolean areDigests(List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            if (!DIGEST.matcher(texts.get(i)).matches()
                    || i > 0 && texts.get(i - 1).compareTo(texts.get(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** A digest of nothing that anybody knows, so that the number of claims says nothing. */
    static String decoy() {
        return Base64Url.print(RecordKey.sha256(random()));
    }

    private static byte[] random() {
        byte[] bytes = new byte[SALT_BYTES];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** Never shows the value. */
    @Override
    public String toString() {
        return "Disclosure[" + name + "]";
    }
}
