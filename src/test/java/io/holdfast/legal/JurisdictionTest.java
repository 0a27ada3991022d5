package io.holdfast.legal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class JurisdictionTest {

    @Test
    void every_pair_of_capitals_is_one_object_that_prints_back() {
        for (char a = 'A'; a <= 'Z'; a++) {
            for (char b = 'A'; b <= 'Z'; b++) {
                String code = "" + a + b;
                assertEquals(code, Jurisdiction.of(code).code());
                assertSame(Jurisdiction.of(code), Jurisdiction.of(new String(code)));
            }
        }
    }

    @Test
    void unknown_is_a_value_of_its_own() {
        assertSame(Jurisdiction.UNKNOWN, Jurisdiction.of("UNKNOWN"));
        assertFalse(Jurisdiction.UNKNOWN.isKnown());
        assertTrue(Jurisdiction.of("HK").isKnown());
    }

    @Test
    void refuses_everything_that_only_looks_like_a_code() {
        String[] lookAlikes = {
            "",
            "H",
            "HKG",
            "hk",
            "Hk",
            "hK",
            " HK",
            "HK ",
            "H K",
            "HK\n",
            "H1",
            "H-",
            "unknown",
            "Unknown",
            "\u041D\u041A", // Cyrillic
            "H\u041A", // the second letter only
            "\u0397\u039A", // Greek
            "\uFF28\uFF2B", // full width
            "\uD835\uDC07", // one mathematical letter, two chars long
            "H\u0301", // with an accent that combines
            "H\u212A", // the sign for kelvin, which lower case turns into k
            "\u0130N", // the Turkish capital i with its dot
            "\u0131n",
            "H\u200BK",
            "\u202EKH"
        };
        for (String text : lookAlikes) {
            assertThrows(IllegalArgumentException.class, () -> Jurisdiction.of(text), text);
        }
    }

    @Test
    void a_turkish_machine_reads_the_same_codes() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertEquals("IN", Jurisdiction.of("IN").code());
            assertThrows(IllegalArgumentException.class, () -> Jurisdiction.of("in"));
            assertEquals("issuer-jurisdiction", Dimension.ISSUER_JURISDICTION.code());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void an_instrument_is_checked_the_same_way() {
        assertFalse(Instrument.UNKNOWN.isKnown());
        assertEquals("HK-PDPO-58", new Instrument("HK-PDPO-58").code());
        for (String text : new String[] {"", "us-sw", "US--SW", "-US", "US-", "1US", "U\u0405", "A".repeat(41)}) {
            assertThrows(IllegalArgumentException.class, () -> new Instrument(text), text);
        }
    }
}
