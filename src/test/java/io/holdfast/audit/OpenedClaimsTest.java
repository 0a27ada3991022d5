package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.note.Ed25519Key;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenedClaimsTest {

    private static final Disclosure PERSON = Disclosure.of("person", "someone");
    private static final Disclosure RECIPIENT = Disclosure.of("recipient", "another");

    private static Entry sealing(Disclosure... disclosures) {
        return Entry.parse(new EntryWriter(new RecordKey(Ed25519Key.generate()))
                .write(TestLog.started().envelope("a"), new Event.ClaimOpened("officer", 1), List.of(disclosures)));
    }

    @Test
    void what_an_entry_sealed_is_its_own_alone_or_with_others() {
        Entry entry = sealing(PERSON, RECIPIENT);

        assertEquals(List.of(), OpenedClaims.objections(entry, List.of(PERSON)));
        assertEquals(List.of(), OpenedClaims.objections(entry, List.of(RECIPIENT, PERSON)));
    }

    @Test
    void an_sd_jwt_is_read_as_it_was_written() {
        Entry entry = sealing(PERSON, RECIPIENT);

        String text = OpenedClaims.print(entry.leaf(), List.of(PERSON, RECIPIENT));
        OpenedClaims read = OpenedClaims.parse(text);

        assertEquals(entry.leaf().text() + "~" + PERSON.text() + "~" + RECIPIENT.text() + "~", text);
        assertEquals(new OpenedClaims(Optional.of(entry.leaf()), List.of(PERSON, RECIPIENT)), read);
        assertEquals(new OpenedClaims(Optional.empty(), List.of(PERSON)), OpenedClaims.parse(PERSON.text()));
    }

    @Test
    void a_disclosure_of_another_entry_or_with_another_salt_is_none_of_its() {
        Entry entry = sealing(PERSON);

        assertEquals(
                List.of("the entry did not seal this disclosure of person"),
                OpenedClaims.objections(entry, List.of(Disclosure.of("person", "someone"))));
        assertEquals(
                List.of("the entry did not seal this disclosure of recipient"),
                OpenedClaims.objections(entry, List.of(PERSON, RECIPIENT)));
    }

    @Test
    void a_disclosure_changed_in_any_character_is_unreadable_or_none_of_its() {
        Entry entry = sealing(PERSON);
        String text = PERSON.text();
        for (int at = 0; at < text.length(); at++) {
            for (char other : new char[] {'A', 'B', 'f', '9', '-', '=', '.', ' '}) {
                if (other == text.charAt(at)) {
                    continue;
                }
                String changed = text.substring(0, at) + other + text.substring(at + 1);
                try {
                    assertFalse(OpenedClaims.objections(
                                    entry, OpenedClaims.parse(changed).disclosures())
                            .isEmpty());
                } catch (UnreadableException e) {
                    // As it should be.
                }
            }
        }
    }

    /** RFC 9901 section 7.1, step 3: each of these makes an SD-JWT invalid, though its digest is signed. */
    @Test
    void a_name_that_the_entry_says_itself_or_that_is_reserved_is_refused_though_it_was_sealed() {
        for (String name : List.of("iss", "claim", "entry", "_sd", "_sd_alg", "...")) {
            Disclosure disclosure = Disclosure.of(name, "x");
            assertEquals(
                    List.of("no sealed claim can be called " + name),
                    OpenedClaims.objections(sealing(disclosure), List.of(disclosure)));
        }
    }

    @Test
    void one_claim_twice_is_refused() {
        Disclosure second = Disclosure.of("person", "another");
        Entry entry = sealing(PERSON, second);

        assertEquals(
                List.of("the claim person is disclosed twice"),
                OpenedClaims.objections(entry, List.of(PERSON, second)));
        assertEquals(
                List.of("the claim person is disclosed twice"),
                OpenedClaims.objections(entry, List.of(PERSON, PERSON)));
    }

    @Test
    void a_value_with_digests_in_it_is_refused_at_any_depth() {
        ObjectNode digests = CanonicalJson.object();
        digests.putArray("_sd").add(PERSON.digest());
        ObjectNode deep = CanonicalJson.object();
        deep.putArray("list").addObject().put("...", PERSON.digest());
        for (JsonNode value : List.of(digests, deep)) {
            Disclosure disclosure = Disclosure.of("targets", value);
            assertEquals(
                    1,
                    OpenedClaims.objections(sealing(disclosure), List.of(disclosure))
                            .size());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "~", "~~", "a.b.c~", "a.b.c", "WyJhIiwiYiJd", "WyJhIiwiYiIsImMiXQ==", "WyJhIiwiYiIsImMiXQ\n"
            })
    void what_is_no_opened_claim_is_unreadable(String text) {
        assertThrows(UnreadableException.class, () -> OpenedClaims.parse(text));
    }

    @Test
    void a_key_bound_to_an_entry_is_refused() {
        String bound = OpenedClaims.print(sealing(PERSON).leaf(), List.of(PERSON)) + "e30.e30.AA";

        assertThrows(UnreadableException.class, () -> OpenedClaims.parse(bound));
    }

    @Test
    void two_disclosures_of_a_form_without_the_entry_are_unreadable() {
        assertThrows(UnreadableException.class, () -> OpenedClaims.parse(PERSON.text() + "\n" + RECIPIENT.text()));
    }

    @Test
    void never_shows_a_value() {
        OpenedClaims claims = new OpenedClaims(Optional.empty(), List.of(PERSON));

        assertFalse(claims.toString().contains("someone"));
        assertFalse(claims.toString().contains(PERSON.text()));
    }
}
