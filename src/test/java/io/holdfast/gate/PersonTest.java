package io.holdfast.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.holdfast.legal.Action;
import io.holdfast.legal.Assurance;
import io.holdfast.legal.AuthorityLevel;
import io.holdfast.legal.Channel;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Emergency;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Instrument;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.NationalSecurity;
import io.holdfast.legal.NonDisclosure;
import io.holdfast.legal.Offence;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** For which requests where somebody is matters. */
class PersonTest {

    private static Set<Jurisdiction> places(String codes) {
        return Arrays.stream(codes.split(" "))
                .filter(code -> !code.isEmpty())
                .map(Jurisdiction::of)
                .collect(Collectors.toSet());
    }

    private static Facts request(String issuer, String users, String subjects) {
        return new Facts(
                Jurisdiction.of(issuer),
                places(users),
                places(subjects),
                Jurisdiction.of("US"),
                AuthorityLevel.JUDGE,
                new Instrument("US-SW"),
                Channel.DIRECT,
                Action.DISCLOSE,
                Set.of(DataCategory.SUBSCRIBER),
                Set.of(Offence.THREE_YEARS),
                Emergency.NONE,
                NationalSecurity.NOT_INVOLVED,
                Assurance.VERIFIED,
                Assurance.VERIFIED,
                NonDisclosure.NONE,
                Optional.empty(),
                Optional.empty(),
                1,
                0);
    }

    @ParameterizedTest(name = "located in [{0}], from {1}, users in [{2}], matter in [{3}]: {4}")
    @CsvSource({
        "HK, HK, IS, GB, true",
        "IS, HK, IS, GB, true",
        "GB, HK, IS, GB, true",
        "GB, HK, IS FR, DE GB, true",
        "FR DE, HK, IS FR, GB, true",
        "CN, HK, IS, GB, false", // Hong Kong is not China
        "US, HK, IS, GB, false", // where the company is, everybody of it may be
        "'', HK, IS, GB, false",
        "CN, HK, UNKNOWN, GB, true",
        "CN, UNKNOWN, IS, GB, true",
        "'', UNKNOWN, UNKNOWN, UNKNOWN, false"
    })
    void a_place_counts_if_the_request_comes_from_there_or_is_about_users_or_a_matter_there(
            String located, String issuer, String users, String subjects, boolean concerned) {
        Person person = new Person("reviewer-1", places(located));

        assertEquals(concerned, person.isLocatedWhere(request(issuer, users, subjects)));
    }

    @Test
    void no_text_of_a_person_says_who_or_where() {
        String text = new Person("reviewer-1", places("HK")).toString();

        assertFalse(text.contains("reviewer") || text.contains("HK"), text);
    }
}
