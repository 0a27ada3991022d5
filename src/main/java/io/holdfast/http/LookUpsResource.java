package io.holdfast.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.gate.LookUps;
import io.holdfast.legal.Identifier;
import io.holdfast.legal.Request;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.validation.Validator;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether an officer or an account was seen before. What is asked about is in the body, since addresses of calls are written down. */
@Path("/v1/look-ups")
@Produces(MediaType.APPLICATION_JSON)
class LookUpsResource {

    private final Gateway gateway;
    private final Caller caller;
    private final Validator validator;

    LookUpsResource(Gateway gateway, Caller caller, Validator validator) {
        this.gateway = gateway;
        this.caller = caller;
        this.validator = validator;
    }

    /** @param value with the syntax that it has in a request */
    record LookUpBody(String type, String value) {
        @Override
        public String toString() {
            return "LookUpBody[" + type + "]";
        }
    }

    /** That somebody asked, or was refused, is in the log before the answer is. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Authenticated
    @Blocking
    public ObjectNode lookUp(Body body) {
        caller.checkIsSomebodyHere();
        String person = caller.person();
        LookUpBody asked = StrictJson.read(body.bytes(), LookUpBody.class);
        Identifier.Type type = type(asked.type());
        LookUps lookUps = gateway.parts().lookUps();
        if (!caller.is(Caller.AUDITOR) && !caller.is(Caller.LEGAL_OPERATOR)) {
            lookUps.refuse(type, person);
            throw Problem.forbidden("Only an auditor or a legal operator looks up who was seen before.")
                    .exception();
        }
        if (caller.is(Caller.AGENT)) {
            lookUps.refuse(type, person);
            throw Problem.forbidden("Whoever sends requests looks nobody up.").exception();
        }
        return answer(lookUps.find(identifier(type, asked.value()), person));
    }

    private static ObjectNode answer(LookUps.Found found) {
        ObjectNode json = StrictJson.MAPPER.createObjectNode();
        ArrayNode entries = json.putArray("entries");
        found.entries().forEach(entries::add);
        json.put("all", found.isAll());
        json.set("record", Views.record(found.receipt().stored()));
        json.put("proof", new String(found.receipt().proof().print(), StandardCharsets.UTF_8));
        return json;
    }

    private static Identifier.Type type(String code) {
        return Stream.of(Identifier.Type.values())
                .filter(type -> LookUps.isKept(type) && type.code().equals(code))
                .findFirst()
                .orElseThrow(() -> Problem.malformed(
                                "type",
                                "must be one of "
                                        + Stream.of(Identifier.Type.values())
                                                .filter(LookUps::isKept)
                                                .map(Identifier.Type::code)
                                                .collect(Collectors.joining(", ")),
                                Problem.Violation.NOT_SHOWN)
                        .exception());
    }

    /** By the rules of intake: what no request can say has no pseudonym. */
    private Identifier identifier(Identifier.Type type, String value) {
        boolean isValid = value != null
                && (type == Identifier.Type.OFFICER
                        ? validator
                                .validateValue(IntakeBody.OfficerBody.class, "email", value)
                                .isEmpty()
                        : validator
                                .validate(new IntakeBody.TargetBody(kind(type), value))
                                .isEmpty());
        if (!isValid) {
            throw Problem.malformed("value", "must have the syntax of " + type.code(), Problem.Violation.NOT_SHOWN)
                    .exception();
        }
        return new Identifier(type, value);
    }

    private static Request.Target.Kind kind(Identifier.Type type) {
        return Stream.of(Request.Target.Kind.values())
                .filter(kind -> Identifier.typeOf(kind) == type)
                .findFirst()
                .orElseThrow();
    }
}
