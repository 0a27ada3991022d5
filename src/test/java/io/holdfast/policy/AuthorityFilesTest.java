package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.holdfast.fixture.Recipient;
import io.holdfast.legal.Authority;
import io.holdfast.legal.AuthorityLevel;
import io.holdfast.legal.Instrument;
import io.holdfast.legal.Jurisdiction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AuthorityFilesTest {

    private static final Path DIR = Path.of("src/test/resources/policy/small/authorities");

    @Test
    void reads_what_an_authority_may_do() throws PolicyException {
        Authority police =
                AuthorityFiles.read(DIR, Small.VOCABULARY).authorities().get(0);

        assertEquals(Jurisdiction.of("HK"), police.jurisdiction());
        assertEquals(AuthorityLevel.OFFICER, police.level());
        assertEquals(Authority.Enrolment.OUT_OF_BAND, police.enrolment());
        assertFalse(police.nationalSecurityUnit());
        assertEquals(Set.of(new Instrument("HK-WARRANT"), new Instrument("HK-NOTICE")), police.sends());
        assertEquals(Set.of(), police.issues());
        assertEquals(Optional.empty(), police.key());
    }

    @Test
    void the_digest_is_that_of_the_files() throws PolicyException {
        String text = """
                schema: holdfast/v1
                kind: Authority
                id: court
                name: "A court"
                jurisdiction: "NO"
                level: JUDGE
                enrolment: MAILBOX
                national-security-unit: false
                sends: []
                issues: [US-SW]
                key: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
                """;

        assertNotEquals(digest(text), digest(text.replace("A court", "The court")));
        assertEquals(digest(text), digest(text));
    }

    @Test
    void a_certificate_is_read_to_the_byte_and_is_in_the_digest() throws PolicyException {
        String pem = Recipient.ec("P-256").certificate();
        String text = """
                schema: holdfast/v1
                kind: Authority
                id: police
                name: "A police"
                jurisdiction: HK
                level: OFFICER
                enrolment: OUT-OF-BAND
                national-security-unit: false
                sends: []
                issues: []
                """;
        String enrolled = text + "certificate: |\n" + pem.indent(2);

        assertEquals(Optional.of(pem), only(enrolled).certificate());
        assertEquals(Optional.empty(), only(text).certificate());
        assertNotEquals(digest(text), digest(enrolled));
    }

    private static Authority only(String text) throws PolicyException {
        return read(text).authorities().get(0);
    }

    private static AuthorityFiles read(String text) throws PolicyException {
        Map<String, byte[]> files = Map.of("authorities/one.yaml", text.getBytes(StandardCharsets.UTF_8));
        return AuthorityFiles.of(new TreeMap<>(files), Small.VOCABULARY);
    }

    private static String digest(String text) throws PolicyException {
        return read(text).digest();
    }
}
