package io.holdfast.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Exit;
import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldException;
import io.holdfast.legal.Intake;
import io.holdfast.legal.Match;
import io.holdfast.legal.Mode;
import io.holdfast.legal.Term;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How a hold is written, in two forms. The whole form is for people and for the API. The closed form is for entries: it
 * has everything that decides and no free text; of the texts it has the digest ({@link RecordedHold}).
 */
public final class HoldJson {

    private HoldJson() {}

    /** The whole form. */
    public static ObjectNode write(Hold hold) {
        ObjectNode json = closed(hold);
        json.put("title", hold.title());
        json.set("exit", exit(hold.exit()));
        for (int i = 0; i < hold.exceptions().size(); i++) {
            ((ObjectNode) json.get("exceptions").get(i))
                    .put("basis", hold.exceptions().get(i).basis());
        }
        ObjectNode statement = json.putObject("statement");
        hold.statement().forEach(statement::put);
        return json;
    }

    private static ObjectNode closed(Hold hold) {
        ObjectNode json = CanonicalJson.object();
        json.put("id", hold.id());
        json.put("version", hold.version());
        json.put("mode", hold.mode().code());
        json.set("applies", match(hold.applies()));
        json.put("from", hold.from().toString());
        hold.reviewBy().ifPresent(at -> json.put("review-by", at.toString()));
        json.put("intake", hold.intake().code());
        json.put("preserve", hold.preserve());
        json.putObject("exit").put("type", exit(hold.exit()).get("type").textValue());
        ArrayNode exceptions = json.putArray("exceptions");
        for (HoldException exception : hold.exceptions()) {
            ObjectNode one = exceptions.addObject();
            one.put("id", exception.id());
            one.set("when", match(exception.when()));
        }
        ArrayNode phases = json.putArray("phases");
        for (Hold.Phase phase : hold.phases()) {
            phases.addObject()
                    .put("from", phase.from().toString())
                    .put("mode", phase.mode().code());
        }
        return json;
    }

    static ObjectNode write(RecordedHold recorded) {
        return closed(recorded.hold()).put("texts", recorded.texts().hex());
    }

    static RecordedHold readRecorded(Claims json) {
        ObjectNode whole = json.node().deepCopy();
        whole.remove("texts");
        return new RecordedHold(read(RecordedHold.withoutTexts(whole)), json.hash("texts"));
    }

    /** @throws UnreadableException with the claim that is wrong, also where the hold's own rules are broken */
    public static Hold read(ObjectNode json) {
        return read(new Claims("hold", json));
    }

    static Hold read(Claims json) {
        try {
            Hold hold = new Hold(
                    json.text("id"),
                    json.count("version"),
                    json.text("title"),
                    json.word("mode", text -> Words.parse(Mode.values(), Mode::code, text)),
                    readMatch(json.object("applies")),
                    json.instant("from"),
                    json.optionalInstant("review-by"),
                    json.word("intake", text -> Words.parse(Intake.values(), Intake::code, text)),
                    json.flag("preserve"),
                    readExit(json.object("exit")),
                    json.objects("exceptions").stream()
                            .map(one ->
                                    new HoldException(one.text("id"), one.text("basis"), readMatch(one.object("when"))))
                            .toList(),
                    json.objects("phases").stream()
                            .map(one -> new Hold.Phase(
                                    one.instant("from"),
                                    one.word("mode", text -> Words.parse(Mode.values(), Mode::code, text))))
                            .toList(),
                    json.object("statement").textMembers());
            refuseUnknownClaims(json, write(hold));
            return hold;
        } catch (IllegalArgumentException e) {
            throw new UnreadableException("hold: " + e.getMessage());
        }
    }

    private static void refuseUnknownClaims(Claims json, ObjectNode known) {
        for (String name : json.names()) {
            if (!known.has(name)) {
                throw new UnreadableException("hold: unknown key " + printable(name));
            }
        }
    }

    private static String printable(String name) {
        return name.length() <= 40 && name.matches("[A-Za-z0-9_-]+") ? "'" + name + "'" : "(not shown)";
    }

    private static ObjectNode match(Match match) {
        ObjectNode json = CanonicalJson.object();
        match.accepted().forEach((dimension, terms) -> json.set(dimension.code(), DecisionJson.codes(terms)));
        return json;
    }

    private static Match readMatch(Claims json) {
        Map<Dimension, Set<Term>> accepted = new EnumMap<>(Dimension.class);
        for (String name : json.names()) {
            Dimension dimension = Dimension.ofCode(name)
                    .orElseThrow(() -> json.wrong(printable(name), "one of the known dimensions"));
            accepted.put(
                    dimension,
                    new HashSet<>(
                            json.words(name, code -> dimension.vocabulary().term(code))));
        }
        return new Match(accepted);
    }

    private static ObjectNode exit(Exit exit) {
        ObjectNode json = CanonicalJson.object();
        return exit.match(new Exit.Cases<>() {
            @Override
            public ObjectNode internalReview(Exit.InternalReview review) {
                return json.put("type", "INTERNAL-REVIEW").put("owner", review.owner());
            }

            @Override
            public ObjectNode namedReview(Exit.NamedReview review) {
                return json.put("type", "NAMED-REVIEW").put("deliverable", review.deliverable());
            }

            @Override
            public ObjectNode externalGuidance(Exit.ExternalGuidance guidance) {
                return json.put("type", "EXTERNAL-GUIDANCE").put("party", guidance.party());
            }

            @Override
            public ObjectNode externalEvent(Exit.ExternalEvent event) {
                return json.put("type", "EXTERNAL-EVENT").put("event", event.event());
            }

            @Override
            public ObjectNode boardResolution(Exit.BoardResolution resolution) {
                return json.put("type", "BOARD-RESOLUTION");
            }

            @Override
            public ObjectNode none(Exit.None none) {
                return json.put("type", "NONE");
            }
        });
    }

    private static Exit readExit(Claims json) {
        return switch (json.text("type")) {
            case "INTERNAL-REVIEW" -> new Exit.InternalReview(json.text("owner"));
            case "NAMED-REVIEW" -> new Exit.NamedReview(json.text("deliverable"));
            case "EXTERNAL-GUIDANCE" -> new Exit.ExternalGuidance(json.text("party"));
            case "EXTERNAL-EVENT" -> new Exit.ExternalEvent(json.text("event"));
            case "BOARD-RESOLUTION" -> new Exit.BoardResolution();
            case "NONE" -> new Exit.None();
            default -> throw json.wrong("type", "one of the known exits");
        };
    }
}
