package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficFileTest {

    private static final String GOOD = """
            schema: holdfast/v1
            kind: Traffic
            guarded:
              - id: exports
                route: {paths: [/export]}
              - id: case-numbers
                header: {name: X-Case-Number}
            ordinary:
              - id: mail-frontend
                route: {methods: [GET], paths: ["/users/{id}/profile", "/messages/**"]}
                mtls: F-iNsYev1iwW5d6_PmUnzQBrwBK8kLUagQzYDC1RH0M
              - id: support-desk
                route: {methods: [GET], paths: ["/users/{id}/profile"]}
                header: {name: X-Purpose, value: support}
                jwt: {claim: azp, value: support-desk}
            """;

    private static Traffic read(String text) throws PolicyException {
        return TrafficFile.parse("traffic.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void rules_say_who_calls_and_where_to() throws Exception {
        Traffic traffic = read(GOOD);

        assertEquals(
                List.of("exports", "case-numbers"),
                traffic.guarded().stream().map(TrafficRule::id).toList());
        TrafficRule frontend = traffic.ordinary().get(0);
        assertEquals(
                List.of(false, true),
                frontend.route().orElseThrow().paths().stream()
                        .map(TrafficRule.Paths::isOpen)
                        .toList());
        assertEquals(Optional.of("F-iNsYev1iwW5d6_PmUnzQBrwBK8kLUagQzYDC1RH0M"), frontend.mtls());
        TrafficRule desk = traffic.ordinary().get(1);
        assertEquals(Optional.of(new TrafficRule.Claim("azp", "support-desk")), desk.jwt());
        assertEquals(Optional.of(new TrafficRule.Header("x-purpose", Optional.of("support"))), desk.header());
        assertEquals(Set.of("GET"), desk.route().orElseThrow().methods());
        assertTrue(traffic.asksForTokens() && traffic.asksForCertificates());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jwt: {claim: azp, value: support-desk}|id: x|15|the key 'id' is already there",
                "    jwt: {claim: azp, value: support-desk}||12|an ordinary rule needs mtls or jwt",
                "    route: {methods: [GET], paths: [\"/users/{id}/profile\"]}||12|an ordinary rule needs a route",
                "methods: [GET], paths: [\"/users/{id}/profile\"]|paths: [/users]|13|the key 'methods' is missing",
                "/messages/**|/**|10|paths must begin with a slash",
                "/messages/**|/{all}/**|10|paths must have a segment in plain words",
                "/messages/**|/{all}|10|paths must have a segment in plain words",
                "/messages/**|/messages/*|10|paths must be plain segments",
                "/messages/**|/messages/**/x|10|paths must be plain segments",
                "/messages/**|/messages/|10|paths must be plain segments",
                "/messages/**|/messages/../x|10|paths must be plain segments",
                "/messages/**|/messages?x=y|10|paths must be plain segments",
                "/messages/**|messages|10|paths must begin with a slash",
                "methods: [GET], paths: [\"/users/{id}/profile\"]|methods: [ANY], paths: [/x]|13|methods must be a method",
                "methods: [GET], paths: [\"/users/{id}/profile\"]|methods: [GET], paths: []|13|paths is an empty list",
                "mtls: F-iNsYev1iwW5d6_PmUnzQBrwBK8kLUagQzYDC1RH0M|mtls: any|11|mtls must be the SHA-256",
                "mtls: F-iNsYev1iwW5d6_PmUnzQBrwBK8kLUagQzYDC1RH0M|mtls: F-iNsYev1iwW5d6_PmUnzQBrwBK8kLUagQzYDC1RH0N|11|mtls must be the SHA-256",
                "mtls: F-iNsYev1iwW5d6_PmUnzQBrwBK8kLUagQzYDC1RH0M|mtls: ''|11|mtls is empty",
                "claim: azp|claim: iss|15|says nothing about who calls",
                "claim: azp|claim: aud|15|says nothing about who calls",
                "claim: azp|claim: cnf|15|says nothing about who calls",
                "claim: azp|claim: ''|15|claim is empty",
                "value: support-desk|value: ''|15|value is empty",
                "value: support-desk|value: [a, b]|15|must be one value",
                "{claim: azp, value: support-desk}|{claim: azp}|15|the key 'value' is missing",
                "{name: X-Purpose, value: support}|{name: X-Purpose}|14|the key 'value' is missing",
                "value: support}|value: 'a, b'}|14|must be printable ASCII without a comma",
                "name: X-Purpose|name: X_Purpose|14|must be the name of a header",
                "name: X-Purpose|name: Authorization|14|is a header that the gateway reads for itself",
                "name: X-Purpose|name: holdfast-grant|14|is a header that the gateway reads for itself",
                "id: support-desk|id: exports|12|the id 'exports' is that of an earlier rule",
                "id: support-desk|id: Support Desk|12|id must be small letters",
                "    header: {name: X-Case-Number}||6|says nothing about a call",
                "ordinary:|ordinari:|8|unknown key 'ordinari'",
                "    mtls:|    tls:|11|unknown key 'tls'",
                "kind: Traffic|kind: Routes|2|kind must be 'Traffic'",
                "paths: [/export]|path: /export|5|unknown key 'path'",
            })
    void what_could_let_too_much_through_is_refused_with_its_line(String from, String to, int line, String sentence) {
        String text = GOOD.replace(from, to == null ? "" : to);

        PolicyException refused = assertThrows(PolicyException.class, () -> read(text));

        assertTrue(
                refused.problems().stream()
                        .anyMatch(problem -> problem.sentence().contains(sentence) && problem.line() == line),
                refused::getMessage);
    }

    @Test
    void a_file_that_is_none_or_says_nothing_is_refused() {
        for (String text : List.of("", "x", "[]", "schema: holdfast/v1\nkind: Traffic\n", GOOD + "---\n" + GOOD)) {
            assertThrows(PolicyException.class, () -> read(text), text);
        }
        assertThrows(PolicyException.class, () -> TrafficFile.read(Path.of("target/no-such-file.yaml")));
    }

    /** Whatever is done to a file, it is refused or its ordinary rules still say who calls and where to. */
    @Test
    void no_edit_makes_a_rule_for_everybody() throws Exception {
        long seed = Long.getLong("holdfast.seed", 20_261_126L);
        System.out.println("TrafficFileTest: seed " + seed);
        Random random = new Random(seed);
        String[] lines = GOOD.split("\n");
        int read = 0;
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder();
            for (String line : lines) {
                int what = random.nextInt(24);
                String edited = what == 1 ? "" : what == 2 ? line + "\n" + line : line;
                edited = what == 3 ? line.substring(random.nextInt(line.length())) : edited;
                edited = what == 4 ? line.replaceFirst(": .*", ":") : edited;
                text.append(edited).append('\n');
            }
            try {
                Traffic traffic = read(text.toString());
                read++;
                assertTrue(traffic.ordinary().stream()
                        .allMatch(rule -> rule.hasIdentity()
                                && !rule.route().orElseThrow().paths().isEmpty()
                                && !rule.route().orElseThrow().methods().isEmpty()));
            } catch (PolicyException e) {
                assertTrue(e.problems().size() > 0);
            }
        }
        assertTrue(read > 10, "only " + read + " could be read");
    }
}
