package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class DisclosureTest {

    /** {@code ["_26bc4LT-ac6q2KI6cBW5es", "family_name", "Möbius"]}, RFC 9901 section 4.2.1. */
    private static final String OF_THE_RFC = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0";

    private static final JsonNode MOEBIUS = CanonicalJson.object().textNode("Möbius");

    @Test
    void digests_as_rfc_9901_section_4_2_3_does() {
        Disclosure disclosure = new Disclosure(OF_THE_RFC, "family_name", MOEBIUS);
        assertEquals("X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0", disclosure.digest());
    }

    @Test
    void reads_the_spelling_of_the_rfc_that_has_no_spaces() {
        Disclosure disclosure =
                Disclosure.parse("WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsImZhbWlseV9uYW1lIiwiTcO2Yml1cyJd");
        assertEquals("family_name", disclosure.name());
        assertEquals(MOEBIUS, disclosure.value());
    }

    @Test
    void refuses_a_spelling_that_we_do_not_write() {
        assertThrows(UnreadableException.class, () -> Disclosure.parse(OF_THE_RFC));
    }

    @Test
    void what_was_sealed_is_opened_again() {
        Disclosure sealed = Disclosure.of("person", "Möbius");
        Disclosure opened = Disclosure.parse(sealed.text());
        assertEquals(sealed, opened);
        assertEquals(sealed.digest(), opened.digest());
    }

    @Test
    void an_entry_knows_its_own_disclosures() {
        TestLog log = TestLog.started();
        Disclosure sealed = Disclosure.of("person", "someone");
        Leaf leaf = new EntryWriter(new RecordKey(io.holdfast.note.Ed25519Key.generate()))
                .write(log.envelope("a"), new Event.ApprovalBlocked(Event.Blocked.OTHER_VERSION), List.of(sealed));
        Entry entry = Entry.parse(leaf);
        assertTrue(entry.seals(sealed));
        assertFalse(entry.seals(Disclosure.of("person", "someone")), "the salt is another one");
        assertEquals(4, entry.sealed().size(), "padded, so that the number says nothing");
    }

    @Test
    void never_shows_its_value() {
        assertEquals("Disclosure[person]", Disclosure.of("person", "someone").toString());
    }
}
