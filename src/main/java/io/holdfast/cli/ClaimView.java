package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/** The value of an opened claim in one cell of a table: a text as it is, and all else as JSON. */
final class ClaimView {

    private ClaimView() {}

    static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : new String(Json.bytes(value), StandardCharsets.UTF_8);
    }
}
