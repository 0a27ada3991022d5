package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.tlog.ProofFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Where to keep the proof that comes with an answer. */
final class ProofOption {

    @Option(
            names = "--proof",
            paramLabel = "FILE",
            description = "Write the proof here, with the record in it, for `holdfast log verify FILE`.")
    private Path file;

    /** Does the work with the file reserved, and writes the proof of its answer. */
    <T extends JsonNode> T keep(Supplier<T> work) {
        if (file == null) {
            return work.get();
        }
        try (NewFile reserved = NewFile.reserve(file)) {
            T answer = work.get();
            proof(answer).ifPresent(proof -> reserved.write(proof.print()));
            return answer;
        }
    }

    private static Optional<ProofFile> proof(JsonNode answer) {
        return Optional.ofNullable(answer.get("proof"))
                .map(text -> ProofFile.parse(text.asText().getBytes(StandardCharsets.UTF_8))
                        .withExtra(answer.path("record").path("leaf").asText().getBytes(StandardCharsets.US_ASCII)));
    }
}
