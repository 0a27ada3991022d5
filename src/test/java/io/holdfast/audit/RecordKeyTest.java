package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.note.Ed25519Key;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The key of RFC 8037, appendix A. */
class RecordKeyTest {

    private static final String SECRET = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
    private static final String X = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

    @Test
    void its_id_is_the_thumbprint_of_appendix_a_3() {
        assertEquals(
                "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
                RecordKey.Public.parse(X).id());
    }

    @Test
    void it_signs_as_appendix_a_4_does() {
        RecordKey key = new RecordKey(Ed25519Key.ofSeed(Base64Url.parse("the secret", SECRET)));
        byte[] input = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc".getBytes(StandardCharsets.US_ASCII);
        byte[] signature = key.sign(input);
        assertEquals(
                "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg",
                Base64Url.print(signature));
        assertTrue(key.publicKey().verify(input, signature));
        assertEquals(X, key.publicKey().x());
    }
}
