package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.holdfast.legal.Facts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FactsFileTest {

    private static Facts read(String facts) throws PolicyException {
        String text = "schema: holdfast/v1\nkind: Facts\nfacts:\n" + facts.indent(2);
        return FactsFile.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void reads_back_a_complete_request() throws PolicyException {
        assertEquals(Requests.hkWarrant().facts(), read("""
                        issuer-jurisdiction: HK
                        provider-jurisdiction: US
                        user-jurisdiction: [HK]
                        subject-jurisdiction: HK
                        instrument: HK-WARRANT
                        authority: MAGISTRATE
                        channel: DIRECT
                        action: DISCLOSE
                        category: [SUBSCRIBER, IDENTIFICATION]
                        offence: THREE-YEARS
                        emergency: NONE
                        national-security: NOT-INVOLVED
                        non-disclosure: NONE
                        sender: VERIFIED
                        document: VERIFIED
                        issued-at: 2026-11-01T08:00:00+08:00
                        expires-at: 2027-05-01T00:00:00Z
                        accounts: 1
                        """));
    }

    @Test
    void what_is_absent_or_says_unknown_is_missing() throws PolicyException {
        assertEquals(
                List.of(
                        "issuer-jurisdiction",
                        "instrument",
                        "action",
                        "channel",
                        "authority",
                        "category",
                        "offence",
                        "emergency",
                        "national-security",
                        "user-jurisdiction",
                        "subject-jurisdiction",
                        "non-disclosure",
                        "sender",
                        "document",
                        "issued-at",
                        "expires-at",
                        "accounts"),
                read("""
                                provider-jurisdiction: "NO"
                                issuer-jurisdiction: UNKNOWN
                                category: [SUBSCRIBER, UNKNOWN]
                                issued-at: UNKNOWN
                                accounts: UNKNOWN
                                """).missing());
    }

    @Test
    void norway_is_not_false() throws PolicyException {
        assertEquals("NO", read("issuer-jurisdiction: NO").issuer().code());
    }
}
