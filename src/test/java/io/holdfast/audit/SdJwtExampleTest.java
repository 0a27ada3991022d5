package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The main example of RFC 9901. Our entries are a closed form of the same: one flat {@code _sd}, SHA-256, canonical
 * JSON. So what they have in common is checked, and what we do not write is refused.
 */
class SdJwtExampleTest {
    private static final ObjectMapper ANY_JSON = new ObjectMapper();

    private static List<String> lines;
    private static JsonNode payload;

    @BeforeAll
    static void read() throws IOException {
        lines = Files.readAllLines(Path.of("src/test/resources/audit/rfc9901-section-5.1.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        payload = ANY_JSON.readTree(decoded(lines.get(0).split("\\.")[1]));
    }

    @Test
    void the_example_is_whole_and_signed_by_its_issuer() throws GeneralSecurityException {
        String jwt = lines.get(0);
        int end = jwt.lastIndexOf('.');
        Signature es256 = Signature.getInstance("SHA256withECDSAinP1363Format");
        es256.initVerify(issuer());
        es256.update(jwt.substring(0, end).getBytes(StandardCharsets.US_ASCII));
        assertTrue(es256.verify(decoded(jwt.substring(end + 1))));
        assertEquals("sha-256", payload.get("_sd_alg").textValue());
    }

    @Test
    void every_disclosure_has_its_digest_in_the_signed_part_and_no_digest_is_left_over() throws IOException {
        List<String> signed = new ArrayList<>();
        payload.get("_sd").forEach(digest -> signed.add(digest.textValue()));
        payload.get("nationalities").forEach(item -> signed.add(item.get("...").textValue()));
        assertEquals(10, signed.size());
        for (String text : lines.subList(1, lines.size())) {
            assertTrue(signed.remove(disclosure(text).digest()), text);
        }
        assertEquals(List.of(), signed);
    }

    @Test
    void a_disclosure_changed_in_any_character_is_not_the_one_that_was_signed() throws IOException {
        List<String> signed = new ArrayList<>();
        payload.get("_sd").forEach(digest -> signed.add(digest.textValue()));
        String text = lines.get(1);
        assertTrue(signed.contains(disclosure(text).digest()));
        for (int at = 0; at < text.length(); at++) {
            char other = text.charAt(at) == 'A' ? 'B' : 'A';
            String changed = text.substring(0, at) + other + text.substring(at + 1);
            assertFalse(signed.contains(new Disclosure(changed, "given_name", payload).digest()));
        }
    }

    @Test
    void the_digests_stand_sorted_as_ours_do() {
        List<String> signed = new ArrayList<>();
        payload.get("_sd").forEach(digest -> signed.add(digest.textValue()));
        assertEquals(signed.stream().sorted().toList(), signed);
    }

    /** The same claims in our spelling, which has no spaces, read back with their salts. */
    @Test
    void its_claims_are_disclosures_of_ours_once_they_are_written_canonically() throws IOException {
        for (String text : lines.subList(1, 9)) {
            assertThrows(UnreadableException.class, () -> Disclosure.parse(text));
            JsonNode array = ANY_JSON.readTree(decoded(text));
            Disclosure ours = Disclosure.parse(Base64Url.print(CanonicalJson.write(array)));
            assertEquals(array.get(1).textValue(), ours.name());
            assertEquals(array.get(2), ANY_JSON.readTree(CanonicalJson.write(ours.value())));
        }
    }

    @Test
    void a_disclosure_of_an_element_of_a_list_is_no_form_of_ours() throws IOException {
        for (String text : lines.subList(9, 11)) {
            String canonical = Base64Url.print(CanonicalJson.write(ANY_JSON.readTree(decoded(text))));
            assertThrows(UnreadableException.class, () -> Disclosure.parse(canonical));
        }
    }

    private static Disclosure disclosure(String text) throws IOException {
        JsonNode array = ANY_JSON.readTree(decoded(text));
        return new Disclosure(text, array.get(1).asText(), array.get(array.size() - 1));
    }

    private static byte[] decoded(String base64url) {
        return Base64.getUrlDecoder().decode(base64url);
    }

    private static PublicKey issuer() throws GeneralSecurityException {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        ECPoint point = new ECPoint(
                new BigInteger(1, decoded("b28d4MwZMjw8-00CG4xfnn9SLMVMM19SlqZpVb_uNtQ")),
                new BigInteger(1, decoded("Xv5zWwuoaTgdS6hV43yI6gBwTnjukmFQQnJ_kCxzqk8")));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
    }
}
