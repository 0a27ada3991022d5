package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A request as people see it: what was decided, why, and what is to come. */
final class RequestView {

    private static final String REFERRED = "REFERRED";

    private RequestView() {}

    /** Whether people have to look before anything happens. */
    static int exitCode(JsonNode request) {
        return request.path("outcome").asText().equals(REFERRED) ? ExitCode.WAITING : ExitCode.OK;
    }

    static List<String> lines(JsonNode request) {
        Table table = new Table();
        table.row("request", request.path("request").asText());
        table.row("outcome", request.path("outcome").asText());
        if (request.has("state")) {
            table.row("state", request.path("state").asText());
        }
        for (JsonNode reason : request.path("reasons")) {
            table.row(
                    "reason",
                    reason.path("code").asText() + ": "
                            + reason.path("sentence").asText());
        }
        for (JsonNode statement : request.path("statements")) {
            table.row("statement", statement.path("en").asText());
        }
        decision(request.path("decision"), table);
        JsonNode record = request.path("record");
        table.row(
                "record",
                record.path("index").asText() + ", " + record.path("at").asText());
        table.row("version", record.path("version").asText());
        if (request.has("approvals")) {
            String needed = request.path("decision")
                    .path("obligations")
                    .path("approvals")
                    .asText("");
            table.row("approvals", request.path("approvals").asText() + (needed.isEmpty() ? "" : " of " + needed));
            table.row("delivered", request.path("delivered").asBoolean() ? "yes" : "no");
            if (request.has("shredded")) {
                table.row("shredded", "with record " + request.path("shredded").asText());
            }
        }
        for (JsonNode call : request.path("let-through")) {
            table.row(
                    (call.path("through").asText().equals("PACKAGE") ? "handed over " : "let through ")
                            + call.path("entry").asText(),
                    call.path("left").asText()
                            + (call.has("at-most") ? ", " + call.path("at-most").asText() + " values at most" : "")
                            + ": " + call.path("sentence").asText());
        }
        JsonNode packed = request.path("package");
        if (packed.has("until")) {
            table.row(
                    "package",
                    packed.path("accounts").asText() + " accounts, "
                            + packed.path("items").asText()
                            + " items; can be taken over "
                            + packed.path("downloads-left").asText()
                            + " times until " + packed.path("until").asText());
        }
        JsonNode copy = request.path("preservation");
        if (copy.has("until")) {
            table.row(
                    "copy",
                    (copy.path("kept").asBoolean()
                                    ? "kept until " + copy.path("until").asText()
                                    : "not kept any more")
                            + (copy.path("extended").asBoolean() ? ", extended" : "")
                            + (copy.has("production")
                                    ? ", for " + copy.path("production").asText()
                                    : ""));
        }
        for (JsonNode clock : request.path("clocks")) {
            table.row(
                    "clock " + clock.path("clock").asText(),
                    clock.path("state").asText()
                            + (clock.has("left")
                                    ? ", left " + clock.path("left").asText()
                                    : ", due " + clock.path("due").asText())
                            + (clock.has("silence")
                                    ? ", silence " + clock.path("silence").asText()
                                    : ""));
        }
        if (request.has("notice")) {
            table.row("notice", NoticeView.words(request.path("notice")));
        }
        for (JsonNode duty : request.path("to-confirm")) {
            table.row(
                    "to confirm",
                    duty.path("duty").asText() + ": " + duty.path("sentence").asText());
        }
        for (JsonNode entry : request.path("entries")) {
            table.row(
                    "entry " + entry.path("index").asText(),
                    entry.path("at").asText() + " " + entry.path("kind").asText());
        }
        return table.lines();
    }

    private static void decision(JsonNode decision, Table table) {
        if (decision.has("hold")) {
            String review = decision.path("review-by").asText("");
            table.row("hold", decision.path("hold").asText() + (review.isEmpty() ? "" : ", review by " + review));
        }
        for (JsonNode missing : decision.path("missing")) {
            table.row("missing", missing.asText());
        }
        if (decision.has("scope")) {
            table.row("granted", Flat.words(decision.path("scope").path("granted")));
            decision.path("scope")
                    .path("withheld")
                    .properties()
                    .forEach(part -> table.row(
                            "withheld", part.getKey() + ": " + part.getValue().asText()));
        }
    }
}
