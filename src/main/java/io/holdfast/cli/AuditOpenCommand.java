package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.Disclosure;
import io.holdfast.audit.Entry;
import io.holdfast.audit.Leaf;
import io.holdfast.audit.OpenedClaims;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "open",
        description = {
            "Opens one sealed claim of one entry. That you did, and for whom, is an entry of the log before you see it.",
            "Exits with 6 if the case was shredded, and with 1 if what was opened is not what the entry sealed."
        })
final class AuditOpenCommand implements Runnable {

    @Parameters(index = "0", paramLabel = "INDEX", description = "The entry, counted from 0.")
    private long index;

    @Parameters(
            index = "1",
            paramLabel = "CLAIM",
            description =
                    "The name of the claim, such as officer or targets; docs/reference/audit-events.md lists them.")
    private String claim;

    @Option(
            names = "--for",
            paramLabel = "NAME",
            description = "Whom it is opened for, if not for you. Sealed in the entry that says that it was opened.")
    private String recipient;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = {
                "Keep it in this file, which is not there yet: an SD-JWT of the entry and this one claim.",
                "`holdfast log disclosure FILE` checks it without the gateway."
            })
    private Path to;

    @Mixin
    private ProofOption proof;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public void run() {
        if (index < 0 || !claim.matches("[a-z-]{1,40}")) {
            throw new CommandFailure(
                    ExitCode.USAGE, "name an entry by its number, and a claim by small letters and hyphens");
        }
        if (to == null) {
            open(sdJwt -> {});
            return;
        }
        try (NewFile file = NewFile.reserve(to)) {
            open(sdJwt -> file.write((sdJwt + "\n").getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private interface Keep {
        void keep(String sdJwt);
    }

    private void open(Keep file) {
        GatewayClient gateway = server.connect();
        // Read first: once the claim is opened, nothing may be left that can fail.
        Leaf leaf = leaf(gateway.get("/v1/records/" + index).path("leaf").asText());
        Entry entry = Entry.parse(leaf);
        ObjectNode answer = proof.keep(() -> post(gateway));
        Disclosure disclosure = Disclosure.parse(answer.path("disclosure").asText());
        List<String> objections = OpenedClaims.objections(entry, List.of(disclosure));
        if (!objections.isEmpty() || !disclosure.name().equals(claim)) {
            throw new CommandFailure(
                    ExitCode.CHECK_FAILED,
                    "the gateway gave a claim that entry " + index
                            + " did not seal under this name; do not rely on it");
        }
        file.keep(OpenedClaims.print(leaf, List.of(disclosure)));
        answer.put("claim", disclosure.name());
        answer.set("value", disclosure.value());
        output.print(
                new Table()
                        .row("entry", index)
                        .row("claim", disclosure.name())
                        .row("value", ClaimView.text(disclosure.value()))
                        .row("record", answer.path("record").path("index").asText())
                        .lines(),
                answer);
    }

    private ObjectNode post(GatewayClient gateway) {
        String path = "/v1/records/" + index + "/claims/" + claim + "/opening";
        return recipient == null
                ? gateway.post(path)
                : gateway.post(path, Json.object().put("recipient", recipient));
    }

    private static Leaf leaf(String text) {
        return Leaf.of(text.getBytes(StandardCharsets.US_ASCII));
    }
}
