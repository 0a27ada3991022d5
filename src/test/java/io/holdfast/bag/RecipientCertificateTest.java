package io.holdfast.bag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.UnreadableException;
import io.holdfast.fixture.Recipient;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

class RecipientCertificateTest {

    private static final KeyPair EC = Recipient.ecKeys("P-256");
    private static final String PEM =
            Recipient.of(EC, OptionalInt.of(KeyUsage.keyAgreement)).certificate();

    @Test
    void reads_back_what_it_prints_and_has_the_fingerprint_of_its_der() throws Exception {
        RecipientCertificate certificate = RecipientCertificate.parse(PEM);
        byte[] der = Base64.getMimeDecoder().decode(PEM.replaceAll("-----.*-----", ""));

        assertEquals(PEM, certificate.pem());
        assertEquals(
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der)),
                certificate.fingerprint().hex());
        assertEquals(RecipientCertificate.parse(certificate.pem()), certificate);
    }

    @Test
    void is_of_use_from_its_first_to_its_last_instant() {
        RecipientCertificate certificate = RecipientCertificate.parse(PEM);

        assertTrue(certificate.objection(Recipient.FROM.minusSeconds(1)).isPresent());
        assertEquals(Optional.empty(), certificate.objection(Recipient.FROM));
        assertEquals(Optional.empty(), certificate.objection(Recipient.UNTIL));
        assertTrue(certificate.objection(Recipient.UNTIL.plusSeconds(1)).isPresent());
    }

    @Test
    void a_key_usage_that_excludes_encryption_is_refused() {
        refused(Recipient.of(EC, OptionalInt.of(KeyUsage.digitalSignature)).certificate(), "lacks keyAgreement");
        refused(Recipient.of(EC, OptionalInt.of(KeyUsage.keyEncipherment)).certificate(), "lacks keyAgreement");
        KeyPair rsa = Recipient.rsaKeys(3072);
        refused(Recipient.of(rsa, OptionalInt.of(KeyUsage.keyAgreement)).certificate(), "lacks keyEncipherment");

        RecipientCertificate.parse(
                Recipient.of(rsa, OptionalInt.of(KeyUsage.keyEncipherment | KeyUsage.digitalSignature))
                        .certificate());
        RecipientCertificate.parse(Recipient.of(EC, OptionalInt.empty()).certificate());
    }

    @Test
    void a_weak_or_unknown_key_is_refused() throws Exception {
        refused(Recipient.rsa(2048).certificate(), "3072");
        refused(Recipient.ec("P-224").certificate(), "P-256, P-384 or P-521");
        refused(Recipient.ec("secp256k1").certificate(), "P-256, P-384 or P-521");
        refused(Recipient.ec("brainpoolP256r1").certificate(), "P-256, P-384 or P-521");
        KeyPairGenerator smallExponent = KeyPairGenerator.getInstance("RSA");
        smallExponent.initialize(new java.security.spec.RSAKeyGenParameterSpec(3072, java.math.BigInteger.valueOf(3)));
        refused(
                Recipient.of(smallExponent.generateKeyPair(), OptionalInt.empty())
                        .certificate(),
                "65537");
    }

    @Test
    void what_is_not_one_certificate_in_pem_is_refused() {
        refused("", "one in PEM");
        refused(PEM + PEM, "one in PEM");
        refused(PEM + "x", "one in PEM");
        refused("x\n" + PEM, "one in PEM");
        refused(PEM.stripTrailing(), "one in PEM");
        refused(PEM.replace("\n", "\r\n"), "one in PEM");
        refused(PEM.replace("CERTIFICATE", "X509 CERTIFICATE"), "one in PEM");
        refused(Recipient.pem("CERTIFICATE", new byte[] {1, 2, 3}), "cannot be read");
        refused(Recipient.pem("CERTIFICATE", EC.getPublic().getEncoded()), "cannot be read");
        refused(Recipient.pem("CERTIFICATE", new byte[30_000]), "one in PEM");
    }

    @Test
    void damaged_ones_are_refused_or_read_back() {
        byte[] der = Base64.getMimeDecoder().decode(PEM.replaceAll("-----.*-----", ""));
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            byte[] changed = der.clone();
            changed[random.nextInt(der.length)] = (byte) random.nextInt();
            String pem = Recipient.pem("CERTIFICATE", changed);
            try {
                assertEquals(pem, RecipientCertificate.parse(pem).pem(), "seed " + seed);
            } catch (UnreadableException e) {
                // Refused, and in no other way.
            }
        }
    }

    @Test
    void a_time_that_no_instant_can_be_made_of_is_refused() {
        // Bouncy Castle reads the times only when they are asked for.
        String text = new String(
                Base64.getMimeDecoder().decode(PEM.replaceAll("-----.*-----", "")),
                java.nio.charset.StandardCharsets.ISO_8859_1);
        String changed = text.replace("300101000000Z", "309901000000Z");
        refused(
                Recipient.pem("CERTIFICATE", changed.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)),
                "cannot be read");
    }

    private static void refused(String pem, String why) {
        UnreadableException refused =
                assertThrows(UnreadableException.class, () -> RecipientCertificate.parse(pem), why);
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
    }
}
