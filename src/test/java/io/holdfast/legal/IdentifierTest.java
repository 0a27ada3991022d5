package io.holdfast.legal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IdentifierTest {

    @ParameterizedTest
    @CsvSource({
        "AGENCY, us-fbi, us-fbi",
        "OFFICER, A.Reed@Agency.EXAMPLE, a.reed@agency.example",
        "ACCOUNT-EMAIL, Someone+x@Mail.Example, someone+x@mail.example",
        "ACCOUNT-PHONE, +85212345678, +85212345678",
        "ACCOUNT-USER-ID, aB_9-z, aB_9-z",
        "ACCOUNT-HANDLE, @Some.One, @some.one",
        "ACCOUNT-IP-ADDRESS, 192.0.2.7, 192.0.2.7",
        "ACCOUNT-IP-ADDRESS, 2001:db8::1, 2001:db8:0:0:0:0:0:1",
        "ACCOUNT-IP-ADDRESS, 2001:0db8:0:0:0:0:0:0001, 2001:db8:0:0:0:0:0:1",
        "ACCOUNT-IP-ADDRESS, ::ffff:192.0.2.7, 192.0.2.7",
        "ACCOUNT-IP-ADDRESS, ::ffff:c000:207, 192.0.2.7"
    })
    void each_type_has_one_spelling(String type, String sent, String normalised) {
        Identifier identifier = new Identifier(Identifier.Type.parse(type), sent);

        assertEquals(normalised, identifier.value());
        assertEquals(identifier, new Identifier(identifier.type(), identifier.value()), "normalising twice is once");
    }

    @Test
    void composed_and_decomposed_letters_are_the_same_officer() {
        assertEquals(
                new Identifier(Identifier.Type.OFFICER, "m\u00f6bius@agency.example"),
                new Identifier(Identifier.Type.OFFICER, "mo\u0308bius@agency.example"));
    }

    @Test
    void what_is_no_address_is_refused_and_not_looked_up() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Identifier(Identifier.Type.ACCOUNT_IP_ADDRESS, "host.example:1"));
    }

    @Test
    void every_kind_of_target_has_a_type_of_its_own() {
        Set<Identifier.Type> types = new HashSet<>();
        for (Request.Target.Kind kind : Request.Target.Kind.values()) {
            types.add(Identifier.typeOf(kind));
            assertEquals("ACCOUNT-" + kind.code(), Identifier.typeOf(kind).code());
        }
        assertEquals(Request.Target.Kind.values().length, types.size());
    }

    @ParameterizedTest
    @EnumSource(Identifier.Type.class)
    void codes_read_back_and_no_value_is_shown(Identifier.Type type) {
        assertEquals(type, Identifier.Type.parse(type.code()));
        assertEquals("Identifier[" + type.code() + "]", new Identifier(type, "192.0.2.7").toString());
    }
}
