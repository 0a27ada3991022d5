package io.holdfast.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.CanonicalJson;
import io.holdfast.audit.Disclosure;
import io.holdfast.legal.Authority;
import io.holdfast.legal.Request;
import io.holdfast.vault.Vault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The personal part of a request as sealed claims, one for each thing that an auditor may have to open by itself. */
final class SealedRequest {

    static final String AGENCY = "agency";
    private static final String TARGETS = "targets";
    private static final String PERIOD = "period";

    private SealedRequest() {}

    static List<Disclosure> of(Request request, Authority sender, Vault vault) {
        List<Disclosure> claims = new ArrayList<>();
        claims.add(Disclosure.of(AGENCY, sender.id()));
        claims.add(Disclosure.of("issued-by", request.issuedBy()));
        claims.add(Disclosure.of("docket", request.docket()));
        claims.add(Disclosure.of("case-reference", request.caseReference()));
        claims.add(Disclosure.of("officer", officer(request.officer())));
        claims.add(Disclosure.of("document", document(request.document())));
        claims.add(Disclosure.of(TARGETS, targets(request.targets())));
        claims.add(Disclosure.of(PERIOD, period(request)));
        claims.add(Disclosure.of("pseudonyms", pseudonyms(request, sender, vault)));
        request.necessity().ifPresent(text -> claims.add(Disclosure.of("necessity", text)));
        return claims;
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

    private static ObjectNode pseudonyms(Request request, Authority sender, Vault vault) {
        ObjectNode json = CanonicalJson.object();
        json.put("agency", vault.pseudonym("agency", sender.id()));
        json.put("officer", vault.pseudonym("officer", request.officer().email().toLowerCase(Locale.ROOT)));
        ArrayNode accounts = json.putArray("accounts");
        request.targets().forEach(target -> accounts.add(vault.pseudonym("account/" + target.kind(), target.value())));
        return json;
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
}
