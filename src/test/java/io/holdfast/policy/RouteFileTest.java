package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.legal.DataCategory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteFileTest {

    private static final String HEAD = "schema: holdfast/v1\nkind: Routes\nroutes:\n";
    private static final String PROFILE = """
              - path: /users/{id}/profile
                methods: [GET]
                account: {kind: USER-ID, path: id}
                period: NONE
                categories: [SUBSCRIBER]
                fields: {/name: SUBSCRIBER, /mail/*/address: SUBSCRIBER}
            """;

    private static List<Route> read(String text) throws PolicyException {
        return RouteFile.parse("routes.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_route_is_found_by_its_method_and_its_path_and_names_the_account() throws Exception {
        Route route = read(HEAD + PROFILE).get(0);

        assertTrue(route.matches("GET", List.of("users", "account-1", "profile")));
        assertFalse(route.matches("HEAD", List.of("users", "account-1", "profile")));
        assertFalse(route.matches("GET", List.of("users", "account-1")));
        assertFalse(route.matches("GET", List.of("Users", "account-1", "profile")));
        assertEquals("account-1", route.segment("id", List.of("users", "account-1", "profile")));
        assertEquals(Set.of(DataCategory.SUBSCRIBER), route.categories());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "path: /users/{id}/profile|path: /users/{other}/profile|path: no segment of the path has this name",
                "path: /users/{id}/profile|path: users/{id}/profile|path must begin with a slash",
                "path: /users/{id}/profile|path: /users/{id}/../profile|path must be plain segments",
                "path: /users/{id}/profile|path: /users/{id}/{id}|path must be plain segments",
                "path: /users/{id}/profile|path: /users/{id}/profile/|path must be plain segments",
                "path: /users/{id}/profile|path: '/users/{id}/profile?x=y'|path must be plain segments",
                "methods: [GET]|methods: [get]|methods must be a method of HTTP",
                "methods: [GET]|methods: [OPTIONS]|methods must be a method of HTTP",
                "methods: [GET]|methods: []|methods is an empty list",
                "methods: [GET]|methods: [GET, GET]|methods has 'GET' twice",
                "kind: USER-ID|kind: USERID|unknown word 'USERID' in kind",
                "path: id}|path: id, query: id}|says either which segment",
                "period: NONE|period: ALL|period must be 'NONE'",
                "period: NONE|period: {from: since}|the key 'to' is missing",
                "period: NONE|period: {from: since, to: since}|a parameter has two meanings",
                "categories: [SUBSCRIBER]|categories: [EVERYTHING]|unknown word 'EVERYTHING' in categories",
                "categories: [SUBSCRIBER]|category: [SUBSCRIBER]|unknown key 'category'",
                "/name: SUBSCRIBER|/name: CONTENT|/name is CONTENT, which is not among the categories of the route",
                "/name: SUBSCRIBER|/name: EVERYTHING|unknown word 'EVERYTHING' in /name",
                "/name: SUBSCRIBER|/mail: SUBSCRIBER|/mail/*/address is in another field, or another is in it",
                "/name: SUBSCRIBER|/mail/*/address/street: SUBSCRIBER|/mail/*/address is in another field",
                "/name: SUBSCRIBER|/mail/*/address: SUBSCRIBER|the key '/mail/*/address' is already there",
                "/name: SUBSCRIBER|name: SUBSCRIBER|name must be a JSON pointer",
                "/name: SUBSCRIBER|/: SUBSCRIBER|/ must be a JSON pointer",
                "/name: SUBSCRIBER|/a~2: SUBSCRIBER|/a~2 must be a JSON pointer",
                "/name: SUBSCRIBER|\"\": SUBSCRIBER|must be a JSON pointer",
                "{/name: SUBSCRIBER, /mail/*/address: SUBSCRIBER}|{}|fields is empty",
                "{/name: SUBSCRIBER, /mail/*/address: SUBSCRIBER}|[/name]|fields must be a mapping",
                "    period: NONE||the key 'period' is missing",
            })
    void a_slip_is_named_with_its_line(String what, String slip, String says) {
        String text = HEAD + PROFILE.replace(what, slip == null ? "" : slip);

        PolicyException refused = assertThrows(PolicyException.class, () -> read(text));

        assertTrue(refused.getMessage().contains(says), refused::getMessage);
        assertTrue(refused.getMessage().startsWith("routes.yaml:"), refused::getMessage);
    }

    @Test
    void a_field_is_found_by_its_pointer() throws Exception {
        Route route = read(HEAD + PROFILE.replace("/name:", "/a~1b/~01/0:")).get(0);

        assertEquals(
                List.of(
                        new Field(List.of(member("a/b"), member("~1"), member("0")), DataCategory.SUBSCRIBER),
                        new Field(
                                List.of(member("mail"), new Field.Step(Optional.empty()), member("address")),
                                DataCategory.SUBSCRIBER)),
                route.fields());
    }

    private static Field.Step member(String name) {
        return new Field.Step(Optional.of(name));
    }

    @Test
    void two_routes_that_one_call_could_be_of_are_refused() {
        PolicyException refused = assertThrows(
                PolicyException.class,
                () -> read(HEAD + PROFILE + PROFILE.replace("/users/{id}/profile", "/{id}/me/{x}")));

        assertTrue(refused.getMessage().contains("one call can be of this route and of an earlier one"));
    }

    @Test
    void changed_bytes_are_routes_or_refused_and_nothing_worse() {
        long seed = Long.getLong("holdfast.seed", System.nanoTime());
        System.out.println("RouteFileTest: -Dholdfast.seed=" + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = (HEAD + PROFILE).getBytes(StandardCharsets.UTF_8);
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) "{}[]:,-/\n aZ09&*!%|>'\"".charAt(random.nextInt(22));
            }
            try {
                RouteFile.parse("routes.yaml", bytes)
                        .forEach(route -> assertFalse(route.categories().isEmpty()));
            } catch (PolicyException e) {
                assertFalse(e.problems().isEmpty());
            }
        }
    }
}
