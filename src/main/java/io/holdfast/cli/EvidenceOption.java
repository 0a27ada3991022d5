package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.tlog.Hash;
import picocli.CommandLine.Option;

/** The document that something asks for, such as a hold's way out or an order. Only its digest goes anywhere. */
final class EvidenceOption {

    private static final int MOST_BYTES = 64 * 1024 * 1024;

    @Option(
            names = "--evidence",
            paramLabel = "FILE",
            description =
                    "The signed document that this rests on: of the way out of a hold, or an order. Only its SHA-256 is sent; keep the file.")
    private String file;

    void add(ObjectNode json) {
        if (file != null) {
            json.put("evidence", Hash.sha256(LocalFile.read(file, MOST_BYTES)).hex());
        }
    }
}
