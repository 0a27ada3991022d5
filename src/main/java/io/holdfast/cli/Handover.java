package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.CanonicalJson;
import io.holdfast.audit.Entry;
import io.holdfast.audit.Event;
import io.holdfast.audit.Leaf;
import io.holdfast.audit.UnreadableException;
import io.holdfast.tlog.Hash;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Data that were handed over, and the record that says so. */
final class Handover {

    private final byte[] content;
    private final JsonNode record;

    private Handover(byte[] content, JsonNode record) {
        this.content = content;
        this.record = record;
    }

    static Handover of(JsonNode answer) {
        return new Handover(CanonicalJson.write(answer.path("package")), answer.path("record"));
    }

    /** The bytes that the record has the digest of: the package in canonical form. */
    byte[] content() {
        return content.clone();
    }

    List<String> lines(Path file) {
        return new Table()
                .row("written", file)
                .row("bytes", content.length)
                .row("record", record.path("index").asText())
                .row("sha-256", digest().hex())
                .lines();
    }

    /** @throws CommandFailure if the record is of other data */
    int check() {
        if (recorded().equals(digest())) {
            return ExitCode.OK;
        }
        throw new CommandFailure(
                ExitCode.CHECK_FAILED,
                "the data do not have the digest that record "
                        + record.path("index").asText() + " names; do not rely on them");
    }

    private Hash recorded() {
        byte[] leaf = record.path("leaf").asText().getBytes(StandardCharsets.US_ASCII);
        if (Entry.parse(Leaf.of(leaf)).event() instanceof Event.Delivered delivered) {
            return delivered.digest();
        }
        throw new UnreadableException("the record that came with the data is not one of a delivery");
    }

    private Hash digest() {
        return Hash.sha256(content);
    }
}
