package io.holdfast.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.CanonicalJson;
import io.holdfast.audit.Disclosure;
import io.holdfast.legal.Authority;
import io.holdfast.legal.Identifier;
import io.holdfast.legal.Request;
import io.holdfast.vault.PseudonymKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The personal part of a request.
 *
 * @param claims what is sealed, one for each thing that an auditor may have to open by itself
 * @param tags what it can be found by: its officer and its accounts. Not its agency: there are few, and how often each tag is
 *     there would say which is which
 */
record SealedRequest(List<Disclosure> claims, List<String> tags) {

    static final String AGENCY = "agency";
    private static final String TARGETS = "targets";
    private static final String PERIOD = "period";

    static SealedRequest of(Request request, Authority sender, PseudonymKey key) {
        List<Disclosure> claims = new ArrayList<>();
        claims.add(Disclosure.of(AGENCY, sender.id()));
        claims.add(Disclosure.of("issued-by", request.issuedBy()));
        claims.add(Disclosure.of("docket", request.docket()));
        claims.add(Disclosure.of("case-reference", request.caseReference()));
        claims.add(Disclosure.of("officer", officer(request.officer())));
        claims.add(Disclosure.of("document", document(request.document())));
        claims.add(Disclosure.of(TARGETS, targets(request.targets())));
        claims.add(Disclosure.of(PERIOD, period(request)));
        ObjectNode pseudonyms = pseudonyms(request, sender, key);
        claims.add(Disclosure.of("pseudonyms", pseudonyms));
        request.necessity().ifPresent(text -> claims.add(Disclosure.of("necessity", text)));
        return new SealedRequest(claims, tags(pseudonyms, key));
    }

    private static ObjectNode officer(Request.Officer officer) {
        return CanonicalJson.object()
                .put("name", officer.name())
                .put("badge", officer.badge())
                .put("email", officer.email())
                .put("phone", officer.phone());
    }

    private static ObjectNode document(Request.Document document) {
        ObjectNode json =
                CanonicalJson.object().put("sha512", document.sha512()).put("media-type", document.mediaType());
        document.seal().ifPresent(seal -> json.put("seal", seal));
        return json;
    }

    private static ArrayNode targets(List<Request.Target> targets) {
        ArrayNode array = CanonicalJson.object().arrayNode();
        targets.forEach(
                target -> array.addObject().put("kind", target.kind().code()).put("value", target.value()));
        return array;
    }

    private static ObjectNode period(Request request) {
        return CanonicalJson.object()
                .put("from", request.from().toString())
                .put("to", request.to().toString());
    }

    private static ObjectNode pseudonyms(Request request, Authority sender, PseudonymKey key) {
        ObjectNode json = CanonicalJson.object();
        json.put("epoch", key.epoch());
        json.put("agency", key.pseudonym(Identifier.of(sender)));
        json.put("officer", key.pseudonym(Identifier.of(request.officer())));
        ArrayNode accounts = json.putArray("accounts");
        request.targets().forEach(target -> accounts.add(key.pseudonym(Identifier.of(target))));
        return json;
    }

    private static List<String> tags(ObjectNode pseudonyms, PseudonymKey key) {
        return Stream.concat(
                        Stream.of(pseudonyms.get("officer")),
                        pseudonyms.get("accounts").valueStream())
                .map(pseudonym -> key.tagOf(pseudonym.textValue()))
                .distinct()
                .toList();
    }

    /** What a disclosure needs of the sealed part, and no more of it. */
    record Wanted(List<Request.Target> targets, Instant from, Instant to) {

        static Wanted of(List<Disclosure> opened) {
            List<Request.Target> targets = new ArrayList<>();
            JsonNode period = CanonicalJson.object();
            for (Disclosure disclosure : opened) {
                if (disclosure.name().equals(TARGETS)) {
                    disclosure
                            .value()
                            .forEach(target -> targets.add(new Request.Target(
                                    kind(target.path("kind").asText()),
                                    target.path("value").asText())));
                } else if (disclosure.name().equals(PERIOD)) {
                    period = disclosure.value();
                }
            }
            return new Wanted(
                    targets,
                    Instant.parse(period.path("from").asText()),
                    Instant.parse(period.path("to").asText()));
        }

        private static Request.Target.Kind kind(String code) {
            for (Request.Target.Kind kind : Request.Target.Kind.values()) {
                if (kind.code().equals(code)) {
                    return kind;
                }
            }
            throw new IllegalStateException("a sealed target of an unknown kind");
        }

        @Override
        public String toString() {
            return "Wanted[" + targets.size() + "]";
        }
    }

    /** Never shows a person. */
    @Override
    public String toString() {
        return "SealedRequest" + claims;
    }
}
