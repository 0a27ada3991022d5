package io.holdfast.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.UnreadableException;
import io.holdfast.bag.RecipientCertificate;
import io.holdfast.fixture.Recipient;
import io.holdfast.legal.Authority;
import io.holdfast.legal.AuthorityLevel;
import io.holdfast.legal.Jurisdiction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegistryTest {

    @Test
    void gives_the_certificate_that_an_authority_enrolled() {
        String pem = Recipient.ec("P-256").certificate();

        Registry registry = registry(Optional.of(pem));

        assertEquals(Optional.of(RecipientCertificate.parse(pem)), registry.certificate("police"));
        assertEquals(Optional.empty(), registry.certificate("nobody"));
        assertEquals(Optional.empty(), registry(Optional.empty()).certificate("police"));
    }

    @Test
    void does_not_come_up_with_a_certificate_that_nothing_should_be_encrypted_for() {
        Optional<String> weak = Optional.of(Recipient.rsa(1024).certificate());

        UnreadableException refused = assertThrows(UnreadableException.class, () -> registry(weak));

        assertTrue(
                refused.getMessage().startsWith("authority police: the certificate's RSA key"), refused.getMessage());
    }

    private static Registry registry(Optional<String> certificate) {
        Authority police = new Authority(
                "police",
                "A police",
                Jurisdiction.of("HK"),
                AuthorityLevel.OFFICER,
                Authority.Enrolment.OUT_OF_BAND,
                false,
                Set.of(),
                Set.of(),
                Optional.empty(),
                certificate);
        return Registry.of(List.of(police), "0".repeat(64));
    }
}
