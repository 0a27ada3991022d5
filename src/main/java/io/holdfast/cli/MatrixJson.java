package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Term;
import io.holdfast.policy.GrantWords;
import io.holdfast.policy.Matrix;
import io.holdfast.policy.NotServed;
import io.holdfast.policy.Reach;
import io.holdfast.policy.Source;
import java.util.List;
import java.util.SortedMap;

/** A matrix as programs read it. */
final class MatrixJson {

    private MatrixJson() {}

    static JsonNode write(Matrix matrix, GrantWords words) {
        ObjectNode json = Json.object()
                .put("id", matrix.pack().id())
                .put("title", matrix.pack().title())
                .put("from", matrix.pack().valid().from().toString());
        matrix.pack().valid().until().ifPresent(until -> json.put("until", until.toString()));
        json.set("source", json(matrix.pack().source()));
        json.set("rows", Json.list(matrix.rows(), row -> row(row, words)));
        json.set("not-served", Json.list(matrix.pack().notServed(), power -> power(power, words)));
        return json;
    }

    private static JsonNode row(Matrix.Row row, GrantWords words) {
        ObjectNode json = Json.object()
                .put("grant", row.grant().id())
                .put("instrument", row.instrument().code());
        json.set("source", json(row.grant().source()));
        ObjectNode cells = json.putObject("cells");
        row.reaches().forEach((category, reach) -> cells.set(category.code(), json(reach)));
        json.set("words", json(words.of(row.grant())));
        return json;
    }

    private static JsonNode power(NotServed power, GrantWords words) {
        ObjectNode json =
                Json.object().put("instrument", power.instrument().code()).put("why", power.why());
        json.set("source", json(power.source()));
        json.set("words", json(words.of(power)));
        return json;
    }

    private static JsonNode json(Reach reach) {
        ObjectNode json = Json.object();
        json.set("plain", json(reach.plain()));
        json.set("answers", Json.list(reach.answers(), MatrixJson::json));
        return json;
    }

    private static JsonNode json(Reach.Answer answer) {
        ObjectNode json = Json.object().put("answer", answer.verdict().word());
        json.set(
                "reasons",
                Json.texts(answer.reasons().stream().map(Reason::code).toList()));
        json.set("when", json(answer.when()));
        return json;
    }

    /** The many that nothing speaks of are {@code ["another"]}. */
    private static ObjectNode json(SortedMap<Dimension, Reach.Band> bands) {
        ObjectNode json = Json.object();
        bands.forEach((dimension, band) -> json.set(
                dimension.code(),
                Json.texts(
                        band.isRest()
                                ? List.of("another")
                                : band.terms().stream().map(Term::code).toList())));
        return json;
    }

    private static ObjectNode json(Source source) {
        ObjectNode json = Json.object()
                .put("cite", source.cite())
                .put("status", source.status().name());
        source.verifiedOn().ifPresent(day -> json.put("verified-on", day.toString()));
        return json;
    }

    private static ObjectNode json(List<GrantWords.Line> about) {
        ObjectNode json = Json.object();
        about.forEach(line -> json.set(line.name(), Json.texts(line.says())));
        return json;
    }
}
